"""A reader's reply as the whole server takes it, and what readers notice while many are sent."""

import http.client
import ipaddress
import statistics
import threading
import time
from collections.abc import Iterator
from urllib.parse import urlencode

from django.utils import timezone

from monographs.leaflets.models import Leaflet
from monographs.reading.public import hour_of
from monographs.reading.replies.form import make_token
from tests.bench import figures
from tests.bench.beside import Bare, bare_site
from tests.bench.pages import SETTINGS, shown_slugs
from tests.bench.servers import Server, serving

TIMES = 300  # replies behind the cost of one
WANTED = 150  # replies a second, of the whole site
SECONDS = 8
SENDERS = 6


def replies() -> Iterator[str]:
    slugs = shown_slugs(200)
    leaflets = list(Leaflet.objects.filter(slug__in=slugs).only("pk", "slug"))
    with bare_site(slugs[0]) as server:
        bare = Bare.of(server, slugs, times=1_000)
    with serving("clinicinfo.wsgi", DJANGO_SETTINGS_MODULE=SETTINGS) as server:
        _send(server, leaflets, 50, "warming up")
        cost = min(
            (
                server.cost_of(lambda turn=turn: _send(server, leaflets, TIMES, f"alone {turn}"), TIMES)
                for turn in range(3)
            ),
            key=lambda cost: cost.whole,
        )
    figures.note("a reader's reply, the whole request", cost.whole)
    yield (
        f"a reader's reply, the whole request: {cost.whole * 1000:.2f} ms of CPU = {bare.times(cost.whole)} "
        f"(database {cost.database * 1000:.2f} ms)"
    )
    with serving("clinicinfo.wsgi", workers=2, DJANGO_SETTINGS_MODULE=SETTINGS) as server:
        _send(server, leaflets, 50, "warming up")
        _read(server, slugs, time.monotonic() + 1)
        alone = _read(server, slugs, time.monotonic() + SECONDS / 2)
        for name, pace in ((f"at {WANTED} a second", WANTED), ("as fast as it takes them", None)):
            sent, waits = _both(server, leaflets, slugs, name, pace)
            yield (
                f"two workers, {name}: {sent:.0f} replies a second; readers wait {_ratio(waits, alone, 0.5):.1f} × as "
                f"long as without (median), {_ratio(waits, alone, 0.95):.1f} × (95 of 100)"
            )


def _both(
    server: Server, leaflets: list[Leaflet], slugs: list[str], name: str, pace: int | None
) -> tuple[float, list[float]]:
    """Replies that were taken in a second, and how long each reader waited meanwhile."""
    end, taken = time.monotonic() + SECONDS, []

    def send(sender: int) -> None:
        client = server.client()
        for number in range(1_000_000):
            if pace:
                at = end - SECONDS + number * SENDERS / pace + sender / pace
                time.sleep(max(0.0, at - time.monotonic()))
            if time.monotonic() >= end:
                return
            _post(client, leaflets[(number * SENDERS + sender) % len(leaflets)], f"{name}, {sender}: {number}")
            taken.append(1)

    senders = [threading.Thread(target=send, args=(sender,)) for sender in range(SENDERS)]
    for sender in senders:
        sender.start()
    waits = _read(server, slugs, end)
    for sender in senders:
        sender.join()
    return len(taken) / SECONDS, waits


def _read(server: Server, slugs: list[str], until: float) -> list[float]:
    """Known and unknown pages, 50 a second."""
    client, waits = server.client(), []
    for number in range(1_000_000):
        if time.monotonic() >= until:
            return waits
        began = time.perf_counter()
        client.request("GET", f"/leaflets/{slugs[number % len(slugs)]}/", headers={"Host": "localhost"})
        answer = client.getresponse()
        answer.read()
        assert answer.status == 200, answer.status
        waits.append(time.perf_counter() - began)
        time.sleep(0.02)
    return waits


def _send(server: Server, leaflets: list[Leaflet], count: int, name: str) -> None:
    client = server.client()
    for number in range(count):
        _post(client, leaflets[number % len(leaflets)], f"{name} {number}")


def _post(client: http.client.HTTPConnection, leaflet: Leaflet, name: str) -> None:
    fields = {
        "token": make_token(leaflet, leaflet.publications.latest("pk").pk, hour_of(timezone.now())),
        # Nothing that the leaflet would answer first.
        "body": f"{name}: Thank you, this page was printed for my sister in Leeds. {time.time_ns()}",
        "name": "Dario",
        "parent": "",
        "website": "",
    }
    sent_from = str(ipaddress.IPv4Address(time.time_ns() % 2**32))  # another reader each time
    form = {
        "Host": "localhost",
        "Content-Type": "application/x-www-form-urlencoded",
        "X-Forwarded-For": sent_from,
    }
    client.request("POST", f"/leaflets/{leaflet.slug}/reply/", body=urlencode(fields), headers=form)
    answer = client.getresponse()
    answer.read()
    assert answer.status == 303, answer.status


def _ratio(waits: list[float], alone: list[float], share: float) -> float:
    return _share(waits, share) / _share(alone, share)


def _share(waits: list[float], share: float) -> float:
    return statistics.quantiles(waits, n=100, method="inclusive")[round(share * 100) - 1]

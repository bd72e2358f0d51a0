"""A reader's reply as the whole server takes it, and what readers notice while many are sent."""

import http.client
import ipaddress
import statistics
import threading
import time
from collections.abc import Iterator
from typing import NamedTuple
from urllib.parse import urlencode

from django.utils import timezone

from monographs.leaflets.models import Leaflet
from monographs.reading.public import hour_of
from monographs.reading.replies.form import make_token
from tests.bench.beside import Bare, bare_measures, bare_site, in_turn
from tests.bench.pages import SETTINGS, shown_slugs
from tests.bench.servers import Server, serving

ONE_REPLY = "a reader's reply, the whole request"
ROUNDS, TIMES = 3, 300  # replies in a round
WANTED = 150  # replies a second, of the whole site
SECONDS = 8
SENDERS = 6
_TAKEN = 303


def replies() -> Iterator[str]:
    slugs = shown_slugs(200)
    forms = [_Form.of(leaflet) for leaflet in Leaflet.objects.filter(slug__in=slugs)]
    with bare_site(slugs[0]) as bare_server, serving("clinicinfo.wsgi", DJANGO_SETTINGS_MODULE=SETTINGS) as site:
        measures = {ONE_REPLY: lambda: site.cost_of(lambda: _send(site, forms, TIMES), TIMES)}
        costs = in_turn({**bare_measures(bare_server, slugs, times=3 * TIMES), **measures}, rounds=ROUNDS)
    bare, cost = Bare.of(costs), costs[ONE_REPLY]
    bare.note(ONE_REPLY, cost.whole)
    yield (
        f"{ONE_REPLY}: {cost.whole * 1000:.2f} ms of CPU = {bare.times(cost.whole)} "
        f"(database {cost.database * 1000:.2f} ms)"
    )
    with serving("clinicinfo.wsgi", workers=2, DJANGO_SETTINGS_MODULE=SETTINGS) as server:
        _send(server, forms, 50)
        _read(server, slugs, time.monotonic() + 1)
        alone = _read(server, slugs, time.monotonic() + SECONDS / 2)
        for name, pace in ((f"at {WANTED} a second", WANTED), ("as fast as it takes them", None)):
            sent, waits = _both(server, forms, slugs, pace)
            each = f"{sent:.0f} replies a second, one in {1 / sent / bare.empty:.1f} × the time of an empty view"
            median, most = (_share(waits, share) / _share(alone, share) for share in (0.5, 0.95))
            yield f"two workers, {name}: {each}"
            yield f"  readers wait {median:.1f} × as long as without (median), {most:.1f} × (95 of 100)"


def _both(server: Server, forms: list["_Form"], slugs: list[str], pace: int | None) -> tuple[float, list[float]]:
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
            if _post(client, forms[(number * SENDERS + sender) % len(forms)]) == _TAKEN:
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


def _send(server: Server, forms: list["_Form"], count: int) -> None:
    client = server.client()
    for number in range(count):
        status = _post(client, forms[number % len(forms)])
        assert status == _TAKEN, status


class _Form(NamedTuple):
    """A leaflet's form as it was shown to somebody; made before anything is measured."""

    path: str
    token: str

    @classmethod
    def of(cls, leaflet: Leaflet) -> "_Form":
        shown = leaflet.publications.latest("pk").pk
        return cls(f"/leaflets/{leaflet.slug}/reply/", make_token(leaflet, shown, hour_of(timezone.now())))


def _post(client: http.client.HTTPConnection, form: _Form) -> int:
    """The status of the answer: `_TAKEN`, or that the site has too much to do just now."""
    fields = {
        "token": form.token,
        # Nothing that the leaflet would answer first, and another text each time.
        "body": f"Thank you, this page was printed for my sister in Leeds. {time.time_ns()}",
        "name": "Dario",
        "parent": "",
        "website": "",
    }
    sent_from = str(ipaddress.IPv4Address(time.time_ns() % 2**32))  # another reader each time
    headers = {
        "Host": "localhost",
        "Content-Type": "application/x-www-form-urlencoded",
        "X-Forwarded-For": sent_from,
    }
    client.request("POST", form.path, body=urlencode(fields), headers=headers)
    answer = client.getresponse()
    answer.read()
    return answer.status


def _share(waits: list[float], share: float) -> float:
    return statistics.quantiles(waits, n=100, method="inclusive")[round(share * 100) - 1]

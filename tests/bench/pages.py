"""What patients' pages cost on the server as deployed, against a bare Django site on the same server."""

from collections.abc import Callable, Iterator
from itertools import chain

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from monographs.leaflets.models import Leaflet
from monographs.operations.corpus import texts
from tests.bench import figures
from tests.bench.beside import Bare, bare_measures, bare_site, in_turn
from tests.bench.servers import Cost, Server, serving

SETTINGS = "tests.bench.settings"
ROUNDS, EACH = 5, 80  # requests in a round
TIMES = (ROUNDS + 1) * EACH  # of addresses, each asked for once: the round that warms up has its own
PAPER = 20  # PDFs in a round
# The first page of the whole A–Z has as many names on a small site as on a large one; that of a letter has not.
OTHERS = {"home": "/", "A–Z, 200 names": "/a-z/", "feed": "/updates.atom", "sitemap": "/sitemap.xml"}


def shown_slugs(count: int) -> list[str]:
    """Addresses of made-up leaflets that are shown."""
    found = Leaflet.objects.filter(publications__isnull=False).exclude(publications__kind="withdrawal")
    return list(found.order_by("pk").values_list("slug", flat=True).distinct()[:count])


def queries(path: str) -> int:
    """How many queries one GET takes when nothing is remembered of the page; without what a process reads but once."""
    Client().get(path)
    with CaptureQueriesContext(connection) as captured:
        assert Client().get(path).status_code == 200, path
    return len(captured)


def pages() -> Iterator[str]:
    """Pages that nobody has asked for yet (a server that keeps none), then pages that are known."""
    slugs = shown_slugs(4 * TIMES)  # as many pages as a worker keeps
    leaflets = [f"/leaflets/{slug}/" for slug in slugs]
    searches = _searches()
    with bare_site(slugs[0]) as bare_server:
        with serving("clinicinfo.wsgi", DJANGO_SETTINGS_MODULE=SETTINGS, CLINICINFO_PAGE_CACHE_MB="0") as site:
            yield from _not_known(bare_server, site, leaflets, searches)
        with serving("clinicinfo.wsgi", DJANGO_SETTINGS_MODULE=SETTINGS) as site:
            site.cost(leaflets)  # so that the memory is that of a worker that knows them; `known.py` has their cost
            others = {**OTHERS, "leaflet as PDF": f"{leaflets[0]}leaflet.pdf"}
            measures = {name: lambda path=path: site.cost([path] * EACH) for name, path in others.items()}
            costs = in_turn({**bare_measures(bare_server, slugs, times=EACH), **measures}, rounds=ROUNDS)
            yield f"other pages, known; {Bare.of(costs)}:"
            for name in others:
                yield _line(name, costs[name], Bare.of(costs))
            afterwards, after_searches = figures.MEMORIES
            yield _memory(afterwards, site)
            site.cost([*chain(*searches.values()), *_suggestions()])
            yield _memory(after_searches, site)


def _not_known(bare_server: Server, site: Server, leaflets: list[str], searches: dict[str, list[str]]) -> Iterator[str]:
    site.cost(leaflets[:20])
    site.cost([f"{leaflets[-1]}leaflet.pdf"])  # the typefaces are read once in a process
    asked = {
        "leaflet and replies": leaflets[:TIMES],
        "leaflet as PDF": [f"{path}leaflet.pdf" for path in leaflets[: (ROUNDS + 1) * PAPER]],
        **{name: [path] * TIMES for name, path in OTHERS.items()},
        **searches,
    }
    slugs = [path.split("/")[2] for path in leaflets]
    measures = {name: _in_parts(site, addresses) for name, addresses in asked.items()}
    costs = in_turn({**bare_measures(bare_server, slugs, times=EACH * 3), **measures}, rounds=ROUNDS)
    bare = Bare.of(costs)
    yield f"{bare}; costs of a request (× either; queries, bytes), not known:"
    for name, addresses in asked.items():
        yield _line(name, costs[name], bare, queries(addresses[0]))


def _in_parts(site: Server, addresses: list[str]) -> Callable[[], Cost]:
    """The next part of them in each round."""
    size = len(addresses) // (ROUNDS + 1)
    parts = iter([addresses[start : start + size] for start in range(0, len(addresses), size)])
    return lambda: site.cost(next(parts))


def _line(name: str, cost: Cost, bare: Bare, count: int | None = None) -> str:
    assert cost.status in (200, 304), (name, cost.status)
    asked = f"{count} queries" if count is not None else ""
    bare.note(f"{name}{', known' if count is None else ''}", cost.whole)
    return (
        f"  {name:36} {_ms(cost.whole)} = {bare.times(cost.whole)}"
        f"  (database {_ms(cost.database)}; {cost.size:,} bytes) {asked}"
    )


def _searches() -> dict[str, list[str]]:
    words = {
        "search, a name": [texts.name(number)[number % 2] for number in range(TIMES)],
        "search, misspelt": [_misspelt(texts.name(number)[0], number) for number in range(TIMES)],
        "search, a text": _questions(TIMES),
        "search, a text that many have": _COMMON * (TIMES // len(_COMMON)),
    }
    return {name: [f"/search/?q={word.replace(' ', '+')}" for word in found] for name, found in words.items()}


def _suggestions() -> list[str]:
    """What is asked for while names are typed."""
    return [f"/search/suggestions/?q={texts.name(number)[0][: 1 + number % 4].lower()}" for number in range(TIMES)]


_COMMON = ("headache milk", "take with milk", "dizziness", "blood pressure", "feel sick")


def _misspelt(name: str, number: int) -> str:
    place = 2 + number % (len(name) - 3)
    return name[:place] + name[place + 1 :]


def _questions(count: int) -> list[str]:
    return [" ".join(texts.reply(number).split()[2:9]).replace("?", "") for number in range(count)]


def _memory(name: str, server: Server) -> str:
    figures.note(name, server.memory())
    own, files, shared_too = (
        round(size / 1e6) for size in (server.memory(), server.memory_of_files(), server.memory_with_shared())
    )
    return (
        f"{name}: {own} MB of its own, {files} of them of files that a second worker would share; "
        f"{shared_too} MB with its part of what it shares"
    )


def _ms(seconds: float) -> str:
    return f"{seconds * 1000:7.3f} ms"

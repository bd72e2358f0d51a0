"""What patients' pages cost on the server as deployed, against a bare Django site on the same server."""

from collections.abc import Iterator

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from monographs.leaflets.models import Leaflet
from monographs.operations.corpus import texts
from tests.bench import figures
from tests.bench.beside import Bare, bare_site
from tests.bench.servers import Cost, Server, serving

SETTINGS = "tests.bench.settings"
TIMES = 400  # requests behind each figure
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
    with bare_site(slugs[0]) as server:
        bare = Bare.of(server, slugs[:TIMES], times=TIMES * 5)
    yield str(bare)
    yield "costs of a request (× the empty view, × the view with one query; queries, bytes), not known:"
    line = _Lines(bare)
    with serving("clinicinfo.wsgi", DJANGO_SETTINGS_MODULE=SETTINGS, CLINICINFO_PAGE_CACHE_MB="0") as server:
        server.cost(leaflets[:20])
        yield line("leaflet and replies", server.cost(leaflets[:TIMES]), queries(leaflets[0]))
        pdfs = [f"{path}leaflet.pdf" for path in leaflets[: TIMES // 4]]
        server.cost([f"{leaflets[-1]}leaflet.pdf"])  # the typefaces are read once in a process
        yield line("leaflet as PDF", server.cost(pdfs), queries(pdfs[0]))
        for name, path in OTHERS.items():
            yield line(name, server.cost([path] * (TIMES // 4)), queries(path))
        searches = _searches()
        first = server.cost(searches["search, a name"][:1])
        yield f"  the first search of a process reads all names, once until one changes: {_ms(first.whole)}"
        for name, addresses in searches.items():
            yield line(name, server.cost(addresses), queries(addresses[0]))
    yield "other pages, known:"
    with serving("clinicinfo.wsgi", DJANGO_SETTINGS_MODULE=SETTINGS) as server:
        server.cost(leaflets)  # so that the memory is that of a worker that knows them; `known.py` has their cost
        for name, path in {**OTHERS, "leaflet as PDF": f"{leaflets[0]}leaflet.pdf"}.items():
            server.cost([path] * 5)
            yield line(name, server.cost([path] * TIMES))
        figures.note("memory of a worker", server.memory())
        yield f"memory of the worker afterwards: {_memory(server)}"
        for addresses in (*searches.values(), _suggestions()):
            server.cost(addresses)
        figures.note("memory of a worker, after searches", server.memory())
        yield f"after names, misspelt names, texts and suggestions were asked for: {_memory(server)}"


class _Lines:
    def __init__(self, bare: Bare):
        self.bare = bare

    def __call__(self, name: str, cost: Cost, count: int | None = None) -> str:
        assert cost.status in (200, 304), (name, cost.status)
        asked = f"{count} queries" if count is not None else ""
        figures.note(f"{name}{', known' if count is None else ''}", cost.whole)
        return (
            f"  {name:36} {_ms(cost.whole)} = {self.bare.times(cost.whole)}"
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


def _memory(server: Server) -> str:
    own, files, shared_too = (
        round(size / 1e6) for size in (server.memory(), server.memory_of_files(), server.memory_with_shared())
    )
    return (
        f"{own} MB of its own, {files} of them of files that a second worker would share; "
        f"{shared_too} MB with its part of what it shares"
    )


def _ms(seconds: float) -> str:
    return f"{seconds * 1000:7.3f} ms"

"""What a leaflet on paper costs, the first time and when it is known, where the first time's cost goes, and what a
reader of Arabic costs beside one of English."""

import datetime as dt
import time
from collections.abc import Callable, Iterator
from dataclasses import replace

from django.test import RequestFactory
from django.urls import reverse
from django.utils import timezone

from monographs.exchange.actions import keep
from monographs.exchange.formats import read
from monographs.operations.samples import FOLDER
from monographs.paper.article import Article
from monographs.paper.pdf import make_pdf
from monographs.paper.reading import read_blocks
from monographs.paper.sheet import SIZES, make_sheet
from monographs.reading.paper import article_as_file
from monographs.reading.public import read_site
from monographs.text.markup.markdown import direction
from tests.bench.pages import SETTINGS, queries, shown_slugs
from tests.bench.servers import Cost, serving
from tests.makers import make_published
from tests.people import make_person

TIMES = 200  # requests behind each figure of a page
FIRST = 60  # leaflets that are printed for the first time
ROUNDS = 5
SAMPLES = ("salbutamol-v1.md", "salbutamol-ar-v1.md")  # the same leaflet in English and in Arabic


def paper() -> Iterator[str]:
    """Each as a ratio to an empty Django view on the same server in the same run."""
    leaflets = tuple(map(_published, SAMPLES))
    slugs = shown_slugs(FIRST + 1)
    firsts = [f"/leaflets/{slug}/leaflet.pdf" for slug in slugs[1:]]
    known = f"/leaflets/{slugs[0]}/leaflet.pdf"
    with (
        serving("tests.bench.bare", DJANGO_SETTINGS_MODULE="tests.bench.bare_settings") as bare,
        serving("clinicinfo.wsgi", DJANGO_SETTINGS_MODULE=SETTINGS) as site,
        serving("clinicinfo.wsgi", DJANGO_SETTINGS_MODULE=SETTINGS, CLINICINFO_PAGE_CACHE_MB="0") as forgetful,
    ):
        for server in (site, forgetful):
            server.cost([known])  # the typefaces are read once in a process
        empty = _cheapest(lambda: bare.cost(["/empty/"] * TIMES))
        first = forgetful.cost(firsts)
        on_the_shelf = _cheapest(lambda: forgetful.cost(firsts))
        kept = _cheapest(lambda: site.cost([known] * TIMES))
        yield f"an empty Django view takes {empty.whole * 1000:.3f} ms of CPU, all processes of its server counted"
        yield _line("a PDF, the first time", first, empty, f"{first.size:,} bytes")
        yield _line("a PDF of the shelf, page not known", on_the_shelf, empty)
        yield _line("a known PDF", kept, empty)
        for name, (english, arabic) in {"leaflet": leaflets, "home": ("/", "/ar/")}.items():
            costs = [_cheapest(lambda path=path: forgetful.cost([path] * TIMES)) for path in (english, arabic)]
            yield _beside(f"{name}, not known", *costs, empty, f"queries: {queries(english)} and {queries(arabic)}")
            costs = [_cheapest(lambda path=path: site.cost([path] * TIMES)) for path in (english, arabic)]
            yield _beside(f"{name}, known", *costs, empty)
        costs = [forgetful.cost(_in_all_sizes(path)) for path in leaflets]
        yield _beside("PDFs of all sizes, the first time", *costs, empty)
    yield from _parts_of_the_first(slugs[0])


def _published(sample: str) -> str:
    """The address of a sample leaflet."""
    imported = read((FOLDER / sample).read_bytes(), filename=sample)
    later = (timezone.localdate() + dt.timedelta(days=400)).isoformat()
    imported = replace(imported, content=replace(imported.content, next_review_on=later))
    leaflet = make_published(keep(imported, filename=sample, by=make_person("ana")).leaflet).leaflet
    return reverse("leaflet-read", args=[leaflet.slug])


def _in_all_sizes(path: str) -> list[str]:
    return [f"{path}leaflet.pdf", *(f"{path}large-print.pdf?size={size}" for size in SIZES[1:])]


def _parts_of_the_first(slug: str) -> Iterator[str]:
    """In this process: what of a first PDF is the typesetter's, and what ours."""
    article = article_as_file(RequestFactory().get("/"), read_site(), slug, "")
    blocks, language = article.blocks, article.language
    reading = _cpu(lambda _time: read_blocks(article.html, language))
    data = _cpu(lambda _time: make_sheet(
        blocks, language=language, size=SIZES[0], read_picture=_no_picture, direction=direction(language),
    ))  # fmt: skip
    whole = _cpu(lambda number: make_pdf(_changed(article, number), size=SIZES[0], read_picture=_no_picture))
    yield (
        f"of {whole * 1000:.1f} ms for {len(article.html):,} characters of HTML: {reading / whole:.0%} reading it, "
        f"{data / whole:.0%} making data of it, {1 - (reading + data) / whole:.0%} typst and its files"
    )


def _changed(article: Article, number: int) -> Article:
    """The same with each paragraph beginning otherwise: typst remembers the ones that it has set."""
    html = article.html.replace("<p>", f"<p>{number} ").replace("<li>", f"<li>{number} ")
    return replace(article, html=html)


def _no_picture(_address: str) -> None:
    return None


def _cpu(act: Callable[[int], object]) -> float:
    """CPU seconds of one call, all threads counted: the cheapest of several."""
    spent = []
    for number in range(4 * ROUNDS):
        start = time.process_time()
        act(number)
        spent.append(time.process_time() - start)
    return min(spent)


def _cheapest(ask: Callable[[], Cost]) -> Cost:
    ask()
    return min((ask() for _round in range(ROUNDS)), key=lambda cost: cost.whole)


def _line(name: str, cost: Cost, empty: Cost, more: str = "") -> str:
    assert cost.status == 200, (name, cost.status)
    return f"  {name:36} {cost.whole * 1000:7.3f} ms = {cost.whole / empty.whole:6.2f} × an empty Django view  {more}"


def _beside(name: str, english: Cost, arabic: Cost, empty: Cost, more: str = "") -> str:
    assert english.status == arabic.status == 200, name
    return (
        f"  {name:36} Arabic {arabic.whole / english.whole:5.2f} × English ({arabic.whole / empty.whole:.2f} and "
        f"{english.whole / empty.whole:.2f} × an empty view; {arabic.size:,} and {english.size:,} bytes)  {more}"
    )

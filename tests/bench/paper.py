"""What a leaflet on paper costs: made in the request, made ahead by the clock, and known; where making it goes; and
what a reader of Arabic costs beside one of English."""

import contextlib
import datetime as dt
import time
from collections.abc import Iterator
from dataclasses import replace

from django.test import RequestFactory, override_settings
from django.urls import reverse
from django.utils import timezone

from monographs.exchange.actions import keep
from monographs.exchange.formats import read
from monographs.operations.samples import FOLDER
from monographs.paper.from_page.reading import read_blocks
from monographs.paper.pdf import make_pdf
from monographs.paper.sheet import SIZES, make_sheet
from monographs.reading.paper.ahead import print_some
from monographs.reading.paper.files import article_as_file
from monographs.reading.public import read_site
from monographs.text.markup.markdown import direction
from tests.bench.beside import Measures, in_turn, middle
from tests.bench.figures import EMPTY, ONE_PAGE
from tests.bench.pages import SETTINGS, queries, shown_slugs
from tests.bench.servers import Cost, Server, serving
from tests.makers import make_published
from tests.people import make_person

TIMES = 200  # requests behind each figure of a page
FIRST = 60  # leaflets that are printed for the first time
ROUNDS = 5
NEW_SERVERS = 3
_AGAIN, _KNOWN_PDF = "again in this process, page not known", "a known PDF"
SAMPLES = ("salbutamol-v1.md", "salbutamol-ar-v1.md")  # the same leaflet in English and in Arabic


def paper() -> Iterator[str]:
    """Each as a ratio to an empty Django view on the same server in the same run."""
    leaflets = tuple(map(_published, SAMPLES))
    pages = {"leaflet": leaflets, "home": ("/", "/ar/")}
    slugs = shown_slugs(FIRST + 1)
    firsts = [f"/leaflets/{slug}/leaflet.pdf" for slug in slugs[1:]]
    known = f"/leaflets/{slugs[0]}/leaflet.pdf"
    with (
        serving("tests.bench.bare", DJANGO_SETTINGS_MODULE="tests.bench.bare_settings") as bare,
        serving("clinicinfo.wsgi", DJANGO_SETTINGS_MODULE=SETTINGS) as site,
        _forgetful() as forgetful,
    ):
        _warm_up(site, known)
        _warm_up(forgetful, known)
        first = forgetful.cost(firsts)
        costs = in_turn(
            {
                EMPTY: lambda: bare.cost(["/empty/"] * TIMES),
                _AGAIN: lambda: forgetful.cost(firsts),
                _KNOWN_PDF: lambda: site.cost([known] * TIMES),
                ONE_PAGE: lambda: site.cost([f"/leaflets/{slugs[0]}/"] * TIMES),
                **_of_each(pages, "not known", forgetful),
                **_of_each(pages, "known", site),
            },
            rounds=ROUNDS,
        )
        empty = costs[EMPTY]
        yield f"an empty Django view takes {empty.whole * 1000:.3f} ms of CPU, all processes of its server counted"
        yield _line("a PDF that is made in the request", first, empty, f"{first.size:,} bytes")
        made, ahead = _print_ahead()
        assert made >= len(firsts)
        found = _middle_of_new_servers(firsts, known)
        yield _line(
            "made ahead, the first time", found, empty, f"(ahead, each: {ahead * 1000:.1f} ms, no reader waits)"
        )
        for name in (_AGAIN, _KNOWN_PDF, ONE_PAGE):
            yield _line(name, costs[name], empty)
        for name, paths in pages.items():
            asked = f"queries: {' and '.join(str(queries(path)) for path in paths)}"
            for how, more in (("not known", asked), ("known", "")):
                yield _beside(f"{name}, {how}", *(costs[f"{path} {how}"] for path in paths), empty, more)
        in_sizes = (forgetful.cost(_in_all_sizes(path)) for path in leaflets)
        yield _beside("PDFs of all sizes, the first time", *in_sizes, empty)
    yield from _parts_of_the_first(slugs[: FIRST // 2])


def _of_each(pages: dict[str, tuple[str, str]], how: str, server: Server) -> Measures:
    return {
        f"{path} {how}": lambda path=path: server.cost([path] * TIMES)
        for english_and_arabic in pages.values()
        for path in english_and_arabic
    }


def _forgetful() -> contextlib.AbstractContextManager[Server]:
    """A new server without a page cache."""
    return serving("clinicinfo.wsgi", DJANGO_SETTINGS_MODULE=SETTINGS, CLINICINFO_PAGE_CACHE_MB="0")


def _warm_up(server: Server, known: str) -> None:
    """What a process does once at its start is done: the typefaces read, each thread's connection opened."""
    server.cost([known, *[known.replace(".pdf", ".txt")] * TIMES])


def _print_ahead() -> tuple[int, float]:
    """What the clock does, in this process: how many PDFs, and the CPU seconds of each."""
    made, start = 0, time.process_time()
    with override_settings(SITE_ADDRESS="http://localhost", LEAST_ROOM=0):
        while not (turn := print_some()).is_over:
            made += turn.made
    made += turn.made
    return made, (time.process_time() - start) / made


def _middle_of_new_servers(firsts: list[str], known: str) -> Cost:
    costs = []
    for _round in range(NEW_SERVERS):
        with _forgetful() as server:
            _warm_up(server, known)
            costs.append(server.cost(firsts))
    return middle(costs)


def _published(sample: str) -> str:
    """The address of a sample leaflet."""
    imported = read((FOLDER / sample).read_bytes(), filename=sample)
    later = (timezone.localdate() + dt.timedelta(days=400)).isoformat()
    imported = replace(imported, content=replace(imported.content, next_review_on=later))
    leaflet = make_published(keep(imported, filename=sample, by=make_person("ana")).leaflet).leaflet
    return reverse("leaflet-read", args=[leaflet.slug])


def _in_all_sizes(path: str) -> list[str]:
    return [f"{path}leaflet.pdf", *(f"{path}large-print.pdf?size={size}" for size in SIZES[1:])]


def _parts_of_the_first(slugs: list[str]) -> Iterator[str]:
    """In this process: what of a first PDF is the typesetter's, and what ours."""
    request, site = RequestFactory().get("/"), read_site()
    spent = dict.fromkeys(("reading", "data", "whole"), 0.0)
    make_pdf(article_as_file(request, site, slugs[0], ""), size=SIZES[0], read_picture=_no_picture)
    for slug in slugs[1:]:
        article = article_as_file(request, site, slug, "")
        with _cpu(spent, "reading"):
            blocks = read_blocks(article.html, article.language)
        with _cpu(spent, "data"):
            make_sheet(
                blocks, language=article.language, size=SIZES[0], read_picture=_no_picture,
                direction=direction(article.language),
            )  # fmt: skip
        with _cpu(spent, "whole"):
            make_pdf(article, size=SIZES[0], read_picture=_no_picture)
    whole = spent["whole"]
    yield (
        f"of {whole / (len(slugs) - 1) * 1000:.1f} ms in one process: {spent['reading'] / whole:.0%} reading the HTML, "
        f"{spent['data'] / whole:.0%} making data of it, {1 - (spent['reading'] + spent['data']) / whole:.0%} typst"
    )


def _no_picture(_address: str) -> None:
    return None


@contextlib.contextmanager
def _cpu(spent: dict[str, float], name: str) -> Iterator[None]:
    """Adds the CPU seconds of what is done meanwhile, all threads counted."""
    start = time.process_time()
    yield
    spent[name] += time.process_time() - start


def _line(name: str, cost: Cost, empty: Cost, more: str = "") -> str:
    assert cost.status == 200, (name, cost.status)
    return f"  {name:36} {cost.whole * 1000:7.3f} ms = {cost.whole / empty.whole:6.2f} × an empty Django view  {more}"


def _beside(name: str, english: Cost, arabic: Cost, empty: Cost, more: str = "") -> str:
    assert english.status == arabic.status == 200, name
    return (
        f"  {name:36} Arabic {arabic.whole / english.whole:5.2f} × English ({arabic.whole / empty.whole:.2f} and "
        f"{english.whole / empty.whole:.2f} × an empty view; {arabic.size:,} and {english.size:,} bytes)  {more}"
    )

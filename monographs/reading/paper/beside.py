"""A translation and its source in two columns, part by part: for reading, and printing, what is handed over.

Made of the very pages that patients read, so it says what they say: alerts above, what is overdue or behind, and at the
end where exactly these versions are.
"""

import re

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from monographs.paper.articles.beside import Beside, Side
from monographs.paper.pdf import make_beside
from monographs.paper.setting.typefaces import can_set
from monographs.paper.shelf import Shelf
from monographs.publication.models import Page
from monographs.reading.alerts.pages import alerts_above_columns
from monographs.reading.behind import is_hidden
from monographs.reading.paper.files import USUAL, alone, file, printed, version_of, whom_to_call
from monographs.reading.patterns import pattern
from monographs.reading.public import Site, public_page, show
from monographs.reading.shown import article, is_late_at, page_of
from monographs.text.markup.markdown import direction

_ISOLATES = {"ltr": "\u2066", "rtl": "\u2067"}
_SHELF_BYTES = 4 * 1024 * 1024  # some forty of them
_HEAD = re.compile(r"<header>(.*?)</header>", re.DOTALL)
_TITLE = re.compile(r"<h1>(.*?)</h1>", re.DOTALL)
_PART = re.compile(
    r'<section class="(?:part|key-facts|sources)">(?:<a class="to-here"[^>]*></a>)?'
    r'(?P<html><h2 id="(?P<anchor>[^"]+)".*?)</section>',
    re.DOTALL,
)
_END = re.compile(r'(?:<div class="disclaimer"|<img class="address-code").*(?=</article>)', re.DOTALL)
_ID = re.compile(r'(<[a-z]\w*(?: [a-z-]+="[^"]*")*?) (?:id|aria-labelledby)="[^"]*"')
_WAYS_THROUGH = re.compile(r'<div class="rests-on">.*?</div>|<span class="supports">.*?</span>', re.DOTALL)

_shelf = Shelf(_SHELF_BYTES)


@public_page
def beside(request: HttpRequest, site: Site, slug: str, other: str) -> HttpResponse:
    """``slug`` at the beginning of each line, ``other`` beside it. 404 unless one is a translation of the other and
    both are shown."""
    pages = _both(site, slug, other)
    sides = [_side(page, request, site) for page in pages]
    first, second = ({**side, "head": _linked(side["head"], page)} for side, page in zip(sides, pages, strict=True))
    isolated = (f"{_ISOLATES[side['direction']]}{side['foot']}\u2069" for side in sides)
    context = {"first": first, "second": second, "rows": _rows(*sides), "foot": "\n".join(isolated)}
    context |= {"alerts": _alerts(site, pages, heading="h2")}
    context |= {"slugs": (slug, other), "has_pdf": all(can_set(side["language"]) for side in sides)}
    return show("reading/beside.html", context, site=site, language=first["language"])


@public_page
def beside_pdf(request: HttpRequest, site: Site, slug: str, other: str) -> HttpResponse:
    """The same on paper. 404 as well where there is no typeface for one of the languages."""
    pages = _both(site, slug, other)
    for page in pages:
        language = page.publication.leaflet.language
        if not can_set(language):
            context = {"slug": page.publication.leaflet.slug, "title": page.title}
            return show("reading/no_pdf.html", context, site=site, language=language, status=404)
    found = _on_paper(request, site, pages)
    made = printed(_shelf, found, "beside", lambda picture: make_beside(found, size=USUAL, read_picture=picture))
    return file(made, "application/pdf", f"{slug}-beside-{other}.pdf", found.sides[0].language)


def _both(site: Site, slug: str, other: str) -> tuple[Page, Page]:
    pages = page_of(slug, site.at), page_of(other, site.at)
    if not _belong_together(*pages) or any(is_hidden(page, site) for page in pages):
        raise Http404
    return pages


def _belong_together(one: Page, other: Page) -> bool:
    """Whether both are readable, and one was made from the other."""
    headings = [page.publication.revision and page.publication.revision.heading for page in (one, other)]
    if not all(headings):
        return False
    sources = [heading.made_from and heading.made_from.leaflet for heading in headings]
    return sources[0] == other.publication.leaflet.slug or sources[1] == one.publication.leaflet.slug


def _alerts(site: Site, pages: tuple[Page, Page], *, heading: str) -> list[SafeString]:
    """What stands above the columns, for each; none if there are no alerts."""
    leaflets = [page.publication.leaflet for page in pages]
    languages = leaflets[0].language, leaflets[1].language
    alerts = alerts_above_columns(site, leaflets[0].medicine_id, languages=languages, heading=heading)
    return alerts if any(alerts) else []


def _rows(first: dict, second: dict) -> list[tuple[str, str]]:
    """The parts of both, those with one anchor beside each other."""
    anchors = dict.fromkeys((*first["parts"], *second["parts"]))
    return [(first["parts"].get(anchor, ""), second["parts"].get(anchor, "")) for anchor in anchors]


def _side(page: Page, request: HttpRequest, site: Site) -> dict[str, object]:
    """What stands in a leaflet's column: its ``head``, its ``parts`` by their anchors and its ``end``, as its own page
    has them but for links within it; and which version it is (`paper.version_of`)."""
    publication, language = page.publication, page.publication.leaflet.language
    with translation.override(language):
        words = article(page, request, site)
        shape = {"is_overdue": is_late_at(publication, site), "has_tools": False, "same_clinic": site.same_clinic}
        html = pattern("reading/article.html").filled(words, {**shape, "language": language}, clinic=site.clinic)
        version = version_of(publication, page.title, request)
    return version | {
        "head": _without_anchors(_HEAD.search(html)[1]),
        "parts": {one["anchor"]: _without_anchors(one["html"]) for one in _PART.finditer(html)},
        "end": _without_anchors(_END.search(html)[0]),
        "title": words["window_title"],
        "language": language,
        "direction": direction(language),
    }


def _linked(head: str, page: Page) -> SafeString:
    """With its title as the way to the leaflet."""
    address = reverse("leaflet-read", args=[page.publication.leaflet.slug])
    return mark_safe(_TITLE.sub(lambda title: f'<h1><a href="{address}">{title[1]}</a></h1>', head))  # noqa: S308


def _on_paper(request: HttpRequest, site: Site, pages: tuple[Page, Page]) -> Beside:
    sides = [_side(page, request, site) for page in pages]
    rows, alerts = _rows(*sides), _alerts(site, pages, heading="h1")
    columns = []
    for at, side in enumerate(sides):
        language = side["language"]
        with translation.override(language):
            end = side["end"] + whom_to_call(site, language)
        html = (*alerts[at : at + 1], side["head"], *(row[at] for row in rows), end)
        parts = tuple(alone(request, one) for one in html)
        columns.append(Side(parts, language, side["foot"], side["address"], side["qr_alt"]))
    with translation.override(columns[0].language):
        return Beside(
            title=" | ".join(side["title"] for side in sides),
            author=site.clinic.name,
            page_of=_("Page {page} of {pages}"),
            sides=tuple(columns),
            on=max(timezone.localdate(page.publication.effective_from) for page in pages),
            logo=site.clinic.logo_url,
        )


def _without_anchors(html: str) -> SafeString:
    """Without anchors, which the page would have twice, and links to them."""
    return mark_safe(_ID.sub(r"\1", _WAYS_THROUGH.sub("", html)))  # noqa: S308 - of a page that patients read

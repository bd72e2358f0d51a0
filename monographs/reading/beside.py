"""A translation and its source in two columns, part by part: for reading, and printing, what is handed over.

Made of the very pages that patients read, so it says what they say; marks of parts that are behind included.
"""

import re

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import translation
from django.utils.html import format_html
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from monographs.publication.models import Page
from monographs.reading.alerts import alerts_above_columns
from monographs.reading.behind import is_hidden, marked
from monographs.reading.leaflet import page_of
from monographs.reading.public import Site, public_page, show
from monographs.templatetags.leaflet_text import day
from monographs.text.markup.markdown import direction

_PART = re.compile(
    r'<section class="(?:part|key-facts|sources)">(?:<a class="to-here"[^>]*></a>)?'
    r'(?P<html><h2 id="(?P<anchor>[^"]+)".*?)</section>',
    re.DOTALL,
)
_ID = re.compile(r'(<(?:h2|li)) id="[^"]*"')
_WAYS_THROUGH = re.compile(r'<div class="rests-on">.*?</div>|<span class="supports">.*?</span>', re.DOTALL)


@public_page
def beside(request: HttpRequest, site: Site, slug: str, other: str) -> HttpResponse:
    """``slug`` at the beginning of each line, ``other`` beside it. 404 unless one is a translation of the other and
    both are shown."""
    pages = page_of(slug, site.at), page_of(other, site.at)
    if not _belong_together(*pages) or any(is_hidden(page, site) for page in pages):
        raise Http404
    first, second = (_parts(page, site) for page in pages)
    sides = [_side(page) for page in pages]
    rows = [(first.get(anchor, ""), second.get(anchor, "")) for anchor in dict.fromkeys((*first, *second))]
    first_alerts, second_alerts = alerts_above_columns(
        site, pages[0].publication.leaflet.medicine_id, languages=(sides[0]["language"], sides[1]["language"])
    )
    above = {"first_alerts": first_alerts, "second_alerts": second_alerts}
    context = {**above, "first": sides[0], "second": sides[1], "rows": rows}
    return show("reading/beside.html", context, site=site, language=sides[0]["language"])


def _belong_together(one: Page, other: Page) -> bool:
    """Whether both are readable, and one was made from the other."""
    headings = [page.publication.revision and page.publication.revision.heading for page in (one, other)]
    if not all(headings):
        return False
    sources = [heading.made_from and heading.made_from.leaflet for heading in headings]
    return sources[0] == other.publication.leaflet.slug or sources[1] == one.publication.leaflet.slug


def _parts(page: Page, site: Site) -> dict[str, str]:
    """Anchor → the HTML of the part; without anchors, which the page would have twice, and links to them."""
    html = marked(site.assembled(page.html, page.publication.leaflet.language), page)
    return {
        one["anchor"]: mark_safe(_ID.sub(r"\1", _WAYS_THROUGH.sub("", one["html"])))  # noqa: S308 - of a compiled page
        for one in _PART.finditer(html)
    }


def _side(page: Page) -> dict[str, object]:
    publication = page.publication
    language = publication.leaflet.language
    with translation.override(language):
        since = day(publication.effective_from)
        version = format_html("{} {} · {}", _("Version"), publication.version, since)
    return {
        "slug": publication.leaflet.slug,
        "title": publication.revision.heading.title,
        "version": version,
        "language": language,
        "direction": direction(language),
    }

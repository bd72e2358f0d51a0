"""A translation and its source in two columns, part by part: for reading, and printing, what is handed over.

Made of the very pages that patients read, so it says what they say: alerts above, what is overdue or behind, and at the
end where exactly these versions are.
"""

import re

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import translation
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from monographs.publication.models import Page
from monographs.reading.alerts import alerts_above_columns
from monographs.reading.behind import is_hidden
from monographs.reading.leaflet import article, is_late_at, page_of
from monographs.reading.patterns import pattern
from monographs.reading.public import Site, public_page, show
from monographs.text.markup.markdown import direction
from monographs.text.order.isolates import marked

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


@public_page
def beside(request: HttpRequest, site: Site, slug: str, other: str) -> HttpResponse:
    """``slug`` at the beginning of each line, ``other`` beside it. 404 unless one is a translation of the other and
    both are shown."""
    pages = page_of(slug, site.at), page_of(other, site.at)
    if not _belong_together(*pages) or any(is_hidden(page, site) for page in pages):
        raise Http404
    first, second = (_side(page, request, site) for page in pages)
    anchors = dict.fromkeys((*first["parts"], *second["parts"]))
    rows = [(first["parts"].get(anchor, ""), second["parts"].get(anchor, "")) for anchor in anchors]
    alerts = alerts_above_columns(
        site, pages[0].publication.leaflet.medicine_id, languages=(first["language"], second["language"])
    )
    context = {
        "first": first,
        "second": second,
        "alerts": [_alone(html) for html in alerts] if any(alerts) else [],
        "rows": rows,
        "foot": f"{first['foot']}\n{second['foot']}",
    }
    return show("reading/beside.html", context, site=site, language=first["language"])


def _belong_together(one: Page, other: Page) -> bool:
    """Whether both are readable, and one was made from the other."""
    headings = [page.publication.revision and page.publication.revision.heading for page in (one, other)]
    if not all(headings):
        return False
    sources = [heading.made_from and heading.made_from.leaflet for heading in headings]
    return sources[0] == other.publication.leaflet.slug or sources[1] == one.publication.leaflet.slug


def _side(page: Page, request: HttpRequest, site: Site) -> dict[str, object]:
    """What stands in a leaflet's column: its ``head``, its ``parts`` by their anchors and its ``end``, as its own page
    has them but for links within it; and its ``foot``, a text."""
    publication, language = page.publication, page.publication.leaflet.language
    with translation.override(language):
        words = article(page, request, site)
        shape = {"is_overdue": is_late_at(publication, site), "has_tools": False, "same_clinic": site.same_clinic}
        html = pattern("reading/article.html").filled(words, {**shape, "language": language}, clinic=site.clinic)
        head = _HEAD.search(html)[1]
        parts = {"title": words["window_title"], "version": publication.version, "when": words["since_in_words"]}
        foot = marked(_("%(title)s, version %(version)s of %(when)s") % parts, direction(language))
    address = reverse("leaflet-read", args=[publication.leaflet.slug])
    return {
        "head": _alone(_TITLE.sub(lambda title: f'<h1><a href="{address}">{title[1]}</a></h1>', head)),
        "parts": {one["anchor"]: _alone(one["html"]) for one in _PART.finditer(html)},
        "end": _alone(_END.search(html)[0]),
        "foot": f"\u2066{foot}\u2069" if direction(language) == "ltr" else f"\u2067{foot}\u2069",
        "title": words["window_title"],
        "language": language,
        "direction": direction(language),
    }


def _alone(html: str) -> SafeString:
    """Without anchors, which the page would have twice, and links to them."""
    return mark_safe(_ID.sub(r"\1", _WAYS_THROUGH.sub("", html)))  # noqa: S308 - of a page that patients read

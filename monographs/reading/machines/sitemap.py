"""The sitemap for search engines: the ways in, in each language, and every leaflet that is shown (sitemaps.org,
protocol 0.9).

Past `ON_A_MAP` leaflets it is an index of sitemaps, each of the leaflets whose numbers lie in one range: nothing is
counted, and none holds more than a search engine takes (50,000 addresses). Lines are written as they are: Django's own
sitemaps render a template for each of them.
"""

from collections.abc import Iterable, Iterator
from xml.sax.saxutils import escape

from django.db.models import BigIntegerField, DateTimeField, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse

from monographs.leaflets.models import Leaflet
from monographs.prepared import Given, Prepared
from monographs.publication.relatives import in_other_languages, relatives
from monographs.publication.shown.showings import Showing
from monographs.reading.behind import hidden_now
from monographs.reading.languages.switch import own_page, with_one_for_anybody
from monographs.reading.public import Site, public_page

ON_A_MAP = 10_000  # leaflets
_WAYS_IN = ("home", "a-z", "together", "alerts")
_NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"
_LANGUAGES = ' xmlns:xhtml="http://www.w3.org/1999/xhtml"'


def _find() -> QuerySet:
    """What patients can read at one instant of the leaflets of one range; neither drafts nor withdrawn leaflets."""
    live = Showing.objects.live(Given("at", DateTimeField()))
    of_the_range = live.filter(
        leaflet__pk__gt=Given("after", BigIntegerField()), leaflet__pk__lte=Given("last", BigIntegerField())
    )
    return of_the_range.order_by("leaflet__slug").values_list(
        "leaflet__slug", "leaflet__edition", "starts_at", "leaflet__medicine__shown_leaflets"
    )


_shown = Prepared(_find)


@public_page
def sitemap(request: HttpRequest, site: Site) -> HttpResponse:
    """All of it, or where its parts are."""
    parts = _parts()
    if parts == 1:
        return _map(request, site, 0)
    addresses = [request.build_absolute_uri(reverse("sitemap-part", args=[part])) for part in range(parts)]
    return _xml("sitemapindex", [f"<sitemap><loc>{escape(address)}</loc></sitemap>" for address in addresses])


@public_page
def sitemap_part(request: HttpRequest, site: Site, number: int) -> HttpResponse:
    """The leaflets of one range; the first has the ways in, too."""
    # "00" is 0 as well: one address for each part, or each spelling of it would be kept.
    if number >= _parts() or request.path != reverse("sitemap-part", args=[number]):
        raise Http404
    return _map(request, site, number)


def _map(request: HttpRequest, site: Site, number: int) -> HttpResponse:
    ways_in = [] if number else _ways_in(request)
    return _xml("urlset", [*ways_in, *_leaflets(request, site, number)])


def _ways_in(request: HttpRequest) -> Iterator[str]:
    """The site's own pages, each at its address in each language, with all the others."""
    for name in _WAYS_IN:
        pages = own_page(name)
        languages = "".join(
            _in_language(page.language, escape(request.build_absolute_uri(page.address)))
            for page in with_one_for_anybody(pages)
        )
        for page in pages:
            yield f"<url><loc>{escape(request.build_absolute_uri(page.address))}</loc>{languages}</url>"


def _leaflets(request: HttpRequest, site: Site, number: int) -> Iterator[str]:
    """Each with the day of its last change, and with the leaflets that say the same in other languages; without the
    translations that the clinic hides."""
    at, first, hidden = site.at, number * ON_A_MAP, hidden_now(site)
    before, after = escape(request.build_absolute_uri(reverse("leaflet-read", args=["-"]))).rsplit("-", 1)
    for slug, edition, since, shown_leaflets in _shown.rows(at=at, after=first, last=first + ON_A_MAP):
        if slug in hidden:
            continue
        shown = tuple(other for other in relatives(shown_leaflets, at) if other.slug not in hidden)
        day = site.day_of(since).isoformat()
        languages = "".join(
            _in_language(other.language, f"{before}{other.slug}{after}") for other in in_other_languages(shown, edition)
        )
        yield f"<url><loc>{before}{slug}{after}</loc><lastmod>{day}</lastmod>{languages}</url>"


def _in_language(language: str, address: str) -> str:
    return f'<xhtml:link rel="alternate" hreflang="{language}" href="{address}"/>'


def _xml(root: str, lines: Iterable[str]) -> HttpResponse:
    """The document; search engines read it and do not show it."""
    names = f' xmlns="{_NAMESPACE}"{_LANGUAGES if root == "urlset" else ""}'
    xml = f'<?xml version="1.0" encoding="UTF-8"?>\n<{root}{names}>\n{"".join(lines)}\n</{root}>\n'
    return HttpResponse(xml, content_type="application/xml", headers={"X-Robots-Tag": "noindex, noodp, noarchive"})


def _parts() -> int:
    newest = Leaflet.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    return max(1, -(-newest // ON_A_MAP))

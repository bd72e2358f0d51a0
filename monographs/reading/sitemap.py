"""The sitemap for search engines: the ways in, and every leaflet that is shown (sitemaps.org, protocol 0.9).

Past `ON_A_MAP` leaflets it is an index of sitemaps, each of the leaflets whose numbers lie in one range: nothing is
counted, and none holds more than a search engine takes (50,000 addresses).
"""

import datetime as dt
from typing import NamedTuple

from django.contrib.sitemaps import Sitemap
from django.contrib.sitemaps.views import sitemap as sitemap_view
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse

from monographs.leaflets.models import Leaflet
from monographs.publication.showings import Showing
from monographs.reading.public import Site, public_page

ON_A_MAP = 10_000  # leaflets


class Shown(NamedTuple):
    """A leaflet that can be read, since when as it is."""

    slug: str
    starts_at: dt.datetime


class WaysIn(Sitemap):
    """Pages that are always there."""

    def items(self) -> list[str]:
        return ["home", "a-z"]

    def location(self, item: str) -> str:
        return reverse(item)


class ShownLeaflets(Sitemap):
    """What patients can read at one instant of the leaflets of one range, the first being 0. Neither drafts nor
    withdrawn leaflets; one query."""

    limit = ON_A_MAP

    def __init__(self, at: dt.datetime, number: int = 0):
        self.at, self.first = at, number * ON_A_MAP

    def items(self) -> list[Shown]:
        live = Showing.objects.live(self.at).filter(leaflet__gt=self.first, leaflet__lte=self.first + ON_A_MAP)
        return [Shown(*row) for row in live.order_by("leaflet__slug").values_list("leaflet__slug", "starts_at")]

    def location(self, item: Shown) -> str:
        return reverse("leaflet-read", args=[item.slug])

    def lastmod(self, item: Shown) -> dt.datetime:
        return item.starts_at


@public_page
def sitemap(request: HttpRequest, site: Site) -> HttpResponse:
    """All of it, or where its parts are."""
    parts = _parts()
    if parts == 1:
        return sitemap_view(request, {"ways-in": WaysIn(), "leaflets": ShownLeaflets(site.at)}).render()
    addresses = [reverse("sitemap-part", args=[part]) for part in range(parts)]
    places = [{"location": request.build_absolute_uri(address)} for address in addresses]
    context = {"sitemaps": places}
    return TemplateResponse(request, "sitemap_index.xml", context, content_type="application/xml").render()


@public_page
def sitemap_part(request: HttpRequest, site: Site, number: int) -> HttpResponse:
    """The leaflets of one range; the first has the ways in, too."""
    # "00" is 0 as well: one address for each part, or each spelling of it would be kept.
    if number >= _parts() or request.path != reverse("sitemap-part", args=[number]):
        raise Http404
    leaflets = {"leaflets": ShownLeaflets(site.at, number)}
    return sitemap_view(request, leaflets if number else {"ways-in": WaysIn(), **leaflets}).render()


def _parts() -> int:
    newest = Leaflet.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    return max(1, -(-newest // ON_A_MAP))

"""The sitemap for search engines: the ways in, and every leaflet that is shown (sitemaps.org, protocol 0.9)."""

import datetime as dt

from django.contrib.sitemaps import Sitemap
from django.contrib.sitemaps.views import sitemap as sitemap_view
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from monographs.publication.models import Publication, PublicationQuerySet
from monographs.reading.public import Site, public_page


class WaysIn(Sitemap):
    """Pages that are always there."""

    def items(self) -> list[str]:
        return ["home", "a-z"]

    def location(self, item: str) -> str:
        return reverse(item)


class ShownLeaflets(Sitemap):
    """What patients can read at one instant. Neither drafts nor withdrawn leaflets."""

    def __init__(self, at: dt.datetime):
        self.at = at

    def items(self) -> PublicationQuerySet:
        return Publication.objects.read(self.at).select_related("leaflet").order_by("leaflet__slug")

    def location(self, item: Publication) -> str:
        return reverse("leaflet-read", args=[item.leaflet.slug])

    def lastmod(self, item: Publication) -> dt.datetime:
        return item.effective_from


@public_page
def sitemap(request: HttpRequest, site: Site) -> HttpResponse:
    return sitemap_view(request, {"ways-in": WaysIn(), "leaflets": ShownLeaflets(site.at)}).render()

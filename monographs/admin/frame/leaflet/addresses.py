"""Where a leaflet's pages are."""

from collections.abc import Callable

from django.urls import reverse

from monographs.leaflets.models import Leaflet


def leaflet_url(leaflet: Leaflet) -> str:
    """The page on which the leaflet is written."""
    return reverse("admin:monographs_leaflet_change", args=[leaflet.pk])


def screen_url(name: str, leaflet: Leaflet, *args) -> str:
    """The address of one of a leaflet's screens: ``screen_url("leaflet-history", leaflet)``."""
    return reverse(f"admin:{name}", args=[leaflet.pk, *args])


def numbered_urls(name: str, leaflet: Leaflet) -> Callable[[int], str]:
    """The addresses of screens about a numbered part of a leaflet, made from one that is worked out: for long lists."""
    before, _number, after = screen_url(name, leaflet, 0).rpartition("0")
    return lambda number: f"{before}{number}{after}"

"""Where a leaflet's pages are."""

from django.urls import reverse

from monographs.leaflets.models import Leaflet


def leaflet_url(leaflet: Leaflet) -> str:
    """The page on which the leaflet is written."""
    return reverse("admin:monographs_leaflet_change", args=[leaflet.pk])


def screen_url(name: str, leaflet: Leaflet, *args) -> str:
    """The address of one of a leaflet's screens: ``screen_url("leaflet-history", leaflet)``."""
    return reverse(f"admin:{name}", args=[leaflet.pk, *args])

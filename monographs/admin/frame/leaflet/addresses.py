"""Where the pages about a leaflet, or another thing with a number, are."""

from collections.abc import Callable
from functools import lru_cache

from django.urls import get_script_prefix, reverse

from monographs.leaflets.models import Leaflet


def leaflet_url(leaflet: Leaflet) -> str:
    """The page on which the leaflet is written."""
    return page_url("monographs_leaflet_change", leaflet.pk)


def page_url(name: str, number: int) -> str:
    """The address of the admin's page about one thing, ``page_url("reply", 12)``: for lists. How such addresses begin
    and end is worked out once for where the site is mounted."""
    before, after = _around_the_number(name, get_script_prefix())
    return f"{before}{number:d}{after}"


@lru_cache(maxsize=64)
def _around_the_number(name: str, _mounted_at: str) -> tuple[str, str]:
    before, _number, after = reverse(f"admin:{name}", args=[0]).rpartition("0")
    return before, after


def screen_url(name: str, leaflet: Leaflet, *args) -> str:
    """The address of one of a leaflet's screens: ``screen_url("leaflet-history", leaflet)``."""
    return reverse(f"admin:{name}", args=[leaflet.pk, *args]) if args else page_url(name, leaflet.pk)


def numbered_urls(name: str, leaflet: Leaflet) -> Callable[[int], str]:
    """The addresses of screens about a numbered part of a leaflet, made from one that is worked out: for long lists."""
    before, _number, after = screen_url(name, leaflet, 0).rpartition("0")
    return lambda number: f"{before}{number}{after}"

"""Which translations and easy-read leaflets are behind now, for the staff's list."""

import datetime as dt
from dataclasses import dataclass
from functools import cache

from django.db.models import DateTimeField, QuerySet

from monographs.leaflets.models import Leaflet
from monographs.prepared import Given, Prepared
from monographs.publication.shown.behind import behind_at, behind_since, follows
from monographs.publication.shown.showings import Showing


@dataclass(frozen=True)
class BehindNow:
    """A translation or an easy-read leaflet, the ``source`` that it follows, which parts of that are another by now,
    and since when the first of them is."""

    leaflet: Leaflet
    source: Leaflet
    parts: tuple[str, ...]
    since: dt.datetime


def translations_behind(at: dt.datetime, *, most: int, leaflets: tuple[int, ...] | None = None) -> list[BehindNow]:
    """Those that patients meet, the one that is behind longest first; two queries. ``leaflets``: among these alone."""
    found = _first(most).things(at=at) if leaflets is None else list(_showings(at).filter(leaflet__in=leaflets)[:most])
    sources = Leaflet.objects.in_bulk({showing.follows for showing in found})
    return [one for showing in found if (one := _now(showing, sources[showing.follows], at))]


def _showings(at: dt.datetime | Given) -> QuerySet[Showing]:
    showings = Showing.objects.at(at).filter(behind_from__lte=at).select_related("leaflet")
    return showings.annotate(follows=follows("leaflet__")).order_by("behind_from", "pk")


@cache
def _first(most: int) -> Prepared:
    """For the two or three lengths of list that there are."""
    return Prepared(lambda: _showings(Given("at", DateTimeField()))[:most], spelled_out=True)


def _now(showing: Showing, source: Leaflet, at: dt.datetime) -> BehindNow | None:
    """None where all that was behind is so no more, as its source went back to the old text."""
    since = behind_since(showing.behind, at)
    return BehindNow(showing.leaflet, source, behind_at(showing.behind, at), since) if since else None

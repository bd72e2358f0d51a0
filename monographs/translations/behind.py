"""Which translations are behind now, for the staff's list."""

import datetime as dt
from dataclasses import dataclass

from monographs.leaflets.models import Leaflet
from monographs.publication.behind import behind_at
from monographs.publication.showings import Showing


@dataclass(frozen=True)
class BehindNow:
    """A translation, the parts of it that are behind, and since when the first of them is."""

    leaflet: Leaflet
    parts: tuple[str, ...]
    since: dt.datetime


def translations_behind(at: dt.datetime, *, most: int, leaflets: tuple[int, ...] | None = None) -> list[BehindNow]:
    """Those that patients meet, the one that is behind longest first; one query. ``leaflets``: among these alone."""
    showings = Showing.objects.at(at).filter(behind_from__lte=at)
    if leaflets is not None:
        showings = showings.filter(leaflet__in=leaflets)
    showings = showings.select_related("leaflet__source").order_by("behind_from", "pk")
    return [one for showing in showings[:most] if (one := _now(showing, at))]


def _now(showing: Showing, at: dt.datetime) -> BehindNow | None:
    """None where all that was behind is so no more, as its source went back to the old text."""
    parts = behind_at(showing.behind, at)
    starts = [dt.datetime.fromisoformat(starts_at) for part, starts_at, _until in showing.behind if part in parts]
    return BehindNow(showing.leaflet, parts, max(min(starts), showing.behind_from)) if parts else None

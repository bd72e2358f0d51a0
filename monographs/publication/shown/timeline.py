"""One leaflet's timeline as a verb finds it in its turn: what is shown, what is to come, which number is next."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import BigIntegerField, DateTimeField, Q, QuerySet, Subquery

from monographs.leaflets.models import Leaflet
from monographs.prepared import Given, Prepared
from monographs.publication.models import Publication

MAJOR, MINOR = "major", "minor"


@dataclass(frozen=True)
class Timeline:
    """``shown`` is what patients have before them, a notice included; ``pending`` are the releases still to come (an
    expiry gives way to later rows by itself); ``last`` is the highest version number so far, called off or not."""

    shown: Publication | None
    pending: tuple[Publication, ...]
    last: tuple[int, int] | None

    @classmethod
    def of(cls, leaflet: Leaflet, at: dt.datetime) -> "Timeline":
        """As it is at ``at``, in one query."""
        rows = _that_decide.things(leaflet=leaflet.pk, at=at)
        for row in rows:
            row.leaflet = leaflet
        placed = [row for row in rows if hasattr(row, "showing")]
        return cls(
            shown=next((row for row in placed if row.showing.starts_at <= at < row.showing.ends_at), None),
            pending=tuple(row for row in placed if row.showing.starts_at > at and row.revision_id),
            last=max(((row.major, row.minor) for row in rows if row.major is not None), default=None),
        )

    def next_version(self, size: str) -> tuple[int, int]:
        """The number that the next release gets: (2, 0) after (1, 3) for a major change, (1, 4) for a minor one."""
        if not self.last:
            return 1, 0
        major, minor = self.last
        return (major + 1, 0) if size == MAJOR else (major, minor + 1)


def _rows() -> QuerySet[Publication]:
    """What a leaflet shows, what it will show, and its last version: few rows, however long its past."""
    of_leaflet = Publication.objects.filter(leaflet=Given("leaflet", BigIntegerField()))
    last = of_leaflet.filter(major__isnull=False).order_by("-major", "-minor").values("pk")[:1]
    shown_or_coming = Q(showing__ends_at__gt=Given("at", DateTimeField()))
    return of_leaflet.filter(shown_or_coming | Q(pk=Subquery(last))).select_related("showing", "review")


_that_decide = Prepared(_rows)

"""One leaflet's timeline as a verb finds it in its turn: what is shown, what is to come, which number is next."""

import datetime as dt
from dataclasses import dataclass

from monographs.leaflets.models import Leaflet
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
        rows = list(Publication.objects.that_decide(leaflet, at).select_related("showing", "review"))
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

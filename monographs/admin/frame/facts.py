"""What the state of one leaflet is told from, read from the database once."""

import datetime as dt
from dataclasses import dataclass

from monographs.leaflets.models import Leaflet
from monographs.publication.models import Publication
from monographs.publication.showings import Showing
from monographs.review.models import Decision, Outcome, Review
from monographs.revisions.models import Revision


@dataclass(frozen=True)
class Facts:
    """``review`` is the one that goes on, else the last; ``coming`` what is scheduled, the next first."""

    leaflet: Leaflet
    newest: Revision | None
    review: Review | None
    decisions: tuple[Decision, ...]
    emergency: Review | None
    current: Publication | None
    coming: tuple[Publication, ...]

    @property
    def active(self) -> Review | None:
        return self.review if self.review and self.review.is_active else None

    @property
    def release(self) -> Publication | None:
        """The scheduled release, if there is one."""
        return next((publication for publication in self.coming if publication.revision_id), None)

    @property
    def is_draft_public(self) -> bool:
        """Whether patients read, or are about to read, just what the draft says."""
        shown = self.release or self.current
        return bool(shown and shown.revision_id and self.newest and shown.digest == self.newest.digest)

    def decision(self, outcome: Outcome) -> Decision | None:
        return next((decision for decision in reversed(self.decisions) if decision.outcome == outcome), None)


def facts_of(leaflet: Leaflet, now: dt.datetime) -> Facts:
    reviews = Review.objects.filter(leaflet=leaflet).select_related("revision", "submitted_by")
    review = reviews.active_first().first()
    showings = Showing.objects.filter(leaflet=leaflet, ends_at__gt=now).select_related("publication")
    timeline = [(row.starts_at, row.publication) for row in showings.order_by("starts_at", "publication")]
    return Facts(
        leaflet=leaflet,
        newest=Revision.objects.filter(leaflet=leaflet).select_related("by").order_by("-number").first(),
        review=review,
        decisions=tuple(review.decisions.all()) if review else (),
        emergency=reviews.emergency(now).order_by("-pk").first() if review else None,
        current=next((publication for starts_at, publication in timeline if starts_at <= now), None),
        coming=tuple(publication for starts_at, publication in timeline if starts_at > now),
    )

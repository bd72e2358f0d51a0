"""What the state of one leaflet is told from, read from the database once."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import BigAutoField, DateTimeField, Exists, QuerySet

from monographs.leaflets.models import Leaflet
from monographs.prepared import Given, Prepared
from monographs.publication.models import Publication
from monographs.publication.shown.showings import Showing
from monographs.review.models import Decision, Outcome, Review, State
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


def facts_of(leaflet: Leaflet, now: dt.datetime, *, newest: Revision | None = None) -> Facts:
    """``newest`` where it has been read already, with its person."""
    review = _review.thing(leaflet=leaflet.pk)
    if review:
        review.leaflet = leaflet
    timeline = [(row.starts_at, row.publication) for row in _timeline.things(leaflet=leaflet.pk, now=now)]
    return Facts(
        leaflet=leaflet,
        newest=newest or newest_of(leaflet),
        review=review,
        decisions=tuple(_decisions.things(review=review.pk)) if review else (),
        emergency=_emergency_of(leaflet, now) if review and review.has_emergency else None,
        current=next((publication for starts_at, publication in timeline if starts_at <= now), None),
        coming=tuple(publication for starts_at, publication in timeline if starts_at > now),
    )


def newest_of(leaflet: Leaflet) -> Revision | None:
    """The last recorded state of the draft, with its person."""
    newest = _newest.thing(leaflet=leaflet.pk)
    if newest:
        newest.leaflet = leaflet
    return newest


def _reviews(leaflet: int | Given) -> QuerySet[Review]:
    return Review.objects.filter(leaflet=leaflet).select_related("revision", "submitted_by")


def _emergency_of(leaflet: Leaflet, now: dt.datetime) -> Review | None:
    return _reviews(leaflet.pk).emergency(now).order_by("-pk").first()


_OF_LEAFLET = Given("leaflet", BigAutoField())


def _find_review() -> QuerySet[Review]:
    in_emergency = Review.objects.filter(leaflet=_OF_LEAFLET, state=State.EMERGENCY)
    return _reviews(_OF_LEAFLET).annotate(has_emergency=Exists(in_emergency)).active_first()[:1]


def _find_newest() -> QuerySet[Revision]:
    return Revision.objects.filter(leaflet=_OF_LEAFLET).select_related("by").order_by("-number")[:1]


def _find_decisions() -> QuerySet[Decision]:
    return Decision.objects.filter(review=Given("review", BigAutoField())).order_by("at", "pk")


def _find_timeline() -> QuerySet[Showing]:
    showings = Showing.objects.filter(leaflet=_OF_LEAFLET, ends_at__gt=Given("now", DateTimeField()))
    return showings.select_related("publication").order_by("starts_at", "publication")


_review, _newest, _decisions, _timeline = map(Prepared, (_find_review, _find_newest, _find_decisions, _find_timeline))

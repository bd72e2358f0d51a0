"""Taking a submission back, and with it a release that is scheduled already: the approval that it rests on is void."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.utils import timezone

from monographs.audit.record import act
from monographs.publication.found import passages
from monographs.publication.models import Publication
from monographs.publication.shown.showings import rewrite_showings, take_off
from monographs.review import actions as review_actions
from monographs.review.models import Decision, Review
from monographs.staff.models import StaffMember


@act
def recall(review: Review, *, by: StaffMember, note: str = "") -> Decision:
    """`review.actions.recall`, also until the instant of a scheduled release, which then does not take place."""
    with _off_the_timeline(review):
        return review_actions.recall(review, by=by, note=note, even_scheduled=True)


@act
def send_back(review: Review, *, by: StaffMember, reason: str) -> Decision:
    """`review.actions.send_back`, also until the instant of a scheduled release, which then does not take place."""
    with _off_the_timeline(review):
        return review_actions.send_back(review, by=by, reason=reason, even_scheduled=True)


@contextmanager
def _off_the_timeline(review: Review) -> Iterator[None]:
    now = timezone.now()
    if take_off(Publication.objects.filter(review=review, effective_from__gt=now)):
        yield
        rewrite_showings(review.leaflet, after_taking_off=True)
        passages.tidy(review.leaflet, at=now)
    else:
        yield

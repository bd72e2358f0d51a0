"""What was signed before suffices now, or does no longer: a remark went, or the approval rules ask for other things."""

from django.utils import timezone
from django.utils.translation import gettext as _

from monographs.audit.record import act, record
from monographs.leaflets.models import Leaflet
from monographs.review.models import Review, State
from monographs.review.moving import move, move_on
from monographs.review.rules import held_up_by, outstanding, signatures
from monographs.staff.models import StaffMember


@act
def complete_signed(leaflet: Leaflet, *, by: StaffMember) -> None:
    """Its reviews that were signed, and are held up by nothing any more, are approved: it goes on record.

    Called where something that held an approval up goes: a remark is resolved.
    """
    waiting = Review.objects.filter(state=State.WAITING) | Review.objects.emergency(timezone.now())
    for review in waiting.filter(leaflet=leaflet).select_related("leaflet", "revision"):
        _complete(review, by=by)


@act
def follow_rules(review: Review, *, by: StaffMember | None) -> bool:
    """What the approval rules ask by now holds for a review that was approved or waits: whether it moved.

    One that has what is asked is approved, one that lacks something waits for further readers; the signatures given
    stand. A release that is scheduled already takes place.
    """
    review = Review.objects.select_related("leaflet", "revision").get(pk=review.pk)
    if review.state != State.APPROVED:
        return _complete(review, by=by)
    missing = outstanding(review)
    if missing:
        move(review, State.WAITING)
        record("review.reopened", by=by, about=review, subject=review.leaflet, why=" ".join(missing))
    return bool(missing)


def _complete(review: Review, *, by: StaffMember | None) -> bool:
    signed = signatures(review)
    if review.state not in (State.WAITING, State.EMERGENCY) or not signed or held_up_by(review):
        return False
    move_on(review, signed)
    record(
        "review.completed",
        by=by,
        about=review,
        subject=review.leaflet,
        why=_("The approvals given before are all that is asked now."),
        is_public=review.state == State.RELEASED,
    )
    return True

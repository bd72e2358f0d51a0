"""Reviews follow the approval rules: few in the turn of the rule that was changed, many in turns of their own."""

from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from monographs.audit.models import Entry
from monographs.audit.record import act, record
from monographs.clinics.models import the_clinic
from monographs.review.completing import follow_rules
from monographs.review.models import Decision, Outcome, Review, State
from monographs.staff.models import StaffMember

AT_ONCE = 20  # reviews that are judged under one lock: less than a tenth of a second
_TO_FOLLOW, _FOLLOWED = "approval-rules.to-follow", "approval-rules.followed"


@act
def follow_changed_rules(*, by: StaffMember) -> None:
    """A rule came, went or was changed: reviews that were signed are approved, or wait again, as it asks.

    Where there are many, it goes on record that they are to follow, and the clock does it (`catch_up`). Until then
    nothing that lacks an approval is published (`publication.actions.check_may_publish`).
    """
    some = list(_concerned()[: AT_ONCE + 1])
    if len(some) > AT_ONCE:
        record(_TO_FOLLOW, by=by, about=the_clinic())
        return
    for review in some:
        follow_rules(review, by=by)


def catch_up() -> int:
    """Let the reviews follow that a changed rule left behind, each in a turn of its own; how many moved. Any number
    may run at once."""
    left = _left()
    if not left:
        return 0
    moved = sum(follow_rules(review, by=left.by) for review in list(_concerned().only("pk")))
    _note_followed(left)
    return moved


@act
def _note_followed(left: Entry) -> None:
    """Unless another clock did, or a rule was changed once more since."""
    if _left() == left:
        record(_FOLLOWED, by=None, about=the_clinic())


def _left() -> Entry | None:
    """The newest entry that says that reviews are to follow, if they have not since."""
    left, followed = (Entry.objects.newest_where(verb=verb).first() for verb in (_TO_FOLLOW, _FOLLOWED))
    return left if left and not (followed and followed.position > left.position) else None


def _concerned() -> QuerySet[Review]:
    """The reviews that a rule may hold up or let go: approved, or waiting and signed."""
    is_signed = Exists(Decision.objects.filter(review=OuterRef("pk"), outcome=Outcome.APPROVED))
    waiting = Review.objects.filter(state=State.WAITING) | Review.objects.emergency(timezone.now())
    return (waiting.filter(is_signed) | Review.objects.filter(state=State.APPROVED)).order_by("pk")

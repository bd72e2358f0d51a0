"""Four eyes: who may decide on what."""

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from monographs.leaflets.models import Leaflet
from monographs.refusals import Conflict, NotAllowed
from monographs.review.models import ChecklistItem, Outcome, Review, State
from monographs.revisions.models import Revision
from monographs.staff.models import StaffMember
from monographs.staff.rules import check_permission

MEANING = gettext_lazy("I have checked this leaflet against its sources.")


def last_released(leaflet: Leaflet) -> Revision | None:
    """The revision that patients last read, whether or not it has been withdrawn since."""
    review = Review.objects.filter(leaflet=leaflet).ever_released(timezone.now()).select_related("revision").first()
    return review.revision if review else None


def contributors(review: Review) -> set[int]:
    """Ids of all who had a hand in what is now to be approved.

    Whoever recorded (wrote, edited, restored, imported) a revision since the last released one, up to
    this one, or submitted any of them.
    """
    base = last_released(review.leaflet)
    after = base.number if base else 0
    if base and base.number >= review.revision.number:
        after = review.revision.number - 1
    span = {"number__gt": after, "number__lte": review.revision.number}
    wrote = Revision.objects.filter(leaflet=review.leaflet, **span).values_list("by", flat=True)
    submitted = Review.objects.filter(
        leaflet=review.leaflet, **{f"revision__{lookup}": number for lookup, number in span.items()}
    ).values_list("submitted_by", flat=True)
    return {person for person in (*wrote, *submitted) if person}


def check_may_approve(review: Review, by: StaffMember) -> None:
    """Raise NotAllowed or Conflict unless ``by`` may approve this review now. Superusers are no exception."""
    check_permission(by, "approve_leaflet", _("You may not approve leaflets."))
    if review.state != State.WAITING:
        raise Conflict(
            _("This review is not waiting for a decision: it is %(state)s.") % {"state": review.get_state_display()}
        )
    if by.pk in contributors(review):
        raise NotAllowed(
            _("You wrote, changed or submitted part of this text. Somebody who did not must be the second reader.")
        )
    if review.decisions.filter(by=by, outcome=Outcome.APPROVED).exists():
        raise Conflict(_("You have approved this already."))


def may_approve(review: Review, by: StaffMember) -> bool:
    """The same as a question, for showing or hiding a button."""
    try:
        check_may_approve(review, by)
    except (NotAllowed, Conflict):
        return False
    return True


def approvals_needed(review: Review) -> int:
    """How many second readers must approve."""
    return 1


def missing_ticks(ticked: set[int]) -> list[ChecklistItem]:
    """The items of the clinic's checklist that are in use and not among the ids ticked."""
    return list(ChecklistItem.objects.filter(is_active=True).exclude(pk__in=ticked))

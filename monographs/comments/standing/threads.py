"""What hangs under a reply that is taken away: how much that is, and whether it goes as well."""

from django.db.models import Case, Count, IntegerField, OuterRef, Subquery, Value, When
from django.db.models.functions import Coalesce, Concat
from django.utils.translation import gettext as _

from monographs.audit.record import act, record
from monographs.comments.models import PLACE_DIGITS, Comment, State
from monographs.comments.standing.places import answers_to, keep_place, rewrite_places
from monographs.refusals import Conflict
from monographs.staff.models import StaffMember
from monographs.staff.rules import check_permission

_BEHIND = "9" * PLACE_DIGITS


def _hanging() -> Case:
    under = Comment.objects.shown().filter(
        leaflet=OuterRef("leaflet"), place__gt=OuterRef("place"), place__lt=Concat(OuterRef("place"), Value(_BEHIND))
    )
    counted = Subquery(
        under.order_by().values("leaflet").annotate(count=Count("pk")).values("count"), output_field=IntegerField()
    )
    return Case(When(place="", then=0), default=Coalesce(counted, 0))


HANGING = _hanging()
"""A column of replies: how many that readers can read hang under each, by one range of an index. Below the last level
that places tell apart, answers stand beside what they answer, and are not counted."""


def hanging_under(comment: Comment) -> int:
    """How many replies that readers can read hang under this one."""
    return Comment.objects.filter(pk=comment.pk).annotate(hanging=HANGING).get().hanging


@act
def take_answers_away(comment: Comment, *, by: StaffMember, reason: str = "") -> None:
    """What hangs under a reply that is not shown goes from the page, and with it the reply's empty place. The answers'
    own states stay: they are shown again when it is, or by `bring_answers_back`.

    Raises Conflict if the reply is shown, or keeps no place.
    """
    _keep(comment, by=by, reason=reason, keeps=False)


@act
def bring_answers_back(comment: Comment, *, by: StaffMember, reason: str = "") -> None:
    """What hangs under a reply that is not shown stands on the page again, under an empty place."""
    _keep(comment, by=by, reason=reason, keeps=True)


def _keep(comment: Comment, *, by: StaffMember, reason: str, keeps: bool) -> None:
    check_permission(by, "moderate_comment", _("You may not decide on replies."))
    comment = Comment.objects.select_related("leaflet").get(pk=comment.pk)
    if comment.state == State.APPROVED:
        raise Conflict(_("This reply is shown. Take it away first; then say what becomes of its answers."))
    answers = answers_to(comment)
    if not answers:
        raise Conflict(_("Nothing hangs under this reply."))
    if keep_place(comment, keeps) is None:
        raise Conflict(_("A colleague has done this already."))
    if not keeps:
        Comment.objects.filter(pk=comment.pk).update(place="")
        comment.place = ""
    rewrite_places(comment, answers)
    record(
        "reply.answers-brought-back" if keeps else "reply.answers-taken-away",
        by=by,
        about=comment,
        subject=comment.leaflet,
        why=reason.strip(),
        data={"keeps_place": keeps},
        is_public=True,
    )

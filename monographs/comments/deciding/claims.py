"""Who is at a reply: one moderator takes it for a quarter of an hour, so that two do not do the same work.

A claim is no decision. It moves nothing that readers see and ends by itself (whoever looks compares ``claimed_until``
with the instant; nothing has to run), so it is not on record. It is taken by one UPDATE that looks at what it changes:
of two who come at the same moment one has it.
"""

import datetime as dt

from django.db import OperationalError
from django.db.models import Q
from django.utils import timezone
from django.utils.formats import time_format
from django.utils.translation import gettext as _

from monographs.audit.record import refusal_of
from monographs.comments.models import Comment
from monographs.refusals import Conflict
from monographs.staff.models import StaffMember
from monographs.staff.rules import check_permission

LASTS = dt.timedelta(minutes=15)


def holder(comment: Comment, at: dt.datetime) -> StaffMember | None:
    """Who has it at an instant; None once the quarter of an hour is over."""
    is_held = comment.claimed_by_id and comment.claimed_until and comment.claimed_until > at
    return comment.claimed_by if is_held else None


def claim(comment: Comment, *, by: StaffMember, takes_over: bool = False) -> dt.datetime:
    """Take a reply that waits, or keep it for longer; until when. ``takes_over``: from whoever has it, knowingly.

    Raises NotAllowed, Conflict if a colleague has it or it does not wait any more, Busy or NoRoom.
    """
    check_permission(by, "moderate_comment", _("You may not decide on replies."))
    now = timezone.now()
    wanted = Comment.objects.filter(pk=comment.pk, waits_since__isnull=False)
    if not takes_over:
        wanted = wanted.filter(Q(claimed_by=None) | Q(claimed_by=by) | Q(claimed_until__lte=now))
    if not _change(wanted, claimed_by=by, claimed_until=now + LASTS):
        check_free(Comment.objects.select_related("claimed_by").get(pk=comment.pk), by)
        raise Conflict(_("This reply does not wait any more, so there is nothing to take."))
    return now + LASTS


def give_back(comment: Comment, *, by: StaffMember) -> bool:
    """Leave it to the others; whether ``by`` had it. Raises NotAllowed."""
    check_permission(by, "moderate_comment", _("You may not decide on replies."))
    return _change(Comment.objects.filter(pk=comment.pk, claimed_by=by), claimed_by=None, claimed_until=None)


def check_free(comment: Comment, by: StaffMember) -> None:
    """Raise Conflict if a colleague has it now."""
    other = holder(comment, timezone.now())
    if other and other.pk != by.pk:
        raise Conflict(
            _("%(name)s has taken this reply until %(time)s. Ask them, or take it over first.")
            % {"name": other.name, "time": time_format(timezone.localtime(comment.claimed_until), "H:i")}
        )


def _change(replies, **columns) -> bool:
    try:
        return bool(replies.update(**columns))
    except OperationalError as error:
        if refusal := refusal_of(error):
            raise refusal from error
        raise

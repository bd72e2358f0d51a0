"""A reader regrets what was written: the words go, the thread stays.

What is left is that there was a reply, when, to which leaflet, and what was decided on it.
"""

from django.utils import timezone
from django.utils.translation import gettext as _

from monographs.audit.record import act, record
from monographs.comments.afterwards.unnaming import take_name_out
from monographs.comments.afterwards.writers import take_back, versions_of
from monographs.comments.answering.unanswered import keep_list
from monographs.comments.crisis.playbook import check_opened
from monographs.comments.deciding.actions import settle
from monographs.comments.models import Comment, ReplyWriter, State
from monographs.comments.objections.appeals import Appeal
from monographs.comments.telling.letters import forget_writer
from monographs.refusals import Conflict
from monographs.staff.models import StaffMember
from monographs.staff.rules import check_permission


@act
def erase(comment: Comment, *, by: StaffMember) -> Comment:
    """Take away the words, the name and the key of their seal, for good; nothing brings them back.

    One that is shown, with answers below it that are shown, keeps its place without words; any other is shown no more.
    Raises NotAllowed, or Conflict if it was erased before.
    """
    check_permission(by, "erase_comment", _("You may not erase replies."))
    check_opened(comment)
    return _erase_all(comment, by=by)


@act
def erase_own(comment: Comment) -> Comment:
    """The same, by its writer: whoever calls has made sure of that (`comments.sender.secret`)."""
    return _erase_all(comment, by=None)


@act
def erase_in_time(comment: Comment) -> Comment:
    """The same, by the clock, when it has been kept for its time (`data_life.retention`)."""
    return _erase(comment, by=None, is_time_over=True)


def _erase_all(comment: Comment, *, by: StaffMember | None) -> Comment:
    """With what its writer put it in place of, and what was put in its place: it is one person's one reply."""
    erased = _erase(comment, by=by)
    for other in versions_of(comment):
        if not other.erased_at:
            _erase(other, by=by)
    return erased


def _erase(comment: Comment, *, by: StaffMember | None, is_time_over: bool = False) -> Comment:
    comment = Comment.objects.select_related("leaflet").get(pk=comment.pk)
    if comment.erased_at:
        raise Conflict(_("The words of this reply are erased already."))
    holds_answers = comment.state == State.APPROVED and (
        comment.replies.filter(state__in=(State.APPROVED, State.PENDING)).exists()  # one that waits may be shown yet
    )
    if comment.state in (State.PENDING, State.APPROVED) and not holds_answers:
        if by or is_time_over:
            settle(comment, State.REJECTED, by=by, verb="reply.rejected")
        else:
            take_back(comment)
    names = {comment.name, *comment.redactions.values_list("was_name", flat=True)}
    comment.body = comment.name = comment.seal = comment.hidden_address = ""
    comment.erased_at = timezone.now()
    comment.save(update_fields=("body", "name", "seal", "hidden_address", "erased_at"))
    keep_list(comment)
    comment.labels.update(words="")
    comment.redactions.update(was_name="", was_body="", name="", body="", erased_at=comment.erased_at)
    Appeal.objects.filter(comment=comment).update(words="")
    comment.reports.update(words="")
    forget_writer(comment)
    ReplyWriter.objects.filter(comment=comment).delete()
    for name in sorted(names, key=len, reverse=True):
        take_name_out(comment, name, by=by)
    record(
        "reply.erased", by=by, about=comment, subject=comment.leaflet, data={"erased": True}, is_public=holds_answers
    )
    return comment

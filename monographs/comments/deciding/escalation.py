"""A moderator passes a reply on to somebody who may decide more, and says why."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from monographs.audit.record import act, record
from monographs.comments.deciding.claims import check_free
from monographs.comments.deciding.seen import check_seen
from monographs.comments.models import Comment
from monographs.refusals import Conflict, Unacceptable
from monographs.staff.models import StaffMember
from monographs.staff.rules import check_permission, holders
from monographs.text.letters.signs import is_blank

PERMISSION = "decide_escalated_reply"


class Escalation(models.Model):
    """One reply passed on: by whom, when and why, for whoever has it next."""

    comment = models.ForeignKey(Comment, models.PROTECT, related_name="escalations")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=gettext_lazy("by"))
    at = models.DateTimeField(gettext_lazy("when"), default=timezone.now)
    reason = models.TextField(gettext_lazy("why"))

    class Meta:
        verbose_name = gettext_lazy("reply passed on")
        verbose_name_plural = gettext_lazy("replies passed on")
        ordering = ("pk",)
        permissions = ((PERMISSION, gettext_lazy("Can decide on replies that were passed on")),)

    def __str__(self):
        return f"{self.comment_id}: {self.at:%Y-%m-%d}"


@act
def escalate(comment: Comment, *, by: StaffMember, reason: str, seen: str = "") -> Escalation:
    """Pass it on. Among equally urgent ones it comes first for those who may decide on it, and for nobody else.

    Raises Conflict if it does not wait, was passed on before, or nobody is there to whom it could go.
    """
    check_permission(by, "moderate_comment", _("You may not decide on replies."))
    comment = _waiting(comment)
    check_seen(comment, seen)
    check_free(comment, by)
    if is_blank(reason):
        raise Unacceptable(_("Please say why you pass this reply on."))
    if comment.is_escalated:
        raise Conflict(_("This reply is passed on already."))
    if not holders(PERMISSION).exclude(pk=by.pk).exists():
        raise Conflict(_("There is no colleague who may decide on replies that are passed on. Ask an administrator."))
    passed_on = Escalation.objects.create(comment=comment, by=by, reason=reason.strip())
    _note(comment, is_escalated=True)
    record("reply.passed-on", by=by, about=comment, subject=comment.leaflet, why=passed_on.reason)
    return passed_on


@act
def hand_back(comment: Comment, *, by: StaffMember, reason: str = "", seen: str = "") -> None:
    """It is an ordinary one again, for every moderator: by who may decide on it, or by who passed it on."""
    check_permission(by, "moderate_comment", _("You may not decide on replies."))
    comment = _waiting(comment)
    check_seen(comment, seen)
    if not comment.is_escalated:
        raise Conflict(_("This reply is not passed on, or not any more."))
    if comment.escalations.last().by_id != by.pk:
        check_may_decide(comment, by)
    _note(comment, is_escalated=False)
    record("reply.handed-back", by=by, about=comment, subject=comment.leaflet, why=reason.strip())


def check_may_decide(comment: Comment, by: StaffMember) -> None:
    """Raise NotAllowed if it was passed on and ``by`` is not among those to whom."""
    if comment.is_escalated:
        check_permission(by, PERMISSION, _("This reply was passed on. Somebody with more to say decides on it."))


def _waiting(comment: Comment) -> Comment:
    comment = Comment.objects.select_related("leaflet", "claimed_by").get(pk=comment.pk)
    if comment.waits_since is None:
        raise Conflict(_("This reply does not wait any more."))
    return comment


def _note(comment: Comment, *, is_escalated: bool) -> None:
    Comment.objects.filter(pk=comment.pk).update(is_escalated=is_escalated, claimed_by=None, claimed_until=None)

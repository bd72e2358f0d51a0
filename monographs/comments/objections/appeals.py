"""The writer of a rejected reply may ask once for another look, by another moderator."""

import datetime as dt
from collections.abc import Iterable

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from monographs.audit.record import act, record
from monographs.comments.crisis.cries import note_cry
from monographs.comments.crisis.playbook import wait_no_more
from monographs.comments.deciding.actions import settle
from monographs.comments.deciding.claims import check_free
from monographs.comments.deciding.escalation import check_may_decide
from monographs.comments.labels import Found
from monographs.comments.models import Comment, State
from monographs.comments.triage.labelling import crises_in
from monographs.refusals import Conflict, Unacceptable
from monographs.staff.models import StaffMember
from monographs.staff.rules import check_permission
from monographs.text.letters.signs import cleaned, is_blank

ASKED_WITHIN = dt.timedelta(days=30)
MAX_LENGTH = 1_000  # characters


class Appeal(models.Model):
    """Another look that a writer asked for, and what came of it."""

    comment = models.OneToOneField(Comment, models.PROTECT, related_name="appeal")
    words = models.TextField(gettext_lazy("what the writer says"), blank=True)
    at = models.DateTimeField(gettext_lazy("asked"), default=timezone.now)
    is_upheld = models.BooleanField(gettext_lazy("the reply is shown after all"), null=True, blank=True)
    grounds = models.TextField(gettext_lazy("grounds"), blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=gettext_lazy("decided by"),
    )
    decided_at = models.DateTimeField(gettext_lazy("decided"), null=True, blank=True)

    class Meta:
        verbose_name = gettext_lazy("appeal")
        verbose_name_plural = gettext_lazy("appeals")

    def __str__(self):
        return str(self.comment.in_the_record)


def may_be_asked(comment: Comment, *, at: dt.datetime) -> bool:
    """Whether its writer can ask for another look: it was rejected in the last thirty days, and was not asked yet."""
    if comment.state not in (State.REJECTED, State.SPAM) or comment.erased_at:
        return False
    last = comment.decisions.last()
    return bool(last and last.at >= at - ASKED_WITHIN and not Appeal.objects.filter(comment=comment).exists())


def ask(comment: Comment, *, words: str) -> Appeal:
    """The writer asks; it waits again, as it is, and a cry for help in their words first of all. Whoever calls has made
    sure that it is the writer."""
    words = cleaned(words).strip()
    return _ask(comment, words=words, cries=crises_in(words[:MAX_LENGTH], comment.leaflet.language))


@act
def _ask(comment: Comment, *, words: str, cries: Iterable[Found]) -> Appeal:
    comment = Comment.objects.select_related("leaflet").get(pk=comment.pk)
    if len(words) > MAX_LENGTH:
        raise Unacceptable(_("At most %(limit)s characters fit. Please shorten it.") % {"limit": f"{MAX_LENGTH:,}"})
    if not may_be_asked(comment, at=timezone.now()):
        raise Conflict(_("Another look can be asked for once, within 30 days after a reply was rejected."))
    appeal = Appeal.objects.create(comment=comment, words="" if is_blank(words) else words)
    comment.waits_since = appeal.at
    comment.save(update_fields=("waits_since",))
    note_cry(comment, cries, where="appeal")
    record("reply.appealed", by=None, about=comment, subject=comment.leaflet)
    return appeal


@act
def decide(appeal: Appeal, *, by: StaffMember, is_upheld: bool, grounds: str) -> Appeal:
    """Another moderator than the one who rejected it looks again, and says why it is shown now or is not."""
    check_permission(by, "moderate_comment", _("You may not decide on replies."))
    appeal = Appeal.objects.select_related("comment__leaflet", "comment__claimed_by").get(pk=appeal.pk)
    comment = appeal.comment
    if appeal.decided_at:
        raise Conflict(_("%(name)s has decided on this appeal already.") % {"name": appeal.decided_by.name})
    if comment.erased_at or comment.state not in (State.REJECTED, State.SPAM):
        raise Conflict(_("This reply is withdrawn or erased. There is nothing left to decide on."))
    check_may_decide(comment, by)
    check_free(comment, by)
    last = comment.decisions.last()
    if last and last.by_id == by.pk:
        raise Conflict(_("You rejected this reply. Another moderator looks at it again."))
    if is_blank(grounds):
        raise Unacceptable(_("Say why: the writer is told."))
    appeal.is_upheld, appeal.grounds, appeal.decided_by, appeal.decided_at = (
        is_upheld,
        grounds.strip(),
        by,
        timezone.now(),
    )
    appeal.save()
    record(
        "reply.appeal-decided", by=by, about=comment, subject=comment.leaflet, why=grounds, data={"upheld": is_upheld}
    )
    if is_upheld:
        settle(comment, State.APPROVED, by=by, verb="reply.approved", reason=grounds)
    else:
        wait_no_more(comment)
    return appeal

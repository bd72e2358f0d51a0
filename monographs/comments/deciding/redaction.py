"""Words that readers must not meet are taken out of a reply, and stand where few may look.

The reply's own row has what everybody meets, so no page, letter, list or search can show more than that. What stood
there before is in a table of its own, for who may see it; each look is on record.
"""

from collections.abc import Iterable

from django.conf import settings
from django.db import models
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from monographs.audit.record import act, record
from monographs.comments.deciding.claims import check_free
from monographs.comments.models import Comment, State
from monographs.refusals import Conflict, Unacceptable
from monographs.staff.models import StaffMember
from monographs.staff.rules import check_permission
from monographs.text.letters.signs import is_blank

MOST_AT_ONCE = 50  # passages


class Redaction(models.Model):
    """One step: what stood in a reply, and what stands there since. Triggers let a reply's words change only to those
    of its newest row here, and empty these rows when the reply is erased (`comments.guards`)."""

    comment = models.ForeignKey(Comment, models.PROTECT, related_name="redactions", verbose_name=gettext_lazy("reply"))
    was_name = models.CharField(max_length=80, blank=True)
    was_body = models.TextField(blank=True)
    name = models.CharField(max_length=80, blank=True)
    body = models.TextField(blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=gettext_lazy("by"))
    at = models.DateTimeField(gettext_lazy("when"), default=timezone.now)
    reason = models.CharField(gettext_lazy("reason"), max_length=1_000)
    erased_at = models.DateTimeField(gettext_lazy("erased"), null=True, blank=True)

    class Meta:
        verbose_name = gettext_lazy("words taken out of a reply")
        verbose_name_plural = gettext_lazy("words taken out of replies")
        ordering = ("pk",)

    def __str__(self):
        return f"{self.comment_id}: {self.at:%Y-%m-%d}"


@act
def redact(
    comment: Comment, *, by: StaffMember, passages: Iterable[str], reason: str, hides_name: bool = False, seen: int = 0
) -> Redaction:
    """Take each of the passages out, wherever it stands in the reply, and leave a mark; and its name, if so wished.

    ``seen`` is how many times words had been taken out when the moderator's page was made. Raises Unacceptable where
    a passage does not stand in the reply or no reason is given, Conflict where a colleague was faster.
    """
    check_permission(by, "moderate_comment", _("You may not take words out of replies."))
    comment = _as_it_stands(comment, by, seen)
    wanted = sorted({passage.strip() for passage in passages if not is_blank(passage)}, key=len, reverse=True)
    if not wanted and not (hides_name and comment.name):
        raise Unacceptable(_("Say which words are to be taken out: copy them from the reply, one passage a line."))
    if len(wanted) > MOST_AT_ONCE:
        raise Unacceptable(_("At most %(count)s passages can be taken out at a time.") % {"count": MOST_AT_ONCE})
    if is_blank(reason):
        raise Unacceptable(_("Say why these words are taken out."))
    missing = [passage for passage in wanted if passage not in comment.body]
    if missing:
        raise Unacceptable(_("These words don’t stand in the reply: %(words)s") % {"words": " · ".join(missing)})
    body = comment.body
    for passage in wanted:  # the longest first: one may stand within another
        body = body.replace(passage, _mark(comment))
    return _change(comment, name="" if hides_name else comment.name, body=body, by=by, reason=reason, hidden=wanted)


@act
def bring_back(comment: Comment, *, by: StaffMember, reason: str, seen: int = 0) -> Redaction:
    """The words of before the newest step that still holds stand again, so that one walks back to what was sent.

    For who may see the original alone: what is brought back is seen. Raises Conflict where nothing is taken out.
    """
    refusal = _("You may not bring words back into replies.")
    check_permission(by, "moderate_comment", refusal)
    check_permission(by, "view_original_comment", refusal)
    comment = _as_it_stands(comment, by, seen)
    held = steps_that_hold(comment.redactions.all())
    if not held:
        raise Conflict(_("No words are taken out of this reply, or all of them are back."))
    last = held[-1]
    if is_blank(reason):
        raise Unacceptable(_("Say why these words are brought back."))
    return _change(comment, name=last.was_name, body=last.was_body, by=by, reason=reason)


def steps_that_hold(steps: Iterable[Redaction]) -> list[Redaction]:
    """Of all steps on a reply, oldest first, those that nobody has brought back.

    A step that leads to the words of before the newest one that holds brings that one back.
    """
    held: list[Redaction] = []
    for step in steps:
        if held and (step.name, step.body) == (held[-1].was_name, held[-1].was_body):
            held.pop()
        else:
            held.append(step)
    return held


@act
def look_at_original(comment: Comment, *, by: StaffMember, reason: str) -> Redaction:
    """What the reader sent, for a person who may see it and says why; that they did is on record."""
    check_permission(by, "view_original_comment", _("You may not see what was taken out of replies."))
    if is_blank(reason):
        raise Unacceptable(_("Say why you need to see the words that were taken out."))
    first = comment.redactions.first()
    if not first or first.erased_at:
        raise Conflict(_("There is nothing more to see: nothing was taken out, or the words are erased."))
    record("reply.original-seen", by=by, about=comment, subject=comment.leaflet, why=reason.strip())
    return first


def sent_words(comment: Comment) -> tuple[str, str]:
    """Name and text as they were sent. For verbs and checks, never for a page."""
    first = comment.redactions.first()
    return (first.was_name, first.was_body) if first else (comment.name, comment.body)


def _as_it_stands(comment: Comment, by: StaffMember, seen: int) -> Comment:
    comment = Comment.objects.select_related("leaflet", "claimed_by").get(pk=comment.pk)
    check_free(comment, by)
    if comment.erased_at:
        raise Conflict(_("The words of this reply are erased."))
    if comment.staff_id:
        raise Conflict(_("This is the clinic’s own answer. Take it back, and answer again."))
    if comment.redactions.count() != seen:
        raise Conflict(_("A colleague changed what is hidden of this reply while your page was open. Look again."))
    return comment


def _mark(comment: Comment) -> str:
    with translation.override(comment.leaflet.language):
        return _("[taken out by us]")


def _change(
    comment: Comment, *, name: str, body: str, by: StaffMember, reason: str, hidden: Iterable[str] = ()
) -> Redaction:
    """The step comes first: without it the database changes no word."""
    words = {"was_name": comment.name, "was_body": comment.body, "name": name, "body": body}
    step = Redaction.objects.create(comment=comment, by=by, reason=reason.strip(), **words)
    comment.name, comment.body = name, body
    comment.save(update_fields=("name", "body"))
    for label in comment.labels.all():
        if any(passage in label.words or label.words in passage for passage in hidden):
            label.words = ""
            label.save(update_fields=("words",))
    record(
        "reply.redacted",
        by=by,
        about=comment,
        subject=comment.leaflet,
        why=reason,
        data={"redacted": comment.digest_of(name, body)},
        is_public=comment.state == State.APPROVED,
    )
    return step

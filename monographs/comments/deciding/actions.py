"""What is decided on replies: a moderator shows, keeps back, undoes; the clinic answers."""

import datetime as dt

from django.db import models
from django.db.models import BigIntegerField, Exists, OuterRef
from django.utils import timezone
from django.utils.translation import gettext as _

from monographs.audit.models import row_digest
from monographs.audit.record import act, record
from monographs.comments.answering.canned import check_filled
from monographs.comments.answering.unanswered import keep_list
from monographs.comments.crisis.playbook import check_opened, has_open_case
from monographs.comments.deciding.claims import check_free
from monographs.comments.deciding.escalation import check_may_decide
from monographs.comments.deciding.followed import appeal_that_decided, follow_with_reports, reopen
from monographs.comments.deciding.reasons import GivenReason, RejectionReason
from monographs.comments.deciding.seen import check_seen, with_marks
from monographs.comments.labels import Label
from monographs.comments.models import MAX_LENGTH, MAX_NAME, Comment, CommentDecision, ReplyLabel, State
from monographs.comments.standing.places import move
from monographs.comments.standing.versions import shown_now
from monographs.comments.telling.letters import take_back_told, tell_of_step
from monographs.prepared import Given, Prepared, PreparedInsert
from monographs.refusals import Conflict, Unacceptable
from monographs.staff.models import StaffMember
from monographs.staff.rules import check_permission
from monographs.text.letters.signs import cleaned, is_blank

UNDONE_WITHIN = dt.timedelta(days=30)
NEVER_SPAM = (Label.CRISIS, Label.REACTION)


@act
def approve(comment: Comment, *, by: StaffMember, seen: str = "") -> CommentDecision:
    """Show it to readers.

    ``seen`` (here and below) is what the moderator had on the screen (`seen.as_seen`); Conflict if somebody decided
    since. Empty: whatever it is.
    """
    return _decide(comment, State.APPROVED, by=by, seen=seen)


@act
def reject(
    comment: Comment, *, by: StaffMember, reason: str = "", chosen: RejectionReason | None = None, seen: str = ""
) -> CommentDecision:
    """Keep it from readers. Its writer may read the reason; ``chosen`` is the text that it was made of, if any.

    Raises Unacceptable without a reason.
    """
    check_permission(by, "moderate_comment", _("You may not decide on replies."))
    if is_blank(reason):
        raise Unacceptable(_("Please give a reason. Whoever wrote the reply may read it."))
    decision = _decide(comment, State.REJECTED, by=by, reason=reason, seen=seen)
    if chosen:
        GivenReason.objects.create(decision=decision, reason=chosen)
    return decision


@act
def mark_spam(comment: Comment, *, by: StaffMember, reason: str = "", seen: str = "") -> CommentDecision:
    """Keep it from readers, as advertising or nonsense. Never what may be a cry for help or a suspected side effect:
    somebody must have called that label wrong first."""
    check_permission(by, "moderate_comment", _("You may not decide on replies."))
    if ReplyLabel.objects.filter(comment=comment.pk, label__in=NEVER_SPAM).exclude(is_wrong=True).exists():
        raise Conflict(
            _("This may be a cry for help or a suspected side effect. If it is not, call the label wrong first.")
        )
    return _decide(comment, State.SPAM, by=by, reason=reason, seen=seen)


@act
def undo(comment: Comment, *, by: StaffMember, seen: str = "") -> CommentDecision:
    """Take back the last decision, of the last thirty days: it waits again. Nobody gets a letter.

    Whoever reported it waits for an answer again. Where it was shown because its writer had asked for another look,
    that is what it waits for, as it was before.
    """
    last = comment.decisions.last()
    if last and last.at < timezone.now() - UNDONE_WITHIN:
        raise Conflict(_("This was decided more than 30 days ago and can’t be taken back any more."))
    if last and (appeal := appeal_that_decided(comment, last)):
        return _look_once_more(comment, appeal, by=by, seen=seen)
    return _decide(comment, State.PENDING, by=by, reason=_("The last decision was taken back."), seen=seen)


def _look_once_more(comment: Comment, appeal: models.Model, *, by: StaffMember, seen: str) -> CommentDecision:
    """It is rejected, for the reason that its writer was told before, until somebody looks at it again."""
    rejected = comment.decisions.filter(became__in=(State.REJECTED, State.SPAM), at__lt=appeal.at).last()
    take_back_told(comment)
    decision = _decide(comment, State(rejected.became), by=by, reason=rejected.reason, seen=seen, taken_back=True)
    reopen(appeal)
    Comment.objects.filter(pk=comment.pk).update(waits_since=appeal.at)
    return decision


@act
def answer(comment: Comment, *, by: StaffMember, body: str, seen: str = "", answered: int | None = None) -> Comment:
    """The clinic answers a reply; it is shown under it. A reply that waited is shown with its answer.

    The answer is about the version that patients read now, whatever the reader had open. ``answered`` is how many
    answers of the clinic were on the screen; Conflict if there are others now. None: whatever there are.
    """
    check_permission(by, "answer_comment", _("You may not answer replies for the clinic."))
    comment = Comment.objects.select_related("leaflet", "publication", "claimed_by").get(pk=comment.pk)
    body = cleaned(body).strip()
    if is_blank(body):
        raise Unacceptable(_("Please write an answer before you send it."))
    if len(body) > MAX_LENGTH:
        raise Unacceptable(_("An answer has at most %(limit)s characters.") % {"limit": f"{MAX_LENGTH:,}"})
    check_filled(body)
    if comment.erased_at:
        raise Conflict(_("The words of this reply are erased. There is nothing left to answer."))
    if comment.state in (State.REJECTED, State.SPAM):
        raise Conflict(_("This reply is not shown, so an answer would not be seen. Take the decision back first."))
    if comment.replies.filter(staff=by, body=body, state=State.APPROVED).exists():
        raise Conflict(_("You have sent this answer already."))
    if comment.state == State.WITHDRAWN:
        raise Conflict(_("Its writer took this reply back. There is nothing left to answer."))
    check_seen(comment, seen)
    check_free(comment, by)
    if answered is not None and comment.replies.filter(staff__isnull=False, state=State.APPROVED).count() != answered:
        raise Conflict(_("A colleague answered this reply, or took an answer back, while your page was open."))
    if comment.state == State.PENDING:
        _decide(comment, State.APPROVED, by=by)
    reply = Comment.objects.create(
        leaflet=comment.leaflet,
        publication_id=shown_now(comment.leaflet) or comment.publication_id,
        parent=comment,
        name=by.name[:MAX_NAME],
        staff=by,
        body=body,
    )
    settle(reply, State.APPROVED, by=by, verb="reply.answered", data={"text": reply.computed_digest()})
    return reply


def _decide(
    comment: Comment, became: State, *, by: StaffMember, reason: str = "", seen: str = "", taken_back: bool = False
) -> CommentDecision:
    check_permission(by, "moderate_comment", _("You may not decide on replies."))
    comment = _as_it_stands(comment)
    if comment.state == State.WITHDRAWN:
        raise Conflict(_("Its writer took this reply back. There is nothing left to decide on."))
    if comment.erased_at and (comment.state, became) != (State.APPROVED, State.REJECTED):  # its empty place may go
        raise Conflict(_("The words of this reply are erased. There is nothing left to decide on."))
    if comment.state == became:
        raise Conflict(_("This reply is “%(state)s” already.") % {"state": comment.get_state_display()})
    check_seen(comment, seen)
    check_may_decide(comment, by)
    check_free(comment, by)
    check_opened(comment)
    if comment.is_appealed_against:
        raise Conflict(_("Its writer asked for another look. Decide on that."))
    empty = bool(comment.erased_at)  # what is taken off now is its empty place, and what stands under it
    data = {"taken_back": True} if taken_back else None
    return settle(comment, became, by=by, verb=f"reply.{became.value}", reason=reason, data=data, with_answers=empty)


def _as_it_stands(comment: Comment) -> Comment:
    """With its leaflet, who has taken it, its mark, and whether its writer's appeal waits: one query."""
    if found := _AT_HAND.thing(pk=comment.pk):
        return found
    raise Comment.DoesNotExist


def settle(
    comment: Comment,
    became: State,
    *,
    by: StaffMember | None,
    verb: str,
    reason: str = "",
    data: dict | None = None,
    with_answers: bool = False,
) -> CommentDecision:
    """Decide and put it on record, within a verb that has judged who may. The decision comes first: without it the
    database moves no reply. What answers it stays on the page, under its empty place, unless it goes ``with_answers``.
    """
    was, comment.state = comment.state, became
    decision = CommentDecision(
        comment=comment,
        was=was,
        became=became,
        by=by,
        reason=reason.strip(),
        publication_id=shown_now(comment.leaflet),
    )
    _NEW.write(decision)
    if became == State.PENDING:
        comment.waits_since = comment.at
        comment.alarms.all().delete()  # it waits anew (`comments.telling.overdue`)
    elif not has_open_case(comment):  # a cry for help stays in the queue until a second person has closed it
        comment.waits_since = None
    comment.is_escalated = comment.is_escalated and became == State.PENDING
    comment.claimed_by = comment.claimed_until = None
    keeps = move(comment, was=was, with_answers=with_answers)
    keep_list(comment)
    placed = {} if keeps is None else {"keeps_place": keeps}
    if reports := follow_with_reports(comment, by=by, reason=reason):
        placed["reports"] = reports
    record(
        verb,
        by=by,
        about=comment,
        subject=comment.leaflet,
        why=reason,
        data={"was": str(was), "row": row_digest(decision), **placed, **(data or {})},
        is_public=State.APPROVED in (was, became),
    )
    tell_of_step(comment)
    return decision


def _find() -> models.QuerySet[Comment]:
    appeals = Comment.objects.filter(pk=OuterRef("pk"), appeal__isnull=False, appeal__decided_at=None)
    replies = Comment.objects.filter(pk=Given("pk", BigIntegerField())).select_related("leaflet", "claimed_by")
    return with_marks(replies).annotate(is_appealed_against=Exists(appeals))


_AT_HAND, _NEW = Prepared(_find), PreparedInsert(CommentDecision)

"""What a moderator sends about one reply, and the verb that it calls."""

from collections.abc import Callable

from django import forms
from django.db import transaction
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _

from monographs.comments.deciding.actions import answer, approve, mark_spam, reject, undo
from monographs.comments.deciding.claims import claim, give_back
from monographs.comments.deciding.escalation import check_may_decide, escalate, hand_back
from monographs.comments.deciding.judging import judge
from monographs.comments.deciding.reasons import MAX_LENGTH, RejectionReason
from monographs.comments.deciding.seen import check_seen
from monographs.comments.models import Comment, State
from monographs.reactions.actions import erase_with_reply
from monographs.staff.models import StaffMember

SEEN = rf"(?:{'|'.join(State.values)})-[0-9]{{1,18}}-[0-9]{{1,18}}"  # a mark of `comments.deciding.seen`


def _approve(comment: Comment, by: StaffMember, sent: dict) -> None:
    approve(comment, by=by, seen=sent["seen"])


def _reject(comment: Comment, by: StaffMember, sent: dict) -> None:
    """The words that were typed; without any those of the text that was chosen."""
    chosen = sent["chosen"]
    reject(comment, by=by, reason=sent["reason"] or (chosen.text if chosen else ""), chosen=chosen, seen=sent["seen"])


def _mark_spam(comment: Comment, by: StaffMember, sent: dict) -> None:
    mark_spam(comment, by=by, seen=sent["seen"])


def _answer(comment: Comment, by: StaffMember, sent: dict) -> dict:
    return {"answer": answer(comment, by=by, body=sent["body"], seen=sent["seen"]).pk, "was": comment.state}


@transaction.atomic
def _undo(comment: Comment, by: StaffMember, sent: dict) -> None:
    """Take back the decision, and with it the answer that was sent in the same step."""
    if sent["answer"]:
        undo(get_object_or_404(comment.replies.filter(staff__isnull=False), pk=sent["answer"]), by=by)
    undo(comment, by=by, seen=sent["seen"])


def _erase(comment: Comment, by: StaffMember, sent: dict) -> None:
    check_seen(comment, sent["seen"])
    erase_with_reply(comment, by=by)


def _escalate(comment: Comment, by: StaffMember, sent: dict) -> dict:
    escalate(comment, by=by, reason=sent["reason"], seen=sent["seen"])
    return {"what": "passed-on"}


def _hand_back(comment: Comment, by: StaffMember, sent: dict) -> dict:
    hand_back(comment, by=by, reason=sent["reason"], seen=sent["seen"])
    return {"what": "handed-back"}


def _claim(comment: Comment, by: StaffMember, sent: dict) -> None:
    check_may_decide(comment, by)
    claim(comment, by=by)


def _take_over(comment: Comment, by: StaffMember, sent: dict) -> None:
    check_may_decide(comment, by)
    claim(comment, by=by, takes_over=True)


def _give_back(comment: Comment, by: StaffMember, sent: dict) -> None:
    give_back(comment, by=by)


def _call_wrong(comment: Comment, by: StaffMember, sent: dict) -> None:
    judge(get_object_or_404(comment.labels, pk=sent["label"]), by=by, is_wrong=True)


def _call_right(comment: Comment, by: StaffMember, sent: dict) -> None:
    judge(get_object_or_404(comment.labels, pk=sent["label"]), by=by, is_wrong=False)


# Each does it and gives what the next page's address must know of it, if anything.
DECIDING: dict[str, Callable[[Comment, StaffMember, dict], dict | None]] = {
    "approve": _approve,
    "reject": _reject,
    "spam": _mark_spam,
    "undo": _undo,
    "answer": _answer,
    "erase": _erase,
    "escalate": _escalate,
    "hand-back": _hand_back,
}
# After these one stays with the reply.
STAYING: dict[str, Callable[[Comment, StaffMember, dict], dict | None]] = {
    "claim": _claim,
    "take-over": _take_over,
    "give-back": _give_back,
    "wrong": _call_wrong,
    "right": _call_right,
}
VERBS = DECIDING | STAYING


class DecisionForm(forms.Form):
    """A verb, the mark of what was on the screen, and a reason or the answer's text; and where to go on."""

    verb = forms.ChoiceField(
        choices=[(verb, verb) for verb in VERBS],
        error_messages={"required": _("Choose what to do with this reply.")},
    )
    seen = forms.RegexField(rf"^{SEEN}$", required=False)
    reason = forms.CharField(required=False, max_length=MAX_LENGTH)
    chosen = forms.ModelChoiceField(RejectionReason.objects.all(), required=False)
    body = forms.CharField(required=False)
    answer = forms.IntegerField(required=False, min_value=1)
    label = forms.IntegerField(required=False, min_value=1, max_value=2**63 - 1)
    tab = forms.CharField(required=False, max_length=20)
    page = forms.IntegerField(required=False, min_value=1)
    next = forms.IntegerField(required=False, min_value=1)
    filters = forms.CharField(required=False, max_length=1_000)

    def clean(self) -> dict:
        cleaned = super().clean()
        if cleaned.get("verb") in DECIDING and not cleaned.get("seen"):
            raise forms.ValidationError(_("Something was missing or too long. Please try again."), code="unseen")
        return cleaned

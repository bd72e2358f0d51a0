"""Several replies decided at once: chosen on the list, looked at again, each decided in a transaction of its own."""

import re
from dataclasses import dataclass

from django import forms
from django.contrib.admin import AdminSite
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import URLPattern, path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from monographs.admin.replies.access import check_may_moderate, context_of
from monographs.admin.replies.deciding.decisions import SEEN
from monographs.admin.replies.deciding.queue import PAGE_SIZE
from monographs.comments.deciding.actions import NEVER_SPAM, approve, mark_spam, reject
from monographs.comments.deciding.judging import standing
from monographs.comments.deciding.reasons import MAX_LENGTH, RejectionReason
from monographs.comments.labels import Label
from monographs.comments.models import Comment, CommentDecision
from monographs.refusals import Refused
from monographs.staff.models import StaffMember

VERBS = {
    "approve": gettext_lazy("Show"),
    "reject": gettext_lazy("Reject"),
    "spam": gettext_lazy("Spam"),
}


_MARK = re.compile(rf"([0-9]{{1,18}}):({SEEN})")


def urls(site: AdminSite) -> list[URLPattern]:
    """To decide on several replies."""
    return [path("replies/several/", site.admin_view(require_POST(several)), name="reply-several")]


class BulkForm(forms.Form):
    """``chosen`` is one value for each reply, ``12:pending-0``: its number and the mark of what was on the screen."""

    verb = forms.ChoiceField(choices=list(VERBS.items()))
    is_sure = forms.BooleanField(required=False)
    reason = forms.CharField(required=False, max_length=MAX_LENGTH)
    text = forms.ModelChoiceField(RejectionReason.objects.all(), required=False)

    def clean(self) -> dict:
        cleaned = super().clean()
        asked = list(dict.fromkeys(self.data.getlist("chosen")))
        found = {int(mark[1]): mark[2] for one in asked if (mark := _MARK.fullmatch(one))}
        if not found:
            raise forms.ValidationError(_("Choose the replies first, by the boxes beside them."), code="none")
        if len(found) < len(asked) or len(found) > PAGE_SIZE:
            raise forms.ValidationError(_("Something was missing or too long. Please try again."), code="damaged")
        return {**cleaned, "chosen": found}


@dataclass(frozen=True)
class Left:
    """A reply that was not decided on, and why."""

    reply: Comment
    why: str
    is_crisis: bool = False


def several(request: HttpRequest) -> HttpResponse:
    """First the page that asks to check; when it is sent, the decisions, and what became of each."""
    check_may_moderate(request)
    form = BulkForm(request.POST)
    if not form.is_valid():
        sentence = " ".join(error for errors in form.errors.values() for error in errors)
        return _show(request, "check", status=400, sentence=sentence)
    sent = form.cleaned_data
    replies, left = _sorted_out(sent["verb"], sent["chosen"])
    context = {"verb": sent["verb"], "button": VERBS[sent["verb"]], "left": left, "typed": request.POST}
    if not sent["is_sure"]:
        return _show(request, "check", replies=replies, **context)
    if sent["verb"] == "reject" and not _reason(sent):
        sentence = _("Please give a reason. Whoever wrote the reply may read it.")
        return _show(request, "check", status=400, sentence=sentence, replies=replies, **context)
    decided = []
    for reply in replies:
        try:
            _decide(reply, request.user, sent)
            decided.append(reply)
        except Refused as refusal:
            left.append(Left(reply, str(refusal)))
    return _show(request, "done", decided=decided, **context)


def _sorted_out(verb: str, marks: dict[int, str]) -> tuple[list[Comment], list[Left]]:
    """Those that can be decided on together, and those that need somebody to look at each."""
    found = Comment.objects.filter(pk__in=marks).select_related("leaflet").prefetch_related("labels")
    replies, left = [], []
    for reply in found.order_by("-urgency", "waits_since", "pk"):
        reply.seen = marks[reply.pk]
        if standing(reply, Label.CRISIS):
            left.append(Left(reply, _("Somebody may be in danger. Open it and decide on it alone."), is_crisis=True))
        elif verb == "spam" and standing(reply, *NEVER_SPAM):
            left.append(Left(reply, _("It may tell of a side effect, so it is not put away with others.")))
        else:
            replies.append(reply)
    return replies, left


def _decide(reply: Comment, by: StaffMember, sent: dict) -> CommentDecision:
    if sent["verb"] == "approve":
        return approve(reply, by=by, seen=reply.seen)
    if sent["verb"] == "spam":
        return mark_spam(reply, by=by, seen=reply.seen)
    return reject(reply, by=by, reason=_reason(sent), chosen=sent["text"], seen=reply.seen)


def _reason(sent: dict) -> str:
    return sent["reason"].strip() or (sent["text"].text if sent["text"] else "")


def _show(request: HttpRequest, page: str, *, status: int = 200, **context: object) -> HttpResponse:
    context = {
        "title": _("Several replies"),
        "reasons": list(RejectionReason.objects.filter(is_active=True)),
        **context,
    }
    return render(request, f"admin/replies/several_{page}.html", context_of(request, **context), status=status)

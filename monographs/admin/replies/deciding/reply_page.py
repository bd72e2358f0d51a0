"""One reply with all that is known of it. To open it is to take it; what is decided here goes back to the queue."""

import datetime as dt

from django.contrib.admin import AdminSite
from django.db.models import BigAutoField
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from monographs.admin.replies.access import check_may_see, context_of, may
from monographs.admin.replies.deciding.decisions import DECIDING, VERBS, DecisionForm
from monographs.admin.replies.deciding.filters import FilterForm
from monographs.admin.replies.deciding.listed import all_that_is_shown, listed, others_by_mail, others_that_day
from monographs.comments.answering.change_requests import ChangeRequest
from monographs.comments.crisis.playbook import is_shut_to, opened_today
from monographs.comments.deciding.claims import LASTS, claim
from monographs.comments.deciding.escalation import PERMISSION
from monographs.comments.deciding.reasons import RejectionReason
from monographs.comments.models import Comment, State
from monographs.prepared import Given, Prepared
from monographs.refusals import Refused

RENEWED_AFTER = dt.timedelta(minutes=1)  # a page that is loaded again at once writes nothing


def urls(site: AdminSite) -> list[URLPattern]:
    """One reply."""
    return [path("replies/<int:pk>/", site.admin_view(reply), name="reply")]


def reply(request: HttpRequest, pk: int) -> HttpResponse:
    """The reply; a POST does something with it and goes on, or says here why it could not."""
    check_may_see(request)
    found, sentence, status = get_object_or_404(Comment, pk=pk), "", 200
    if request.method == "POST":
        form = DecisionForm(request.POST)
        sentence, status = _("Something was missing or too long. Please try again."), 400
        if form.is_valid():
            try:
                return _act(request, found, form.cleaned_data)
            except Refused as refusal:
                sentence, status = str(refusal), refusal.status
        else:
            sentence = " ".join(error for errors in form.errors.values() for error in errors) or sentence
    else:
        _take(request, found)
    [shown] = listed(request, all_that_is_shown([pk]))
    shown.is_shut = shown.is_crisis and is_shut_to(request.user, shown)
    context = {
        "title": _("Reply"),
        "reply": shown,
        "opened_today": opened_today(request.user, at=timezone.now()) if shown.is_crisis else 0,
        "is_page": True,
        "others": _others(shown),
        "requests": _REQUESTS.things(reply=pk),
        "escalations": shown.escalations.select_related("by") if shown.passed_on else (),
        "reasons": list(RejectionReason.objects.filter(is_active=True)),
        "tab": State.PENDING if shown.waits else shown.state,
        "refusal": sentence,
        "typed": _typed(request),
        "now": timezone.now(),
    }
    return render(request, "admin/replies/reply.html", context_of(request, **context), status=status)


def _act(request: HttpRequest, comment: Comment, sent: dict) -> HttpResponse:
    verb = sent["verb"]
    told = VERBS[verb](comment, request.user, sent) or {}
    back = {"state": sent["tab"] or State.PENDING, "page": sent["page"] or 1, **_filters(sent["filters"])}
    if verb in DECIDING:
        told |= {"done": comment.pk} | ({"next": sent["next"]} if sent["next"] else {})
        return redirect(f"{reverse('admin:reply-queue')}?{urlencode(back | told)}")
    if sent["page"]:  # it was done on the list
        return redirect(f"{reverse('admin:reply-queue')}?{urlencode(back)}#reply-{comment.pk}")
    return redirect("admin:reply", comment.pk)


def _filters(sent: str) -> dict[str, str]:
    """The filters of the list that one came from: those that there are, and no other word of an address."""
    query = QueryDict(sent)
    return {name: query[name] for name in FilterForm.base_fields if query.get(name)}


def _take(request: HttpRequest, comment: Comment) -> None:
    """For a quarter of an hour, if nobody else has it. A page fetched ahead, unseen, takes nothing."""
    is_seen = request.method == "GET" and "prefetch" not in request.headers.get("Sec-Purpose", "")
    may_decide = may(request, "moderate_comment") and (not comment.is_escalated or may(request, PERMISSION))
    if not is_seen or not may_decide or comment.waits_since is None:
        return
    has_long = comment.claimed_until and comment.claimed_until > timezone.now() + LASTS - RENEWED_AFTER
    if comment.claimed_by_id == request.user.pk and has_long:
        return
    try:
        claim(comment, by=request.user)
    except Refused:
        return  # a colleague has it, or the database is busy: the page says who, and can be read


_REQUESTS = Prepared(
    lambda: ChangeRequest.objects.filter(comment=Given("reply", BigAutoField())).select_related(
        "raised_by", "closed_by", "publication"
    )
)


def _others(shown: Comment) -> list[dict]:
    """What else this reader sent, as far as that can be told: how many there are is known (`listed`)."""
    by_mail = that_day = ()
    if shown.others_by_mail:
        left = others_by_mail(shown.writer.email, shown.pk).values_list("comment", flat=True)
        by_mail = Comment.objects.filter(pk__in=list(left)).select_related("leaflet").order_by("-pk")
    if shown.others_that_day:
        that_day = others_that_day(shown.hidden_address, shown.pk).select_related("leaflet")
    return [
        {"title": _("With the same e-mail address"), "replies": list(by_mail)},
        {"title": _("From the same network address that day"), "replies": list(that_day)},
    ]


def _typed(request: HttpRequest) -> dict[str, str]:
    """What comes back after a refusal, under the form that it was typed into."""
    return {name: request.POST.get(name, "") for name in ("verb", "reason", "chosen", "body")}

"""Replies: the queue in which moderators decide, and a list to search in."""

from collections.abc import Iterable
from itertools import zip_longest

from django import forms
from django.contrib import admin
from django.contrib.admin import AdminSite
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db import transaction
from django.db.models import Prefetch, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import URLPattern, path, reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from monographs.comments.actions import answer, approve, mark_spam, reject, undo
from monographs.comments.erasure import erase
from monographs.comments.models import MAX_LENGTH, Comment, CommentDecision, State
from monographs.refusals import Refused
from monographs.staff.roles import permission

PAGE_SIZE = 20  # replies
COUNTED_AT_MOST = 1_000  # of one state, and no further turned to; the list to search in has all
TABS = (State.PENDING, State.APPROVED, State.REJECTED, State.SPAM)


def urls(site: AdminSite) -> list[URLPattern]:
    """The queue, and one reply with what was decided on it."""
    return [
        path("replies/", site.admin_view(queue), name="reply-queue"),
        path("replies/<int:pk>/", site.admin_view(reply), name="reply"),
    ]


class DecisionForm(forms.Form):
    """What a moderator sends: a verb, the state that was on the screen, and a reason or the answer's text."""

    verb = forms.ChoiceField(
        choices=[(verb, verb) for verb in ("approve", "reject", "spam", "undo", "answer", "erase")],
        error_messages={"required": gettext_lazy("Choose what to do with this reply.")},
    )
    seen = forms.ChoiceField(choices=State.choices, required=False)
    reason = forms.CharField(required=False, max_length=1_000)
    body = forms.CharField(required=False)
    answer = forms.IntegerField(required=False, min_value=1)
    tab = forms.ChoiceField(choices=State.choices, required=False)
    page = forms.IntegerField(required=False, min_value=1)
    next = forms.IntegerField(required=False, min_value=1)


def queue(request: HttpRequest) -> HttpResponse:
    """The replies in one state, those that wait longest first, twenty a page."""
    _check_may_see(request)
    tab = request.GET.get("state", State.PENDING)
    if tab not in TABS:
        tab = State.PENDING
    counts = {state: Comment.objects.filter(state=state)[:COUNTED_AT_MOST].count() for state in TABS}
    # The order of the waiting is that of `waiting()`: a triage that knows of urgent ones changes it there.
    replies = (
        Comment.objects.waiting() if tab == State.PENDING else Comment.objects.filter(state=tab).order_by("-at", "-pk")
    )
    paginator = Paginator(_with_all_that_is_shown(replies), PAGE_SIZE)
    paginator.count = counts[tab]
    page = paginator.get_page(request.GET.get("page"))
    context = {
        "title": _("Replies"),
        "tab": tab,
        "tabs": [
            {"state": state, "label": state.label, "count": count, "is_more": count >= COUNTED_AT_MOST}
            for state, count in counts.items()
        ],
        "replies": _listed(request, page.object_list),
        "page": page,
        "done": _done(request),
    }
    return render(request, "admin/replies/queue.html", _context(request, context))


def reply(request: HttpRequest, pk: int) -> HttpResponse:
    """One reply; a POST decides on it and goes back to the queue, or says here why it could not."""
    _check_may_see(request)
    if request.method == "POST":
        form = DecisionForm(request.POST)
        sentence, status = _("Something was missing or too long. Please try again."), 400
        if form.is_valid():
            try:
                return _decide(request, pk, form.cleaned_data)
            except Refused as refusal:
                sentence, status = str(refusal), refusal.status
        else:
            sentence = " ".join(error for errors in form.errors.values() for error in errors) or sentence
    else:
        sentence, status = "", 200
    comment = get_object_or_404(_with_all_that_is_shown(Comment.objects.all()), pk=pk)
    context = {
        "title": _("Reply"),
        "reply": _listed(request, [comment])[0],
        "tab": comment.state,
        "refusal": sentence,
        "typed": {"reason": request.POST.get("reason", ""), "body": request.POST.get("body", "")},
    }
    return render(request, "admin/replies/reply.html", _context(request, context), status=status)


def _decide(request: HttpRequest, pk: int, sent: dict) -> HttpResponse:
    comment = get_object_or_404(Comment, pk=pk)
    verb, by, seen = sent["verb"], request.user, sent["seen"]
    back = {"state": sent["tab"] or State.PENDING, "page": sent["page"] or 1, "done": pk}
    if sent["next"]:
        back["next"] = sent["next"]
    if verb == "answer":
        back["answer"] = answer(comment, by=by, body=sent["body"], seen=seen).pk
        back["was"] = comment.state
    elif verb == "undo":
        _undo(comment, by=by, seen=seen, answer_pk=sent["answer"])
    elif verb == "reject":
        reject(comment, by=by, reason=sent["reason"], seen=seen)
    elif verb == "erase":
        erase(comment, by=by)
    else:
        {"approve": approve, "spam": mark_spam}[verb](comment, by=by, seen=seen)
    return redirect(f"{reverse('admin:reply-queue')}?{urlencode(back)}")


@transaction.atomic
def _undo(comment: Comment, *, by, seen: str, answer_pk: int | None) -> None:
    """Take back the decision, and with it the answer that was sent in the same step."""
    if answer_pk:
        undo(get_object_or_404(comment.replies.filter(staff__isnull=False), pk=answer_pk), by=by)
    undo(comment, by=by, seen=seen)


def _done(request: HttpRequest) -> dict | None:
    """What the moderator did last, to say it and to offer its undoing."""
    pk, answered, was, following = (request.GET.get(name, "") for name in ("done", "answer", "was", "next"))
    if not pk.isdecimal():
        return None
    comment = Comment.objects.select_related("leaflet").filter(pk=pk[:18]).first()
    if not comment:
        return None
    answered = answered[:18] if answered.isdecimal() and comment.state == State.APPROVED else ""
    # An answer to a reply that was shown before is taken back alone; otherwise both go back to the queue.
    target = Comment.objects.filter(pk=answered, parent=comment).first() if answered and was == State.APPROVED else None
    return {
        "comment": comment,
        "undo": target or comment,
        "answer": answered if not target else "",
        "is_answered": bool(answered),
        "next": following if following.isdecimal() else "",
    }


def _with_all_that_is_shown(replies: QuerySet) -> QuerySet:
    """Whatever the page names, in a fixed number of queries."""
    decisions = CommentDecision.objects.select_related("by")
    answers = Comment.objects.filter(staff__isnull=False).select_related("staff")
    return replies.select_related("leaflet", "publication", "parent__staff", "staff").prefetch_related(
        Prefetch("decisions", decisions), Prefetch("replies", answers, to_attr="answers")
    )


def _listed(request: HttpRequest, replies: Iterable[Comment]) -> list[Comment]:
    """The replies as a list; each knows the one below it (for whoever works by keyboard) and if it can be answered."""
    listed = list(replies)
    answerable = {State.APPROVED, State.PENDING} if _may(request, "moderate_comment") else {State.APPROVED}
    for here, following in zip_longest(listed, listed[1:]):
        here.following = following.pk if following else ""
        here.can_be_answered = (
            _may(request, "answer_comment")
            and not here.is_staff_answer
            and not here.erased_at
            and here.state in answerable
        )
    return listed


def _may(request: HttpRequest, codename: str) -> bool:
    return request.user.has_perm(permission(codename))


def _context(request: HttpRequest, context: dict) -> dict:
    return {
        **admin.site.each_context(request),
        "may_moderate": _may(request, "moderate_comment"),
        "may_erase": _may(request, "erase_comment"),
        "max_length": MAX_LENGTH,
        **context,
    }


def _check_may_see(request: HttpRequest) -> None:
    if not _may(request, "view_comment"):
        raise PermissionDenied


class DecisionInline(admin.TabularInline):
    """What moderators decided on the reply."""

    model = CommentDecision
    fields = readonly_fields = ("at", "was", "became", "by", "reason")
    extra = 0
    can_delete = False

    def has_add_permission(self, request, obj=None):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("by")


@admin.register(Comment)
class CommentAdmin(admin.ModelAdmin):
    """A list to search and filter; nothing is changed here. Decisions are taken in the queue."""

    list_display = ("shortly", "leaflet", "state", "name", "at", "staff")
    list_filter = ("state", ("staff", admin.EmptyFieldListFilter), "at", "leaflet__language")
    search_fields = ("body", "name", "leaflet__title", "leaflet__medicine__name")
    list_select_related = ("leaflet", "staff")
    ordering = ("-at", "-pk")
    list_per_page = 50
    show_full_result_count = False
    fields = ("leaflet", "publication", "parent", "name", "body", "state", "at", "staff")
    inlines = (DecisionInline,)

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    @admin.display(description=gettext_lazy("text"))
    def shortly(self, comment: Comment) -> str:
        return str(comment)

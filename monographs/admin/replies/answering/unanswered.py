"""What readers asked and nobody of the clinic has answered: the oldest first."""

from django.contrib.admin import AdminSite
from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path, reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from monographs.admin.frame.leaflet.page import show
from monographs.comments.answering.unanswered import Unanswered, UnansweredQuerySet, set_aside, take_up
from monographs.comments.crisis.playbook import is_crisis, shut_to
from monographs.comments.models import Comment
from monographs.leaflets.models import Leaflet
from monographs.refusals import Refused
from monographs.staff.roles import permission
from monographs.staff.rules import check_permission

PAGE_SIZE = 20  # replies
COUNTED_AT_MOST = 1_000  # and no further turned to
QUESTIONS = "questions"  # of ``?only=``


def urls(site: AdminSite) -> list[URLPattern]:
    """The list, and the button that takes a reply from it."""
    return [
        path("replies/unanswered/", site.admin_view(unanswered), name="reply-unanswered"),
        path("replies/<int:pk>/aside/", site.admin_view(aside), name="reply-aside"),
    ]


def unanswered(request: HttpRequest, *, refused: Refused | None = None) -> HttpResponse:
    """Twenty a page; ``?leaflet=12`` those of one leaflet, ``?only=questions`` those in which a rule saw a question."""
    check_permission(request.user, "view_comment", _("You may not see this list."))
    leaflet, only = _leaflet(request.GET.get("leaflet", "")), request.GET.get("only", "")
    rows = Unanswered.objects.oldest_first()
    if leaflet:
        rows = rows.filter(leaflet=leaflet)
    if only == QUESTIONS:
        rows = rows.filter(is_question=True)
    page = _page(rows, request.GET.get("page", ""))
    listed = list(page.object_list)
    quoted = {number for row in listed for number in (row.pk, row.comment.parent_id) if number}
    kept = {name: value for name, value in (("leaflet", leaflet and leaflet.pk), ("only", only)) if value}
    return show(
        request,
        "replies/unanswered",
        None,
        _("Without an answer"),
        refused=refused,
        rows=listed,
        shut=shut_to(request.user, quoted),
        page=page,
        is_more=page.paginator.count >= COUNTED_AT_MOST,
        chosen=leaflet,
        only_questions=only == QUESTIONS,
        kept=urlencode(kept),
        done=_done(request.GET.get("done", "")),
        may_answer=request.user.has_perm(permission("answer_comment")),
    )


def _page(rows: UnansweredQuerySet, number: str) -> Page:
    found = rows.select_related("comment__leaflet", "comment__publication", "comment__parent__staff")
    paginator = Paginator(found, PAGE_SIZE)
    paginator.count = rows.order_by()[:COUNTED_AT_MOST].count()
    return paginator.get_page(number)


def _leaflet(number: str) -> Leaflet | None:
    is_number = number.isascii() and number.isdigit() and len(number) <= 18
    return Leaflet.objects.filter(pk=number).first() if is_number else None


def _done(number: str) -> Unanswered | None:
    """What was set aside last, to say it and to offer its undoing."""
    is_number = number.isascii() and number.isdigit() and len(number) <= 18
    rows = Unanswered.objects.filter(set_aside_at__isnull=False).select_related("comment__leaflet")
    found = rows.filter(pk=number).first() if is_number else None
    if found:
        found.is_crisis = is_crisis(found.comment)
    return found


def aside(request: HttpRequest, pk: int) -> HttpResponse:
    """A POST sets a reply aside, or with ``do=back`` puts it into the list again."""
    back = reverse("admin:reply-unanswered")
    kept = {name: request.POST[name] for name in ("leaflet", "only", "page") if request.POST.get(name)}
    if request.method != "POST":
        return redirect(back)
    comment = get_object_or_404(Comment, pk=pk)
    try:
        if request.POST.get("do") == "back":
            take_up(comment, by=request.user)
        else:
            set_aside(comment, by=request.user)
            kept["done"] = str(pk)
    except Refused as refused:
        return unanswered(request, refused=refused)
    return redirect(f"{back}?{urlencode(kept)}" if kept else back)

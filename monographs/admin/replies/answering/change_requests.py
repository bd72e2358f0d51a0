"""A reply shows that a leaflet is unclear: asking its author to change it, and the author's answer."""

from django import forms
from django.contrib import messages
from django.contrib.admin import AdminSite
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from monographs.admin.frame.leaflet.page import Missing, leaflet_screen, show, to_screen
from monographs.comments.answering.change_requests import (
    KIND_CHOICES,
    MAX_LENGTH,
    ChangeRequest,
    RequestState,
    close_with,
    decline,
    raise_request,
    versions_since,
)
from monographs.comments.crisis.playbook import is_shut_to, shut_to
from monographs.comments.models import Comment
from monographs.leaflets.models import Leaflet
from monographs.publication.models import Publication
from monographs.refusals import NotAllowed, Refused, Unacceptable
from monographs.staff.models import StaffMember
from monographs.staff.roles import permission
from monographs.staff.rules import check_permission

PAGE_SIZE = 50  # requests
COUNTED_AT_MOST = 1_000


def urls(site: AdminSite) -> list[URLPattern]:
    """Asking; all that wait; those of one leaflet, and closing one of them."""
    return [
        path("replies/<int:pk>/change-request/", site.admin_view(ask), name="reply-change-request"),
        path("change-requests/", site.admin_view(waiting), name="change-requests"),
        path("leaflets/<int:pk>/change-requests/", leaflet_screen(site, of_leaflet), name="leaflet-change-requests"),
        path(
            "leaflets/<int:pk>/change-requests/<int:number>/",
            leaflet_screen(site, answer_request),
            name="leaflet-change-request",
        ),
    ]


class AskForm(forms.Form):
    section = forms.ChoiceField(
        label=gettext_lazy("Which section is unclear?"),
        required=False,
        choices=[("", gettext_lazy("The leaflet as a whole")), *KIND_CHOICES],
    )
    words = forms.CharField(
        label=gettext_lazy("What is unclear, and what should it say?"),
        required=False,
        help_text=ChangeRequest._meta.get_field("words").help_text,
        widget=forms.Textarea(attrs={"rows": 4, "dir": "auto", "maxlength": MAX_LENGTH}),
    )


def ask(request: HttpRequest, pk: int) -> HttpResponse:
    """The form for a moderator; a POST raises the request."""
    check_permission(request.user, "answer_comment", _("You may not ask for changes of leaflets."))
    comment = get_object_or_404(Comment.objects.select_related("leaflet"), pk=pk)
    if is_shut_to(request.user, comment):
        return redirect("admin:reply-crisis", comment.pk)
    form, refused = AskForm(request.POST or None), None
    if request.method == "POST" and form.is_valid():
        try:
            raise_request(comment, by=request.user, **form.cleaned_data)
            messages.success(request, _("The author is asked. Whoever wrote the reply is told when it has changed."))
            return redirect("admin:reply-answer", comment.pk)
        except Refused as refusal:
            refused = refusal
    return show(
        request,
        "replies/ask_for_change",
        None,
        _("This leaflet is unclear"),
        refused=refused,
        reply=comment,
        shut=shut_to(request.user, [comment.parent_id] if comment.parent_id else []),
        form=form,
        requests=list(comment.change_requests.select_related("raised_by", "closed_by", "publication")),
    )


def waiting(request: HttpRequest) -> HttpResponse:
    """All requests that wait for an author, the oldest first."""
    _check_may_see(request.user)
    rows = ChangeRequest.objects.open()
    paginator = Paginator(rows.select_related("leaflet", "raised_by", "comment"), PAGE_SIZE)
    paginator.count = rows.order_by()[:COUNTED_AT_MOST].count()
    page = paginator.get_page(request.GET.get("page"))
    return show(
        request,
        "replies/change_requests",
        None,
        _("Leaflets found unclear"),
        requests=list(page),
        shut=shut_to(request.user, [one.comment_id for one in page]),
        page=page,
        waits=True,
    )


def of_leaflet(
    request: HttpRequest, leaflet: Leaflet, *, refused: Refused | None = None, answered: int = 0
) -> HttpResponse:
    """All requests of one leaflet, those that wait first. ``answered`` is the number of one that was refused, whose
    words come back."""
    _check_may_see(request.user)
    requests = list(_of(leaflet)[:PAGE_SIZE])
    requests.sort(key=lambda one: one.state != RequestState.OPEN)
    may_close = request.user.has_perm(permission("submit_leaflet"))
    for one in requests:
        one.versions = list(versions_since(one)[:10]) if may_close and one.state == RequestState.OPEN else []
        one.typed = request.POST.get("why", "") if one.pk == answered else ""
    return show(
        request,
        "replies/change_requests",
        leaflet,
        _("Requests to change this leaflet"),
        refused=refused,
        requests=requests,
        shut=shut_to(request.user, [one.comment_id for one in requests]),
        may_close=may_close,
    )


def answer_request(request: HttpRequest, leaflet: Leaflet, number: int) -> HttpResponse:
    """A POST closes a request with a version, or declines it."""
    if request.method != "POST":
        return to_screen("leaflet-change-requests", leaflet)
    one = _of(leaflet).filter(pk=number).first()
    if not one:
        raise Missing(_("There is no such request."))
    try:
        if request.POST.get("do") == "decline":
            decline(one, by=request.user, why=request.POST.get("why", ""))
        else:
            version = _version(one, request.POST.get("publication", ""))
            close_with(one, by=request.user, publication=version, why=request.POST.get("why", ""))
    except NotAllowed:
        raise
    except Refused as refused:
        return of_leaflet(request, leaflet, refused=refused, answered=number)
    messages.success(request, _("This request is closed. It is on record."))
    return to_screen("leaflet-change-requests", leaflet)


def _of(leaflet: Leaflet) -> QuerySet[ChangeRequest]:
    requests = ChangeRequest.objects.filter(leaflet=leaflet).order_by("-raised_at", "-pk")
    return requests.select_related("leaflet", "raised_by", "closed_by", "publication", "comment")


def _version(one: ChangeRequest, number: str) -> Publication:
    chosen = next((version for version in versions_since(one) if str(version.pk) == number), None)
    if not chosen:
        raise Unacceptable(_("Choose the version in which it was changed."))
    return chosen


def _check_may_see(person: StaffMember) -> None:
    if not any(person.has_perm(permission(codename)) for codename in ("change_leaflet", "answer_comment")):
        raise NotAllowed(_("You may not see requests to change leaflets."))


def address_of(one: ChangeRequest) -> str:
    """Where a request stands among those of its leaflet."""
    return f"{reverse('admin:leaflet-change-requests', args=[one.leaflet_id])}#request-{one.pk}"

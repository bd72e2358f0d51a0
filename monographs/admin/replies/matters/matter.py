"""What the pages about one reply share: finding it, a form that comes back with its words, the way back to it."""

from collections.abc import Callable
from functools import wraps

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from monographs.comments.crisis.playbook import is_shut_to
from monographs.comments.models import Comment
from monographs.refusals import Refused
from monographs.staff.roles import permission


def find_reply(request: HttpRequest, pk: int) -> Comment:
    """The reply, for somebody who may see replies."""
    if not may(request, "view_comment"):
        raise PermissionDenied
    return get_object_or_404(Comment.objects.select_related("leaflet", "publication"), pk=pk)


def about_reply(view: Callable[[HttpRequest, Comment], HttpResponse]) -> Callable[[HttpRequest, int], HttpResponse]:
    """A page that has words of a reply. Whoever has not opened what may be a cry for help is led to where they can."""

    @wraps(view)
    def found(request: HttpRequest, pk: int) -> HttpResponse:
        reply = find_reply(request, pk)
        if is_shut_to(request.user, reply):
            return redirect("admin:reply-crisis", pk)
        return view(request, reply)

    return found


def may(request: HttpRequest, codename: str) -> bool:
    return request.user.has_perm(permission(codename))


def answer_form(
    request: HttpRequest,
    reply: Comment,
    template: str,
    act: Callable[[], str | None],
    make_context: Callable[[], dict],
    *,
    stays: bool = False,
) -> HttpResponse:
    """A page with a form: shown (GET), or acted upon (POST) and then to the address that ``act`` gives, or back to the
    reply; with a sentence and with what was typed where the verb refuses.

    ``stays``: what the form asked for stands in the answer to it, and at no address.
    """
    refusal, status = "", 200
    if request.method == "POST":
        try:
            led_to = act()
        except Refused as refused:
            refusal, status = str(refused), refused.status
        else:
            if not stays:
                return redirect(led_to or reverse("admin:reply", args=[reply.pk]))
    context = {
        **admin.site.each_context(request),
        "reply": Comment.objects.select_related("leaflet", "publication").get(pk=reply.pk),
        "may_moderate": may(request, "moderate_comment"),
        "refusal": refusal,
        "typed": request.POST,
        **make_context(),
    }
    response = render(request, template, context, status=status)
    response["Cache-Control"] = "no-store"
    return response

"""What readers say is wrong with a reply that is shown: answered once for all of them, and downloaded as one case."""

import json

from django.contrib.admin import AdminSite
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path
from django.utils.translation import gettext as _

from monographs.admin.replies.matters.matter import about_reply, answer_form
from monographs.comments.models import Comment
from monographs.comments.objections.reports import decide, export_case
from monographs.refusals import Unacceptable


def urls(site: AdminSite) -> list[URLPattern]:
    """The reports of one reply, and its case as a file."""
    return [
        path("replies/<int:pk>/reports/", site.admin_view(reports), name="reply-reports"),
        path("replies/<int:pk>/case.json", site.admin_view(case), name="reply-case"),
    ]


@about_reply
def reports(request: HttpRequest, reply: Comment) -> HttpResponse:
    """All reports of a reply, oldest first, and one decision for those that wait."""
    sent = request.POST

    def act() -> None:
        if sent.get("outcome") not in ("away", "stays"):
            raise Unacceptable(_("Choose whether the reply is taken away or stays."))
        is_away = sent["outcome"] == "away"
        seen = _number(sent.get("seen", ""))
        decide(reply, by=request.user, is_upheld=is_away, grounds=sent.get("grounds", ""), seen=seen)

    def make_context() -> dict:
        made = list(reply.reports.select_related("decided_by"))
        return {
            "title": _("Reports of a reply"),
            "reports": made,
            "newest": max((one.pk for one in made), default=0),
            "waiting": sum(1 for one in made if not one.decided_at),
        }

    return answer_form(request, reply, "admin/replies/reports.html", act, make_context)


@about_reply
def case(request: HttpRequest, reply: Comment) -> HttpResponse:
    """A POST gives the case as JSON, to keep or to hand on; that somebody took it is on record."""
    if request.method != "POST":
        return redirect("admin:reply-reports", reply.pk)
    text = json.dumps(export_case(reply, by=request.user), ensure_ascii=False, indent=2)
    response = HttpResponse(text, content_type="application/json; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="reply-{reply.pk}.json"'
    response["Cache-Control"] = "no-store"
    return response


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= 18 else 0

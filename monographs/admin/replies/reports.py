"""What readers say is wrong with a reply that is shown: answered once for all of them, and downloaded as one case."""

import json

from django.contrib.admin import AdminSite
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path
from django.utils.translation import gettext as _

from monographs.admin.replies.matter import answer_form, find_reply
from monographs.comments.reports import case_of, decide
from monographs.refusals import Unacceptable


def urls(site: AdminSite) -> list[URLPattern]:
    """The reports of one reply, and its case as a file."""
    return [
        path("replies/<int:pk>/reports/", site.admin_view(reports), name="reply-reports"),
        path("replies/<int:pk>/case.json", site.admin_view(case), name="reply-case"),
    ]


def reports(request: HttpRequest, pk: int) -> HttpResponse:
    """All reports of a reply, oldest first, and one decision for those that wait."""
    reply, sent = find_reply(request, pk), request.POST

    def act() -> None:
        if sent.get("outcome") not in ("away", "stays"):
            raise Unacceptable(_("Choose whether the reply is taken away or stays."))
        decide(reply, by=request.user, is_upheld=sent["outcome"] == "away", grounds=sent.get("grounds", ""))

    def make_context() -> dict:
        made = list(reply.reports.select_related("decided_by"))
        return {
            "title": _("Reports of a reply"),
            "reports": made,
            "waiting": sum(1 for one in made if not one.decided_at),
        }

    return answer_form(request, reply, "admin/replies/reports.html", act, make_context)


def case(request: HttpRequest, pk: int) -> HttpResponse:
    """The case as JSON, to keep or to hand on."""
    reply = find_reply(request, pk)
    text = json.dumps(case_of(reply), ensure_ascii=False, indent=2)
    response = HttpResponse(text, content_type="application/json; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="reply-{reply.pk}.json"'
    response["Cache-Control"] = "no-store"
    return response

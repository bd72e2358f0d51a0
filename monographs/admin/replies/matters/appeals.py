"""The writer of a rejected reply asked for another look: another moderator decides."""

from django.contrib.admin import AdminSite
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern, path
from django.utils.translation import gettext as _

from monographs.admin.replies.matters.matter import about_reply, answer_form
from monographs.comments.models import Comment
from monographs.comments.objections.appeals import Appeal, decide
from monographs.refusals import Unacceptable


def urls(site: AdminSite) -> list[URLPattern]:
    """The appeal about one reply."""
    return [path("replies/<int:pk>/appeal/", site.admin_view(appeal), name="reply-appeal")]


@about_reply
def appeal(request: HttpRequest, reply: Comment) -> HttpResponse:
    """What was rejected and why, what its writer says to that, and the form to decide."""
    sent = request.POST
    found = Appeal.objects.filter(comment=reply).select_related("decided_by").first()
    if not found:
        raise Http404

    def act() -> None:
        if sent.get("outcome") not in ("show", "stays"):
            raise Unacceptable(_("Choose whether the reply is shown or stays rejected."))
        decide(found, by=request.user, is_upheld=sent["outcome"] == "show", grounds=sent.get("grounds", ""))

    def make_context() -> dict:
        rejected = reply.decisions.select_related("by").filter(at__lte=found.at).last()
        return {
            "title": _("Another look at a reply"),
            "appeal": found,
            "rejected": rejected,
            "is_own": bool(rejected and rejected.by_id == request.user.pk),
        }

    return answer_form(request, reply, "admin/replies/appeal.html", act, make_context)

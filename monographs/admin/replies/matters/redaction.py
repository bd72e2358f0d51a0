"""Taking words out of a reply, bringing them back, and looking at what was taken out."""

from django.contrib.admin import AdminSite
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path
from django.utils.translation import gettext as _

from monographs.admin.replies.matters.matter import about_reply, answer_form, may
from monographs.comments.deciding.redaction import Redaction, bring_back, look_at_original, redact, steps_that_hold
from monographs.comments.models import Comment


def urls(site: AdminSite) -> list[URLPattern]:
    """What is hidden of a reply, and what was hidden."""
    return [
        path("replies/<int:pk>/redact/", site.admin_view(redact_reply), name="reply-redact"),
        path("replies/<int:pk>/original/", site.admin_view(original), name="reply-original"),
    ]


@about_reply
def redact_reply(request: HttpRequest, reply: Comment) -> HttpResponse:
    """The reply beside a field for the words that are to go: one passage a line. Without a script they are copied."""
    sent = request.POST

    def act() -> None:
        seen = _number(sent.get("seen", ""))
        if sent.get("verb") == "bring-back":
            bring_back(reply, by=request.user, reason=sent.get("reason", ""), seen=seen)
        else:
            passages = sent.get("passages", "").splitlines()
            hides_name = bool(sent.get("hides_name"))
            redact(
                reply,
                by=request.user,
                passages=passages,
                hides_name=hides_name,
                reason=sent.get("reason", ""),
                seen=seen,
            )

    def make_context() -> dict:
        words = [label.words for label in reply.labels.filter(label="personal_data").exclude(words="")]
        steps = list(Redaction.objects.filter(comment=reply).select_related("by"))
        return {
            "title": _("Take words out of a reply"),
            "steps": steps,
            "can_bring_back": bool(steps_that_hold(steps)) and may(request, "view_original_comment"),
            "suggested": "\n".join(dict.fromkeys(words)),
            "may_see_original": may(request, "view_original_comment"),
        }

    return answer_form(request, reply, "admin/replies/redact.html", act, make_context)


@about_reply
def original(request: HttpRequest, reply: Comment) -> HttpResponse:
    """The words as they were sent, after a reason is given (POST). The answer is kept by no cache."""
    context = {"title": _("What was taken out of a reply"), "original": None}

    def act() -> None:
        context["original"] = look_at_original(reply, by=request.user, reason=request.POST.get("reason", ""))

    return answer_form(request, reply, "admin/replies/original.html", act, lambda: context, stays=True)


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 6 else 0

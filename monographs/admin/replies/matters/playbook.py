"""A cry for help: read by one, worked through by the clinic's own steps, closed by a second person."""

from django.contrib import admin
from django.contrib.admin import AdminSite
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from monographs.admin.frame.forms.stale import AsOpenedForm, OneAtATime
from monographs.admin.replies.deciding.listed import by_label, personal_words
from monographs.admin.replies.matters.matter import answer_form, find_reply
from monographs.clinics.models import the_clinic
from monographs.comments.crisis.playbook import (
    CrisisCase,
    Opening,
    Playbook,
    close,
    is_crisis,
    mark_of,
    open_reply,
    opened_today,
    the_playbook,
    tick,
)
from monographs.comments.crisis.playbook_text import change_playbook
from monographs.comments.models import ReplyWriter
from monographs.refusals import Conflict


def urls(site: AdminSite) -> list[URLPattern]:
    """One cry for help."""
    return [path("replies/<int:pk>/crisis/", site.admin_view(crisis), name="reply-crisis")]


def crisis(request: HttpRequest, pk: int) -> HttpResponse:
    """Before it is opened the page has no word of the reply. Each person opens it for themselves, and is counted."""
    reply, sent = find_reply(request, pk), request.POST
    here = reverse("admin:reply-crisis", args=[pk])

    def act() -> str:
        verb, note = sent.get("verb", ""), sent.get("note", "")
        if verb == "open":
            open_reply(reply, by=request.user)
            return here
        case = CrisisCase.objects.filter(comment=reply).first()
        if not case:
            raise Conflict(_("Nobody has opened this reply yet."))
        steps = {int(step) for step in sent.getlist("step") if step.isascii() and step.isdecimal() and len(step) < 4}
        case = tick(case, by=request.user, steps=steps, note=note, seen=sent.get("note_seen", ""))
        if verb == "close":
            close(case, by=request.user, note=note)
        return here

    def make_context() -> dict:
        case = CrisisCase.objects.filter(comment=reply).select_related("opened_by", "closed_by").first()
        labels = list(reply.labels.all())
        return {
            "title": _("A cry for help"),
            "case": case,
            "note_seen": mark_of(case.note) if case else "",
            "steps": [
                {
                    "place": place,
                    "words": words,
                    "who": who,
                    "when": when and timezone.datetime.fromisoformat(when),
                    "is_ticked": who is not None or str(place) in sent.getlist("step"),
                }
                for place, (words, who, when) in enumerate(case.steps if case else ())
            ],
            "is_open": Opening.objects.filter(comment=reply, by=request.user).exists(),
            "is_crisis": is_crisis(reply),
            "seen": by_label(labels),
            "marked_words": personal_words(labels),
            "writer": ReplyWriter.objects.filter(comment=reply).exclude(email="").first(),
            "clinic": the_clinic(),
            "playbook": the_playbook(),
            "opened_today": opened_today(request.user, at=timezone.now()),
            "may_close": bool(case and not case.closed_at and case.opened_by_id != request.user.pk),
        }

    return answer_form(request, reply, "admin/replies/crisis.html", act, make_context)


class PlaybookForm(AsOpenedForm):
    class Meta:
        model = Playbook
        fields = ()  # those that the admin names


@admin.register(Playbook)
class PlaybookAdmin(OneAtATime):
    """The clinic's own steps and words; cases that are open keep those that they began with."""

    form = PlaybookForm
    fields = ("steps", "words", "when_to_call")

    def has_add_permission(self, request):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    def get_queryset(self, request):
        the_playbook()
        return super().get_queryset(request)

    def save_model(self, request, obj, form, change):
        change_playbook(obj, by=request.user)

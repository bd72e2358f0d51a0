"""Answering a reply for the clinic, with what is needed at hand: the question in context, what others answered, the
leaflet's sections, and answers prepared beforehand."""

from django import forms
from django.contrib.admin import AdminSite
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from monographs.admin.frame.leaflet.page import show
from monographs.admin.replies.deciding.decisions import SEEN
from monographs.clinics.models import the_clinic
from monographs.comments.answering.canned import About, CannedAnswer, canned_for, fill, open_places
from monographs.comments.crisis.playbook import is_shut_to, shut_to
from monographs.comments.deciding.actions import answer
from monographs.comments.deciding.seen import as_seen
from monographs.comments.models import MAX_LENGTH, Comment, State
from monographs.comments.standing.threads import bring_answers_back, take_answers_away
from monographs.leaflets.content import Content
from monographs.publication.shown.showings import shown_at
from monographs.refusals import Refused, Unacceptable
from monographs.staff.models import StaffMember
from monographs.staff.roles import permission
from monographs.staff.rules import check_permission

FILL, SEND = "fill", "send"


def urls(site: AdminSite) -> list[URLPattern]:
    return [
        path("replies/<int:pk>/answer/", site.admin_view(answer_page), name="reply-answer"),
        path("replies/<int:pk>/hanging/", site.admin_view(hanging), name="reply-hanging"),
    ]


class AnswerForm(forms.Form):
    """The answer; what its writer had on the screen of the reply, and how many of the clinic's answers."""

    canned = forms.ModelChoiceField(
        CannedAnswer.objects.none(), required=False, label=gettext_lazy("A prepared answer to begin with")
    )
    body = forms.CharField(
        required=False,
        label=gettext_lazy("The clinic’s answer; readers see it with your name"),
        widget=forms.Textarea(attrs={"rows": 8, "dir": "auto", "maxlength": MAX_LENGTH}),
    )
    seen = forms.RegexField(rf"^{SEEN}$", widget=forms.HiddenInput)
    answered = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)

    def __init__(self, *args, language: str, **kwargs):
        super().__init__(*args, **kwargs)
        self.prepared = canned_for(language)
        field = self.fields["canned"]
        field.queryset = CannedAnswer.objects.filter(language=language, is_active=True)
        field.empty_label = _("Choose one")


def answer_page(request: HttpRequest, pk: int) -> HttpResponse:
    """GET shows the form, ``?canned=3`` with that answer in its field; a POST puts one in, or sends."""
    check_permission(request.user, "answer_comment", _("You may not answer replies for the clinic."))
    comment = get_object_or_404(
        Comment.objects.select_related("leaflet", "publication__revision", "parent__staff"), pk=pk
    )
    if is_shut_to(request.user, comment):
        return redirect("admin:reply-crisis", comment.pk)
    sent = request.POST if request.method == "POST" else {"canned": request.GET.get("canned", "")}
    form, refused = AnswerForm(sent, language=comment.leaflet.language), None
    body = sent.get("body", "")
    form.full_clean()  # a GET has no mark
    chosen = form.cleaned_data.get("canned")
    content = _shown(comment)
    if request.method == "POST" and sent.get("do") == SEND:
        try:
            _send(comment, request.user, body, form.cleaned_data)
            return redirect(reverse("admin:reply", args=[comment.pk]))
        except Refused as refusal:
            refused = refusal
    elif chosen:
        words = fill(chosen, About(comment, content, the_clinic()))
        body = f"{body.rstrip()}\n\n{words}" if body.strip() else words
    return _show(request, comment, content, form, body, refused=refused)


def _send(comment: Comment, by: StaffMember, body: str, sent: dict) -> None:
    """Raises Conflict also where the reply itself was decided on since, or words were taken out of it."""
    if not sent.get("seen"):
        raise Unacceptable(_("Something was missing or too long. Please try again."))
    answer(comment, by=by, body=body, seen=sent["seen"], answered=sent.get("answered"))


def _show(
    request: HttpRequest, comment: Comment, content: Content, form: AnswerForm, body: str, *, refused: Refused | None
) -> HttpResponse:
    comment.refresh_from_db(fields=["state", "erased_at", "body", "name"])
    answers = comment.replies.filter(staff__isnull=False, state=State.APPROVED).select_related("staff")
    known = list(answers.order_by("at", "pk"))
    language = comment.leaflet.language
    typed = {"body": body, "answered": len(known), "seen": as_seen(comment), "canned": form["canned"].value()}
    return show(
        request,
        "replies/answer",
        None,
        _("Answer a reply"),
        refused=refused,
        reply=comment,
        shut=shut_to(request.user, [comment.parent_id] if comment.parent_id else []),
        answers=known,
        sections=[section for section in content.sections if not section.is_not_applicable],
        requests=list(comment.change_requests.select_related("raised_by", "closed_by", "publication")),
        form=AnswerForm(initial=typed, language=language),
        left=open_places(body),
        may_answer=comment.state in (State.APPROVED, State.PENDING) and not comment.erased_at,
        may_moderate=request.user.has_perm(permission("moderate_comment")),
    )


def _shown(comment: Comment) -> Content:
    """What patients read now; of a leaflet that is not shown, what the writer had open."""
    shown = shown_at(comment.leaflet, timezone.now())
    publication = shown if shown and shown.revision_id else comment.publication
    return publication.revision.content


def hanging(request: HttpRequest, pk: int) -> HttpResponse:
    """A POST takes away what hangs under a reply that is not shown, or with ``do=back`` brings it back."""
    comment = get_object_or_404(Comment, pk=pk)
    if request.method == "POST":
        verb = bring_answers_back if request.POST.get("do") == "back" else take_answers_away
        verb(comment, by=request.user, reason=request.POST.get("reason", ""))
    return redirect(reverse("admin:reply", args=[comment.pk]))

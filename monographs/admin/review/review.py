"""The review page, on which a second reader reads, compares and signs; submitting, recalling and sending back."""

from django import forms
from django.contrib import messages
from django.contrib.admin import AdminSite
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import URLPattern
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from monographs.admin.frame.forms.signature import SignatureForm
from monographs.admin.frame.leaflet.addresses import leaflet_url, screen_url
from monographs.admin.frame.leaflet.page import Missing, leaflet_screens, show, to_leaflet, to_screen, whole_number
from monographs.admin.frame.leaflet.places import in_form, in_text
from monographs.admin.review.passkey import passkey_in, passkey_options
from monographs.admin.writing.editor import offer_of
from monographs.leaflets.models import Leaflet
from monographs.publication.models import Publication
from monographs.publication.page.assemble import page_preview
from monographs.publication.recalls import recall, send_back
from monographs.refusals import Conflict, NotAllowed, Refused, Unacceptable
from monographs.review.actions import approve, submit
from monographs.review.approval_rules import rule_in_words
from monographs.review.findings import findings_of
from monographs.review.models import TO_SIGN, ChecklistItem, Decision, FactCheck, Review
from monographs.review.remarks import placed_remarks
from monographs.review.rules import (
    MEANING,
    applicable_rules,
    check_is_open,
    check_may_approve,
    comparison_base,
    comparison_bases,
    contributors,
    held_up_by,
    last_released,
    outstanding,
)
from monographs.revisions.actions import newest_revision
from monographs.revisions.compare import compare
from monographs.revisions.models import Revision
from monographs.revisions.named import names_in
from monographs.staff.models import StaffMember
from monographs.staff.roles import permission
from monographs.staff.rules import check_permission
from monographs.text.markup.markdown import direction

LONGEST = 5_000  # characters of a note or reason


class SignForm(SignatureForm):
    """What a second reader sends with an approval. The verb judges it; this only reads it."""

    review = forms.IntegerField(required=False, widget=forms.HiddenInput)
    seen_base = forms.IntegerField(required=False, widget=forms.HiddenInput)
    seen_candidate = forms.IntegerField(widget=forms.HiddenInput)
    ticked = forms.ModelMultipleChoiceField(
        ChecklistItem.objects.none(),
        required=False,
        label=gettext_lazy("I have checked each of these"),
        to_field_name="text",  # a tick stands for the words that were read, whatever they are by now
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": gettext_lazy("The checklist has changed. Please go through it again.")},
    )
    note = forms.CharField(
        required=False,
        max_length=LONGEST,
        label=gettext_lazy("Note (goes on record)"),
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["ticked"].queryset = ChecklistItem.objects.filter(is_active=True)

    @property
    def seen(self) -> tuple[int | None, int]:
        """The pair of revisions that were on the screen, as `approve` wants it."""
        return self.cleaned_data["seen_base"], self.cleaned_data["seen_candidate"]


class ReasonForm(forms.Form):
    """A reason, for the record and for the next person. ``review`` is the one that was on the screen."""

    review = forms.IntegerField(required=False, widget=forms.HiddenInput)
    reason = forms.CharField(
        required=False, max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 3, "required": True})
    )

    def __init__(self, *args, label: str, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["reason"].label = label


class NoteForm(forms.Form):
    """A note that may be left empty. ``seen`` is the id of the review or revision that was on the screen."""

    seen = forms.IntegerField(required=False, widget=forms.HiddenInput)
    note = forms.CharField(required=False, max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, *args, label: str, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["note"].label = label


def urls(site: AdminSite) -> list[URLPattern]:
    """The addresses of these screens."""
    return leaflet_screens(
        site,
        {
            "review": review_page,
            "submit": submit_page,
            "recall": recall_page,
            "approve": approve_view,
            "send-back": send_back_view,
        },
    )


def review_page(request: HttpRequest, leaflet: Leaflet) -> HttpResponse:
    """The review that is going on, the last one, or by ``?review=`` any of this leaflet."""
    check_may_see(request.user)
    asked = request.GET.get("review")
    review = _review(leaflet, whole_number(asked, _("The review")) if asked else None)
    if not review:
        return show(request, "review/no_review", leaflet, _("Review"))
    return _show_review(request, review)


def approve_view(request: HttpRequest, leaflet: Leaflet) -> HttpResponse:
    """Sign, by POST; what the verb refuses is said on the review page, and what was written there is kept."""
    check_permission(request.user, "approve_leaflet", _("You may not approve leaflets."))
    if request.method != "POST":
        return to_screen("leaflet-review", leaflet)
    form = SignForm(request.POST)
    is_whole = form.is_valid()
    review = _meant(leaflet, form.cleaned_data.get("review"))
    try:
        if not is_whole:
            raise Unacceptable(_("The form came incomplete. Please read the page and fill it in again."))
        approve(
            review,
            by=request.user,
            password=form.cleaned_data["password"],
            passkey=passkey_in(request, review, form.seen, form.cleaned_data["passkey"]),
            ticked={item.text for item in form.cleaned_data["ticked"]},
            seen=form.seen,
            note=form.cleaned_data["note"],
        )
    except Refused as refused:
        review = _meant(leaflet, review.pk)
        now = _seen(review)
        if any(request.POST.get(name) != str(now[name]) for name in ("seen_base", "seen_candidate")):
            # Another pair is to be read by now: the ticks were for the old one, the note may still serve.
            form = SignForm(initial={**now, "note": request.POST.get("note", "")})
        return _show_review(request, review, refused=refused, sign_form=form)
    messages.success(request, _("You have approved this leaflet. Your signature is on record."))
    missing = outstanding(review)
    if missing:
        messages.warning(request, _("The approval is not complete yet. %(missing)s") % {"missing": " ".join(missing)})
    return HttpResponseRedirect(f"{screen_url('leaflet-review', leaflet)}?review={review.pk}")


def send_back_view(request: HttpRequest, leaflet: Leaflet) -> HttpResponse:
    """Return the leaflet to its author, by POST with a reason."""
    check_permission(request.user, "send_back_leaflet", _("You may not send leaflets back."))
    if request.method != "POST":
        return to_screen("leaflet-review", leaflet)
    form = ReasonForm(request.POST, label=_SEND_BACK_LABEL)
    is_whole = form.is_valid()
    review = _review_or_refuse(leaflet, form.cleaned_data.get("review"))
    try:
        if not is_whole:
            raise Unacceptable(_("The form came incomplete. Please read the page and fill it in again."))
        send_back(review, by=request.user, reason=form.cleaned_data["reason"])
    except Refused as refused:
        return _show_review(request, _review_or_refuse(leaflet, review.pk), refused=refused, reason_form=form)
    messages.success(request, _("The leaflet is sent back. Its author sees your reason at the top of the form."))
    return to_screen("leaflet-review", leaflet)


def recall_page(request: HttpRequest, leaflet: Leaflet) -> HttpResponse:
    """Take a submission back: GET says what will happen, POST does it."""
    check_permission(request.user, "recall_leaflet", _("You may not recall leaflets from review."))
    asked = request.POST.get("seen") or request.GET.get("review")
    review = _review_or_refuse(leaflet, whole_number(asked, _("The review")) if asked else None)
    check_is_open(review, at=timezone.now())
    form = NoteForm(
        request.POST if request.method == "POST" else None,
        initial={"seen": review.pk},
        label=_("Why (for the record, may be empty)"),
    )
    if request.method == "POST" and form.is_valid():
        recall(review, by=request.user, note=form.cleaned_data["note"])
        messages.success(request, _("The leaflet is recalled. You can change the draft again."))
        return to_leaflet(leaflet)
    status = 400 if form.is_bound else 200
    return show(request, "review/recall", leaflet, _("Recall from review"), status=status, review=review, form=form)


def submit_page(request: HttpRequest, leaflet: Leaflet) -> HttpResponse:
    """Send the newest revision for review: GET shows what is sent and what blocks it, POST sends it."""
    check_permission(request.user, "submit_leaflet", _("You may not submit leaflets for review."))
    revision = newest_revision(leaflet)
    if not revision:
        raise Unacceptable(_("There is nothing to review yet: save the leaflet first."))
    form = NoteForm(
        request.POST if request.method == "POST" else None,
        initial={"seen": revision.pk},
        label=_("Note to the second reader (may be empty)"),
    )
    refused = None
    if request.method == "POST" and form.is_valid():
        try:
            submit(leaflet, by=request.user, **form.cleaned_data)
        except Unacceptable as unacceptable:
            refused = unacceptable
        else:
            messages.success(request, _("The leaflet is sent for review. The draft is frozen until the review ends."))
            if offer := _unsaved(request, leaflet, revision):
                left_out = _("It is not part of what you sent. If it belongs there, recall the leaflet and save it.")
                messages.warning(request, f"{offer['sentence']} {left_out}")
            return to_leaflet(leaflet)
    base = last_released(leaflet)
    before = base.content if base else None
    return show(
        request,
        "review/submit",
        leaflet,
        _("Send for review: %(leaflet)s") % {"leaflet": leaflet},
        status=400 if form.errors else 200,
        refused=refused,
        form=form,
        revision=revision,
        unsaved=_unsaved(request, leaflet, revision),
        base=base,
        findings=in_form(findings_of(revision.content, leaflet), revision.content, form_url=leaflet_url(leaflet)),
        is_open=not Review.objects.active().filter(leaflet=leaflet).exists(),
        comparison=compare(before, revision.content, names=names_in(before, revision.content)),
    )


def _unsaved(request: HttpRequest, leaflet: Leaflet, revision: Revision) -> dict | None:
    """Text that who submits has typed and not saved: it does not go along, and they may think that it does."""
    may_write = request.user.has_perm(permission("change_leaflet"))
    return offer_of(request, leaflet, revision) if may_write else None


def check_may_see(user: StaffMember) -> None:
    """Raise NotAllowed unless the person may see reviews and drafts."""
    check_permission(user, "view_review", _("You may not see reviews."))


_SEND_BACK_LABEL = gettext_lazy("What should the author change?")


def _review(leaflet: Leaflet, pk: int | None = None) -> Review | None:
    """One review of this leaflet, or without ``pk`` the active one, else the last. Raises Missing for a wrong one."""
    reviews = Review.objects.filter(leaflet=leaflet).select_related("revision__by", "base", "submitted_by")
    if pk is None:
        found = reviews.active_first().first()
    else:
        found = reviews.filter(pk=pk).first()
        if not found:
            raise Missing(_("This leaflet has no review %(number)s.") % {"number": pk})
    if found:
        found.leaflet = found.revision.leaflet = leaflet
    return found


def _review_or_refuse(leaflet: Leaflet, pk: int | None = None) -> Review:
    """As `_review`, for one who wants to decide."""
    review = _review(leaflet, pk)
    if not review:
        raise Conflict(_("This leaflet is not in review."))
    return review


def _meant(leaflet: Leaflet, pk: int | None) -> Review:
    """The review that a form was about while it can still be signed, else the one that has taken its place."""
    if pk and Review.objects.filter(leaflet=leaflet, pk=pk, state__in=TO_SIGN).exists():
        return _review(leaflet, pk)
    return _review_or_refuse(leaflet)


def _base(review: Review) -> Revision | None:
    """What the revision is compared with: while it waits as the verb has it, afterwards what patients read then."""
    return comparison_base(review) if review.state in TO_SIGN else review.base


def _seen(review: Review) -> dict:
    base = _base(review)
    return {"review": review.pk, "seen_base": base.pk if base else "", "seen_candidate": review.revision_id}


def _fact_checks(review: Review, user: StaffMember) -> list[FactCheck]:
    """What outside experts have answered about this very revision, for those who may see it."""
    if not user.has_perm(permission("view_factcheck")):
        return []
    return list(review.revision.fact_checks.filter(answered_at__isnull=False).order_by("answered_at"))


def _why_not(review: Review, user: StaffMember) -> str:
    """Why this person can't approve, said before they try; "" if they can."""
    try:
        check_may_approve(review, user)
    except (NotAllowed, Conflict) as refused:
        return str(refused)
    return ""


def _show_review(
    request: HttpRequest,
    review: Review,
    *,
    refused: Refused | None = None,
    sign_form: SignForm | None = None,
    reason_form: ReasonForm | None = None,
) -> HttpResponse:
    check_may_see(request.user)
    user, content = request.user, review.revision.content
    compiled = page_preview(content)
    is_open = review.is_open(timezone.now())
    why_not = _why_not(review, user)
    decisions = list(review.decisions.all())
    without_form = "reason" if reason_form and not is_open else "note" if why_not else ""
    return show(
        request,
        "review/review",
        review.leaflet,
        _("Review: %(leaflet)s") % {"leaflet": review.leaflet},
        refused=refused,
        review=review,
        compiled=compiled,
        direction=direction(content.language),
        content=content,
        findings=in_text(findings_of(content, review.leaflet), compiled.contents, otherwise="staff-candidate"),
        remarks=placed_remarks(review.leaflet, content),
        decisions=decisions,
        contributors=_contributors(review, decisions),
        fact_checks=_fact_checks(review, user),
        meaning=MEANING,
        sign_form=None if why_not else sign_form or SignForm(initial=_seen(review)),
        passkey_options="" if why_not else passkey_options(request, review, _seen(review)),
        kept_note=request.POST.get(without_form, "") if refused else "",
        may_send_back=is_open and user.has_perm(permission("send_back_leaflet")),
        reason_form=reason_form or ReasonForm(initial={"review": review.pk}, label=_SEND_BACK_LABEL),
        may_recall=is_open and user.has_perm(permission("recall_leaflet")),
        **_compared(review),
        **_to_sign(review, why_not="" if refused else why_not),
    )


def _compared(review: Review) -> dict:
    """The text beside what it is compared with: ``base``, and ``approved`` where nobody approved what that changed."""
    content, base = review.revision.content, _base(review)
    bases = comparison_bases(review) if review.state in TO_SIGN else []
    approved = bases[1] if len(bases) > 1 else None
    names = names_in(content, *(revision.content for revision in (base, approved) if revision))
    unapproved = compare(approved.content if approved else None, content, names=names) if len(bases) > 1 else None
    return {
        "base": base,
        "base_version": Publication.objects.filter(revision=base).order_by("-pk").first() if base else None,
        "comparison": compare(base.content if base else None, content, names=names),
        "approved": approved,
        "unapproved": unapproved,
    }


def _to_sign(review: Review, *, why_not: str) -> dict:
    """What is asked of the signatures, while there are any to be given."""
    if review.state not in TO_SIGN:
        return {"rules": [], "held_up_by": [], "why_not": ""}
    rules = [rule_in_words(rule) for rule in applicable_rules(review)]
    return {"rules": rules, "held_up_by": held_up_by(review), "why_not": why_not}


def _contributors(review: Review, decisions: list[Decision]) -> list[str]:
    """Who had a hand in it, by name; of one that was decided, as it was then."""
    decided_at = None if review.state in TO_SIGN or not decisions else decisions[0].at
    wrote = StaffMember.objects.filter(pk__in=contributors(review, at=decided_at)).order_by("first_name", "last_name")
    return [person.name for person in wrote]

"""Publishing now or from a date on, cancelling what is scheduled, withdrawing."""

from django import forms
from django.contrib import messages
from django.contrib.admin import AdminSite
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern
from django.utils import timezone, translation
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from monographs.admin.frame.forms.day_field import DayField
from monographs.admin.frame.forms.instants import TimeInput, instant_in
from monographs.admin.frame.leaflet.page import leaflet_screens, show, to_leaflet
from monographs.admin.release.others import links_to_withdraw, others_of
from monographs.leaflets.content import Content
from monographs.leaflets.models import Leaflet
from monographs.publication.actions import (
    cancel_release,
    check_approved_since_withdrawal,
    check_may_publish,
    check_may_release_in_emergency,
    publish,
    release_in_emergency,
    withdraw,
)
from monographs.publication.models import Publication
from monographs.publication.page.assemble import notice_preview, page_preview
from monographs.publication.shown.showings import shown_at
from monographs.publication.shown.timeline import MAJOR, MINOR, Timeline
from monographs.refusals import Conflict, NotAllowed, Refused, Unacceptable
from monographs.review.models import Review, State
from monographs.review.rules import last_released
from monographs.revisions.actions import newest_revision
from monographs.revisions.compare import Comparison, compare
from monographs.revisions.models import Revision
from monographs.revisions.named import names_in
from monographs.staff.models import StaffMember
from monographs.staff.roles import permission
from monographs.staff.rules import check_permission
from monographs.templatetags.staff_words import moment
from monographs.text.markup.markdown import direction

NOW, LATER = "now", "later"
LONGEST_NOTE, LONGEST_REASON = 1_000, 5_000  # characters


class PublishForm(forms.Form):
    """When, until when, how big a change and what patients are told of it."""

    review = forms.IntegerField(widget=forms.HiddenInput)
    when = forms.ChoiceField(label=gettext_lazy("When"), widget=forms.RadioSelect)
    on = DayField(required=False, label=gettext_lazy("Release date"))
    at = forms.TimeField(required=False, label=gettext_lazy("Release time"), widget=TimeInput)
    until_on = DayField(required=False, label=gettext_lazy("Last date"))
    until_at = forms.TimeField(required=False, label=gettext_lazy("Last time"), widget=TimeInput)
    size = forms.ChoiceField(label=gettext_lazy("Size of the change"), widget=forms.RadioSelect)
    change_note = forms.CharField(
        required=False,
        max_length=LONGEST_NOTE,
        label=gettext_lazy("What changed, in a sentence"),
        help_text=gettext_lazy(
            "Patients read this. It may be empty for a minor change, such as a typing error, unless a dose, a number "
            "or a warning is touched, or a whole section or key fact came or went."
        ),
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *args, leaflet: Leaflet, user: StaffMember, **kwargs):
        super().__init__(*args, **kwargs)
        choices = [(NOW, _("Now"))] if user.has_perm(permission("publish_leaflet")) else []
        if user.has_perm(permission("schedule_leaflet")):
            choices.append((LATER, _("On a date and time")))
        self.fields["when"].choices = choices
        self.fields["when"].initial = choices[0][0] if choices else None
        timeline = Timeline.of(leaflet, timezone.now())
        major, minor = _number(timeline, MAJOR), _number(timeline, MINOR)
        if major == minor:
            self.fields["size"].choices = [(MAJOR, _("It becomes version %(version)s") % {"version": major})]
            self.fields["change_note"].initial = _("First version.")
        else:
            self.fields["size"].choices = [
                (MAJOR, _("Major: it becomes version %(version)s") % {"version": major}),
                (MINOR, _("Minor: it becomes version %(version)s") % {"version": minor}),
            ]
        self.fields["size"].initial = MAJOR

    def clean(self) -> dict:
        data = super().clean()
        if data.get("when") == NOW and data.get("on"):
            self.add_error("on", _("You gave a release date but chose “Now”. Choose one of the two."))
        data["effective_from"] = instant_in(self, "on", "at") if data.get("when") == LATER else None
        if data.get("when") == LATER and not data.get("on") and "on" not in self.errors:
            self.add_error("on", _("Give the date of the release."))
        data["expires_at"] = instant_in(self, "until_on", "until_at")
        return data


class CancelForm(forms.Form):
    publication = forms.IntegerField(widget=forms.HiddenInput)
    why = forms.CharField(
        max_length=LONGEST_REASON,
        label=gettext_lazy("Why (for the record)"),
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": gettext_lazy("Say why; it goes on record.")},
    )


def _words(
    label: str, help_text: str, *, most: int = LONGEST_REASON, rows: int = 2, is_needed: bool
) -> forms.CharField:
    """A text that the verb judges: the browser asks for one that ``is_needed``, the form takes whatever comes."""
    attrs = {"rows": rows, **({"required": True} if is_needed else {})}
    return forms.CharField(
        required=False, max_length=most, label=label, help_text=help_text, widget=forms.Textarea(attrs=attrs)
    )


class WithdrawForm(forms.Form):
    """``publication`` is the version that was on the screen: that one is withdrawn, not another."""

    publication = forms.IntegerField(widget=forms.HiddenInput)
    notice = _words(
        gettext_lazy("Notice for patients"),
        gettext_lazy("They read this in place of the leaflet. Say what to do meanwhile."),
        rows=5,
        is_needed=True,
    )
    why = _words(
        gettext_lazy("Reason (for the record)"),
        gettext_lazy("It is needed to withdraw, not to look at the notice. Patients do not see it."),
        is_needed=False,
    )


class EmergencyForm(forms.Form):
    """``revision`` is the one that was on the screen: that one is released, not another."""

    revision = forms.IntegerField(widget=forms.HiddenInput)
    reason = _words(
        gettext_lazy("Why this can't wait for a second reader"),
        gettext_lazy("Goes on record. Patients do not see it."),
        rows=3,
        is_needed=True,
    )
    change_note = _words(
        gettext_lazy("What changed, in a sentence"),
        gettext_lazy("Patients read this."),
        most=LONGEST_NOTE,
        is_needed=True,
    )


def urls(site: AdminSite) -> list[URLPattern]:
    """The addresses of these screens."""
    return leaflet_screens(
        site,
        {
            "publish": publish_page,
            "cancel-release": cancel_page,
            "withdraw": withdraw_page,
            "emergency": emergency_page,
        },
    )


def publish_page(request: HttpRequest, leaflet: Leaflet) -> HttpResponse:
    """GET shows what would be published and asks when; POST publishes or schedules exactly that review's revision."""
    user = request.user
    if not any(user.has_perm(permission(codename)) for codename in ("publish_leaflet", "schedule_leaflet")):
        raise NotAllowed(_("You may not publish leaflets."))
    if request.method != "POST":
        return _show_publish(request, leaflet, None)
    form = PublishForm(request.POST, leaflet=leaflet, user=user)
    if not form.is_valid():
        return _show_publish(request, leaflet, form)
    try:
        publication = _publish(leaflet, form.cleaned_data, by=user)
    except Refused as refused:
        if refused.status == Conflict.status or not Review.objects.active().filter(leaflet=leaflet).exists():
            raise
        return _show_publish(request, leaflet, form, refused=refused)
    messages.success(request, _said(publication, is_scheduled=bool(form.cleaned_data["effective_from"])))
    return to_leaflet(leaflet)


def _publish(leaflet: Leaflet, chosen: dict, *, by: StaffMember) -> Publication:
    asked = Review.objects.filter(leaflet=leaflet, pk=chosen["review"]).first()
    if not asked:
        raise Conflict(_("The review you wanted to publish is not one of this leaflet. Please start again."))
    how = {name: chosen[name] for name in ("change_note", "size", "effective_from", "expires_at")}
    return publish(asked, by=by, **how)


def _to_be_published(leaflet: Leaflet) -> Review:
    """The approved review. Raises Conflict if there is none, or something keeps it from patients."""
    review = Review.objects.active().filter(leaflet=leaflet).select_related("revision__by").first()
    if not review or review.state != State.APPROVED:
        raise Conflict(_("There is nothing to publish: only a leaflet that was approved in review can be published."))
    review.leaflet = review.revision.leaflet = leaflet
    check_may_publish(review)
    check_approved_since_withdrawal(review, shown_at(leaflet, timezone.now()))
    return review


def _show_publish(
    request: HttpRequest, leaflet: Leaflet, form: PublishForm | None, *, refused: Refused | None = None
) -> HttpResponse:
    review = _to_be_published(leaflet)
    form = form or PublishForm(initial={"review": review.pk}, leaflet=leaflet, user=request.user)
    content, base = review.revision.content, last_released(leaflet)
    return show(
        request,
        "release/publish",
        leaflet,
        _("Publish: %(leaflet)s") % {"leaflet": leaflet},
        status=400 if form.errors else 200,
        refused=refused,
        form=form,
        review=review,
        decisions=list(review.decisions.all()),
        zone=timezone.get_current_timezone_name(),
        comparison=_compared(base, content),
        base=base,
        others=others_of(leaflet, timezone.now()),
        content=content,
        direction=direction(content.language),
        compiled=page_preview(content),
    )


def cancel_page(request: HttpRequest, leaflet: Leaflet) -> HttpResponse:
    """Call off what is scheduled: GET says what will happen, POST does it."""
    check_permission(request.user, "cancel_release", _("You may not cancel scheduled releases."))
    coming = list(Publication.objects.coming(timezone.now()).filter(leaflet=leaflet).order_by("effective_from", "pk"))
    form = CancelForm(request.POST if request.method == "POST" else None, initial={"publication": _pk(coming)})
    if request.method == "POST" and form.is_valid():
        asked = Publication.objects.filter(leaflet=leaflet, pk=form.cleaned_data["publication"]).first()
        if not asked:
            raise Conflict(_("The release you wanted to cancel is not one of this leaflet. Please start again."))
        cancel_release(asked, by=request.user, why=form.cleaned_data["why"])
        messages.success(request, _("It is cancelled. What patients read now does not change."))
        return to_leaflet(leaflet)
    if not coming:
        raise Conflict(_("Nothing of this leaflet is scheduled."))
    title, status = _("Cancel what is scheduled: %(leaflet)s") % {"leaflet": leaflet}, 400 if form.errors else 200
    return show(request, "release/cancel_release", leaflet, title, status=status, form=form, coming=coming)


def withdraw_page(request: HttpRequest, leaflet: Leaflet) -> HttpResponse:
    """Replace the leaflet by a notice: GET and “Show me the notice” show it, “Withdraw now” does it."""
    check_permission(request.user, "withdraw_leaflet", _("You may not withdraw leaflets."))
    live = Publication.objects.read(timezone.now()).filter(leaflet=leaflet).first()
    refused = None
    if request.method == "POST":
        form = WithdrawForm(request.POST)
        if form.is_valid() and request.POST.get("do") != "preview":
            words = {name: form.cleaned_data[name] for name in ("notice", "why")}
            try:
                withdraw(leaflet, by=request.user, seen=form.cleaned_data["publication"], **words)
            except Unacceptable as unacceptable:
                refused = unacceptable
            else:
                messages.success(request, _("The leaflet is withdrawn. Patients read your notice from now on."))
                _say_what_stays_up(request, leaflet)
                return to_leaflet(leaflet)
    if not live:
        raise Conflict(_("This leaflet is not shown to patients, so there is nothing to withdraw."))
    if request.method != "POST":
        form = WithdrawForm(initial={"publication": live.pk, "notice": _usual_notice(leaflet)})
    notice = form["notice"].value() or ""
    return show(
        request,
        "release/withdraw",
        leaflet,
        _("Withdraw: %(leaflet)s") % {"leaflet": leaflet},
        status=400 if form.errors else 200,
        refused=refused,
        form=form,
        live=live,
        coming=Publication.objects.coming(timezone.now()).filter(leaflet=leaflet).exists(),
        others=others_of(leaflet, timezone.now()),
        direction=direction(leaflet.language),
        preview=notice_preview(notice, leaflet.language) if notice.strip() else None,
    )


def _say_what_stays_up(request: HttpRequest, leaflet: Leaflet) -> None:
    """A leaflet is withdrawn alone: the medicine's others are named, each with a way to withdraw it as well."""
    if links := links_to_withdraw(others_of(leaflet, timezone.now())):
        sentence = _("Patients still read other leaflets of this medicine. To withdraw one as well: {}.")
        messages.warning(request, format_html(sentence, links))


def emergency_page(request: HttpRequest, leaflet: Leaflet) -> HttpResponse:
    """Release the newest revision without approval: GET shows it and what follows, POST does it."""
    check_permission(request.user, "release_in_emergency", _("You may not release leaflets in an emergency."))
    revision, base = newest_revision(leaflet), last_released(leaflet)
    if not revision:
        raise Unacceptable(_("There is nothing to release yet: save the leaflet first."))
    refused = None
    form = EmergencyForm(request.POST if request.method == "POST" else None, initial={"revision": revision.pk})
    if request.method == "POST" and form.is_valid():
        words = {name: form.cleaned_data[name] for name in ("reason", "change_note")}
        try:
            publication = release_in_emergency(leaflet, by=request.user, seen=form.cleaned_data["revision"], **words)
        except Unacceptable as unacceptable:
            refused = unacceptable
        else:
            messages.success(request, _said(publication, is_scheduled=False))
            return to_leaflet(leaflet)
    check_may_release_in_emergency(leaflet)
    content = revision.content
    return show(
        request,
        "release/emergency",
        leaflet,
        _("Release in an emergency: %(leaflet)s") % {"leaflet": leaflet},
        status=400 if form.errors else 200,
        refused=refused,
        form=form,
        revision=revision,
        base=base,
        comparison=_compared(base, content),
        content=content,
        direction=direction(content.language),
        compiled=page_preview(content),
    )


def _number(timeline: Timeline, size: str) -> str:
    major, minor = timeline.next_version(size)
    return f"{major}.{minor}" if minor else str(major)


def _said(publication: Publication, *, is_scheduled: bool) -> str:
    words = {"version": publication.version, "when": moment(publication.effective_from)}
    if is_scheduled:
        return _("Version %(version)s is scheduled. Patients read it from %(when)s.") % words
    return _("Version %(version)s is published. Patients read it from now on.") % words


def _compared(base: Revision | None, content: Content) -> Comparison:
    before = base.content if base else None
    return compare(before, content, names=names_in(before, content))


def _pk(coming: list[Publication]) -> int | None:
    return coming[0].pk if coming else None


def _usual_notice(leaflet: Leaflet) -> str:
    """A first wording, in the leaflet's language where there is a translation."""
    with translation.override(leaflet.language):
        return _(
            "We are checking this leaflet. Until it is back, ask your doctor or pharmacist about this medicine. "
            "Do not stop or change your medicine without asking them."
        )

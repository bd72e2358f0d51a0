"""The screens of safety alerts. An alert is never changed: who wants other words writes another one like it."""

import datetime as dt

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import URLPattern, path
from django.utils import timezone, translation
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from monographs.admin.alerts.form import AlertForm, as_typed
from monographs.admin.frame.forms.signature import SignatureForm
from monographs.alerts.actions import (
    about_approving,
    approve_alert,
    check_alert_passkey,
    compose_alert,
    decline_alert,
    end_alert,
    write_alert,
)
from monographs.alerts.models import LONGEST_REASON, Alert
from monographs.alerts.rules import may_decide, may_end
from monographs.alerts.shown import Shown, as_html
from monographs.alerts.standing import AlertStanding
from monographs.medicines.models import Medicine
from monographs.publication.page.assemble import assembled, details_at
from monographs.publication.relatives import relatives
from monographs.refusals import Refused, Unacceptable
from monographs.staff.models import StaffMember
from monographs.staff.roles import permission
from monographs.staff.rules import check_permission
from monographs.staff.second_factor.passkeys import ask, has_passkey
from monographs.text.markup.markdown import direction

PAGE_SIZE = 50
_LIST, _PAGE = "admin:monographs_alert_changelist", "admin:monographs_alert_change"


class SignForm(SignatureForm):
    """What a second person sends with an approval. The verb judges it; this only reads it."""

    seen = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)
    note = forms.CharField(
        required=False,
        max_length=LONGEST_REASON,
        label=gettext_lazy("Note (goes on record)"),
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class ReasonForm(forms.Form):
    """Why, for the record and for whoever wrote it."""

    reason = forms.CharField(
        required=False, max_length=LONGEST_REASON, widget=forms.Textarea(attrs={"rows": 2, "required": True})
    )

    def __init__(self, *args, label: str, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["reason"].label = label


@admin.register(Alert)
class AlertAdmin(admin.ModelAdmin):
    """Only the addresses and the place in the list of models are Django's."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm(permission("write_alert"))

    def has_change_permission(self, request: HttpRequest, obj: Alert | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Alert | None = None) -> bool:
        return False

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view
        return [
            path("", view(alerts_page), name="monographs_alert_changelist"),
            path("add/", view(write_page), name="monographs_alert_add"),
            path("<int:pk>/", view(alert_page), name="monographs_alert_change"),
            path("<int:pk>/approve/", view(require_POST(approve_view)), name="alert-approve"),
            path("<int:pk>/decline/", view(require_POST(decline_view)), name="alert-decline"),
            path("<int:pk>/end/", view(require_POST(end_view)), name="alert-end"),
        ]


def alerts_page(request: HttpRequest) -> HttpResponse:
    """What waits for a second person, then all alerts, the newest first."""
    _check_may_see(request.user)
    now = timezone.now()
    waiting = AlertStanding.objects.waiting(now).select_related("alert__by")
    alerts = Alert.objects.select_related("standing", "by").prefetch_related("acts", "medicines")
    page = Paginator(alerts, PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "title": _("Safety alerts"),
        "waiting": [row.alert for row in waiting.in_order_of_haste()[:PAGE_SIZE]],
        "page": page,
        "alerts": [(alert, state_of(alert, now)) for alert in page],
        "may_write": request.user.has_perm(permission("write_alert")),
    }
    return _render(request, "list", context)


def write_page(request: HttpRequest) -> HttpResponse:
    """A new alert: first as patients will see it, then sent by the same form. What was not previewed is not sent."""
    check_permission(request.user, "write_alert", _("You may not write safety alerts."))
    form = AlertForm(request.POST or None, user=request.user, initial=_like(request))
    preview, seen, refusal, status = "", "", "", 200
    if request.method == "POST" and form.is_valid():
        try:
            alert, medicines = compose_alert(by=request.user, **form.alert())
            seen = alert.computed_digest(medicines)
            if "save" in request.POST and form.cleaned_data["seen"] == seen:
                return _written(request, write_alert(by=request.user, **form.alert()))
            preview = preview_of(alert)
        except Refused as refused:
            refusal, status, seen = str(refused), refused.status, ""
    elif request.method == "POST":
        refusal, status = _("Please correct the form."), Unacceptable.status
    context = {
        "title": _("A new safety alert"),
        "form": form,
        "preview": preview,
        "seen": seen,
        "sentence": refusal,
        "zone": timezone.get_current_timezone_name(),
    }
    if preview:
        context["unread"] = without_leaflet(form.cleaned_data["medicines"])
    return _render(request, "write", context, status=status)


def _like(request: HttpRequest) -> dict:
    """The words of the alert that another one is to be like (``?like=``)."""
    number = request.GET.get("like", "")
    if not (number.isascii() and number.isdigit() and len(number) <= 18):
        return {}
    alert = Alert.objects.filter(pk=number).first()
    return as_typed(alert) if alert else {}


def _written(request: HttpRequest, alert: Alert) -> HttpResponse:
    if alert.is_emergency:
        messages.warning(request, _("It is shown, or will be at its time. A second person must still confirm it."))
    else:
        messages.success(request, _("It waits for a second person, and is shown as soon as it is approved."))
    return redirect(_PAGE, alert.pk)


def alert_page(request: HttpRequest, pk: int) -> HttpResponse:
    """One alert as patients see it, what was decided on it, and what can be decided now."""
    _check_may_see(request.user)
    return _show(request, _found(pk))


def approve_view(request: HttpRequest, pk: int) -> HttpResponse:
    check_permission(request.user, "approve_alert", _("You may not approve or decline safety alerts."))
    alert, form = _found(pk), SignForm(request.POST)
    try:
        if not form.is_valid():
            raise Unacceptable(_("The form came incomplete. Please read the page and fill it in again."))
        sent, answer = form.cleaned_data, form.cleaned_data["passkey"]
        passkey = answer and check_alert_passkey(
            request.session, alert, by=request.user, seen=sent["seen"], answer=answer
        )
        approve_alert(
            alert, by=request.user, seen=sent["seen"], password=sent["password"], passkey=passkey or None,
            note=sent["note"],
        )  # fmt: skip
    except Refused as refused:
        return _show(request, _found(pk), refused=refused, note=request.POST.get("note", ""))
    messages.success(request, _("You have approved this alert. Your signature is on record."))
    return redirect(_PAGE, pk)


def decline_view(request: HttpRequest, pk: int) -> HttpResponse:
    check_permission(request.user, "approve_alert", _("You may not approve or decline safety alerts."))
    return _decided(request, pk, decline_alert, _("You have declined this alert. It is not shown."), "decline")


def end_view(request: HttpRequest, pk: int) -> HttpResponse:
    check_permission(request.user, "view_alert", _("You may not see safety alerts."))
    return _decided(request, pk, end_alert, _("This alert has ended. It is not shown any more."), "end")


def _decided(request: HttpRequest, pk: int, verb, sentence: str, what: str) -> HttpResponse:
    reason = request.POST.get("reason", "")
    try:
        verb(_found(pk), by=request.user, reason=reason)
    except Refused as refused:
        return _show(request, _found(pk), refused=refused, reasons={what: reason})
    messages.success(request, sentence)
    return redirect(_PAGE, pk)


def _show(
    request: HttpRequest, alert: Alert, *, refused: Refused | None = None, note: str = "", reasons: dict | None = None
) -> HttpResponse:
    now, person, reasons = timezone.now(), request.user, reasons or {}
    decides = may_decide(alert, person, at=now)
    options = ""
    if decides and has_passkey(person):
        options = ask(request.session, person, about_approving(alert, alert.digest))
    context = {
        "title": str(alert),
        "alert": alert,
        "state": state_of(alert, now),
        "standing": alert.standing,
        "medicines": alert.medicines.order_by("name"),
        "unread": without_leaflet(alert.medicines.all()),
        "preview": preview_of(alert, is_confirmed=alert.standing.is_confirmed),
        "acts": alert.acts.select_related("by"),
        "sign_form": SignForm(initial={"seen": alert.digest, "note": note}) if decides else None,
        "decline_form": _reason("decline", _("Why you decline it"), reasons) if decides else None,
        "end_form": _reason("end", _("Why it ends"), reasons) if may_end(alert, person, at=now) else None,
        "is_own": alert.by_id == person.pk and alert.standing.waits_until is not None,
        "passkey_options": options,
        "may_write": person.has_perm(permission("write_alert")),
        "sentence": str(refused) if refused else "",
    }
    return _render(request, "alert", context, status=refused.status if refused else 200)


def _reason(what: str, label: str, typed: dict[str, str]) -> ReasonForm:
    return ReasonForm(label=label, initial={"reason": typed.get(what, "")}, auto_id=f"id_{what}_%s")


def _found(pk: int) -> Alert:
    return get_object_or_404(Alert.objects.select_related("standing", "by"), pk=pk)


def _check_may_see(person: StaffMember) -> None:
    if not person.has_perm(permission("view_alert")):
        raise PermissionDenied


def preview_of(alert: Alert, *, is_confirmed: bool = False) -> SafeString:
    """An alert as patients will see it above a page in each of its languages, with no link to its own page."""
    now = timezone.now()
    details, since = details_at(now), max(alert.starts_at or now, now)
    pages = []
    for words in alert.in_all_languages:
        shown = Shown.of(alert, words, since=since, is_confirmed=is_confirmed or not alert.is_emergency)
        with translation.override(words.language):
            html = as_html([shown], lambda html, language: assembled(html, language, details))
        pages.append((words.language, direction(words.language), html))
    return format_html_join("", '<div lang="{}" dir="{}">{}</div>', pages)


def without_leaflet(medicines) -> list[Medicine]:
    """Those of the medicines of which patients can read no leaflet now: only lists show their alerts."""
    now = timezone.now()
    return [medicine for medicine in medicines if not relatives(medicine.shown_leaflets, now)]


def state_of(alert: Alert, at: dt.datetime) -> str:
    """Where an alert stands, in a sentence."""
    standing, kinds = alert.standing, {one.kind for one in alert.acts.all()}
    if "declined" in kinds:
        return _("Declined by the second person.")
    if "ended" in kinds:
        return _("Ended.") if standing.shown_from else _("Taken back before patients met it.")
    if standing.is_shown(at):
        return _("Patients see it.") if standing.is_confirmed else _("Patients see it, and nobody has confirmed it.")
    if (standing.shown_until or standing.waits_until or at) <= at:
        return _("Its time is over.")
    if standing.shown_from:
        return _("Patients will see it at its time.")
    return _("It waits for a second person.")


def _render(request: HttpRequest, template: str, context: dict, *, status: int = 200) -> HttpResponse:
    context = {**admin.site.each_context(request), "leaflet": None, "sentence": "", **context}
    return render(request, f"admin/alerts/{template}.html", context, status=status)

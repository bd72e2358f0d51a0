"""Everything of one person: found by their e-mail address, to download and to erase; and how long words are kept."""

import json

from django.contrib import admin
from django.contrib.admin import AdminSite
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.translation import gettext as _

from monographs.admin.frame.forms.stale import AsOpenedForm, OneAtATime
from monographs.admin.replies.matters.matter import may
from monographs.data_life.periods import RetentionPeriod, change_period
from monographs.data_life.person import erase_person, export, replies_of
from monographs.mail.addresses import bare
from monographs.refusals import Refused, Unacceptable


def urls(site: AdminSite) -> list[URLPattern]:
    """One person's words."""
    return [path("replies/person/", site.admin_view(person), name="reply-person")]


def person(request: HttpRequest) -> HttpResponse:
    """Looks up by POST alone: an address in a query would stand in logs and histories."""
    if not (may(request, "erase_comment") or may(request, "export_person")):
        raise PermissionDenied
    sent = request.POST
    email, verb = sent.get("email", "").strip(), sent.get("verb", "")
    refusal, status, erased = "", 200, None
    try:
        if verb == "export":
            return _file(export(email, by=request.user))
        if verb == "erase":
            erased = erase_person(email, by=request.user, reason=sent.get("reason", ""))
        elif verb == "find" and not bare(email):
            raise Unacceptable(_("Type the e-mail address that was left with the replies."))
    except Refused as refused:
        refusal, status = str(refused), refused.status
    context = {
        **admin.site.each_context(request),
        "title": _("One person’s words"),
        "email": email if erased is None else "",
        "replies": replies_of(email) if email and erased is None else [],
        "has_looked": bool(email) and erased is None and not refusal,
        "erased": erased,
        "refusal": refusal,
        "typed": sent,
        "may_export": may(request, "export_person"),
        "may_erase": may(request, "erase_comment"),
    }
    response = render(request, "admin/replies/person.html", context, status=status)
    response["Cache-Control"] = "no-store"
    return response


def _file(stored: dict) -> HttpResponse:
    text = json.dumps(stored, ensure_ascii=False, indent=2)
    response = HttpResponse(text, content_type="application/json; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="person-{timezone.localdate():%Y-%m-%d}.json"'
    response["Cache-Control"] = "no-store"
    return response


class PeriodForm(AsOpenedForm):
    class Meta:
        model = RetentionPeriod
        fields = ()  # those that the admin names


@admin.register(RetentionPeriod)
class RetentionPeriodAdmin(OneAtATime):
    """The clinic's own periods; the clock carries them out."""

    form = PeriodForm
    list_display = ("what", "days")
    fields = ("what", "days")
    readonly_fields = ("what",)
    ordering = ("pk",)

    def has_add_permission(self, request):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    def save_model(self, request, obj, form, change):
        change_period(obj, by=request.user, days=form.cleaned_data["days"])

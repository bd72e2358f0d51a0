"""Asking an outside expert about a leaflet's newest text, and what experts have answered."""

import datetime as dt

from django import forms
from django.contrib import messages
from django.contrib.admin import AdminSite
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from monographs.admin.frame.leaflet.page import Missing, leaflet_screens, show, to_screen, whole_number
from monographs.leaflets.models import Leaflet
from monographs.refusals import Unacceptable
from monographs.review.fact_check import OPEN_FOR, ask, close, token_of
from monographs.review.models import FactCheck
from monographs.revisions.actions import newest_revision
from monographs.staff.roles import permission
from monographs.staff.rules import check_permission

_JUST_ASKED = "fact-check-just-asked"  # in the session: whoever has the link can answer, so it is not left lying about


class AskForm(forms.Form):
    expert = forms.CharField(required=False, label=gettext_lazy("The expert's name"), widget=forms.TextInput)
    question = forms.CharField(
        required=False, label=gettext_lazy("What you would like to know"), widget=forms.Textarea(attrs={"rows": 3})
    )
    days = forms.IntegerField(
        label=gettext_lazy("Days for which the link is good"),
        min_value=1,
        max_value=90,
        initial=OPEN_FOR.days,
        error_messages={"required": gettext_lazy("A link can be open for 1 to 90 days.")},
    )


def urls(site: AdminSite) -> list[URLPattern]:
    """The address of this screen."""
    return leaflet_screens(site, {"fact-checks": checks_page})


def checks_page(request: HttpRequest, leaflet: Leaflet) -> HttpResponse:
    """All fact checks of a leaflet with their answers; POST opens another, whose link is shown once, to who made it."""
    check_permission(request.user, "view_factcheck", _("You may not see fact checks."))
    revision = newest_revision(leaflet)
    if not revision:
        raise Unacceptable(_("There is nothing to ask about yet: save the leaflet first."))
    if request.method == "POST" and "close" in request.POST:
        return _close(request, leaflet)
    form = AskForm(request.POST if request.method == "POST" else None)
    refused = None
    if request.method == "POST":
        check_permission(request.user, "ask_factcheck", _("You may not ask outside experts."))
        try:
            if not form.is_valid():
                raise Unacceptable(_("Please correct the form."))
            check = ask(
                revision,
                by=request.user,
                expert=form.cleaned_data["expert"],
                question=form.cleaned_data["question"],
                open_for=dt.timedelta(days=form.cleaned_data["days"]),
            )
        except Unacceptable as unacceptable:
            refused = unacceptable
        else:
            request.session[_JUST_ASKED] = check.pk
            messages.success(request, _("The link is ready. Copy it now and send it to the expert."))
            return to_screen("leaflet-fact-checks", leaflet)
    may_ask = request.user.has_perm(permission("ask_factcheck"))
    just_asked = request.session.pop(_JUST_ASKED, None)
    checks = FactCheck.objects.filter(revision__leaflet=leaflet).select_related("revision", "asked_by")
    return show(
        request,
        "review/fact_checks",
        leaflet,
        _("Fact checks: %(leaflet)s") % {"leaflet": leaflet},
        refused=refused,
        checks=[(check, _link(request, check) if check.pk == just_asked else "") for check in checks],
        now=timezone.now(),
        form=form,
        revision=revision,
        may_ask=may_ask,
    )


def _close(request: HttpRequest, leaflet: Leaflet) -> HttpResponse:
    number = whole_number(request.POST["close"], _("The fact check"))
    check = FactCheck.objects.filter(revision__leaflet=leaflet, pk=number).first()
    if not check:
        raise Missing(_("This leaflet has no such fact check."))
    close(check, by=request.user)
    messages.success(request, _("The link to %(expert)s has ended.") % {"expert": check.expert})
    return to_screen("leaflet-fact-checks", leaflet)


def _link(request: HttpRequest, check: FactCheck) -> str:
    """The whole address to send to the expert; "" once it is answered or its time is over."""
    if check.answered_at or check.expires_at <= timezone.now():
        return ""
    return request.build_absolute_uri(reverse("fact-check", args=[token_of(check)]))

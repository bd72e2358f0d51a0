"""The second step of a log-in: a code of an app, a recovery code, or a passkey."""

from allauth.account.internal.flows.login import record_authentication
from allauth.account.internal.stagekit import LOGIN_SESSION_KEY
from allauth.mfa.models import Authenticator
from django import forms
from django.contrib import admin, messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache

from monographs.admin.people.log_in import stage_of
from monographs.refusals import Refused
from monographs.staff.models import StaffMember
from monographs.staff.passwords.attempts import begin_again, forgive
from monographs.staff.passwords.log_in import code_failed
from monographs.staff.second_factor.factors import recovery_codes_left, use_code
from monographs.staff.second_factor.passkeys import WrongAnswer, ask, check_answer

_ABOUT = "log-in"  # what a passkey is asked about here


class CodeForm(forms.Form):
    """A code, as an app shows it or as it was written down; spaces and hyphens do not matter."""

    code = forms.CharField(
        label=gettext_lazy("Code"),
        max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "autofocus": True, "dir": "ltr"}),
    )


@never_cache
@login_not_required
def second_factor(request: HttpRequest) -> HttpResponse:
    """Ask whoever gave the right password for the second factor, and let them in with it."""
    if admin.site.has_permission(request):
        return redirect("admin:index")
    has_begun = LOGIN_SESSION_KEY in request.session
    stage = stage_of(request)
    if stage is None:
        if has_begun:
            messages.error(request, _("That took too long, or something has changed since. Please log in again."))
        return redirect("admin:login")
    form, refused = CodeForm(request.POST if "code" in request.POST else None), None
    if request.method == "POST" and form.is_valid():
        try:
            if found := _checked(stage.login.user, form.cleaned_data["code"]):
                return let_in(request, stage, found)
            form.add_error("code", _("That is not the right code, or it was used before."))
        except Refused as refusal:
            refused = refusal
    elif request.method == "POST" and "passkey" in request.POST:
        try:
            return let_in(request, stage, _answered(request, stage.login.user))
        except Refused as refusal:
            refused = refusal
    return _page(request, stage.login.user, form, refused)


def let_in(request: HttpRequest, stage, found: Authenticator) -> HttpResponse:
    """The second factor was right; where that could not be recorded, back to the first step."""
    person = stage.login.user
    record_authentication(request, person, "mfa", id=found.pk, type=found.type)
    try:
        response = stage.exit()
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect("admin:login")
    if found.type == Authenticator.Type.RECOVERY_CODES:
        left = len(recovery_codes_left(person))
        messages.warning(
            request,
            _("You used a recovery code; %(left)s are left. Under “Your log-in” you can make new ones.")
            % {"left": left},
        )
    return response


def _checked(person: StaffMember, code: str) -> Authenticator | None:
    tried = begin_again(person, "code")
    found = use_code(person, code)
    if found is None:
        code_failed(tried, person)
    else:
        forgive(tried)
    return found


def _answered(request: HttpRequest, person: StaffMember) -> Authenticator:
    tried = begin_again(person, "code")
    try:
        shown = check_answer(request.session, person, _ABOUT, request.POST["passkey"])
    except WrongAnswer:
        code_failed(tried, person)
        raise
    forgive(tried)
    return shown.authenticator


def _page(request: HttpRequest, person: StaffMember, form: CodeForm, refused: Refused | None) -> HttpResponse:
    kinds = set(Authenticator.objects.filter(user=person).values_list("type", flat=True))
    context = {
        **admin.site.each_context(request),
        "title": _("Second factor"),
        "form": form,
        "sentence": str(refused or ""),
        "has_app": Authenticator.Type.TOTP in kinds,
        "options": ask(request.session, person, _ABOUT) if Authenticator.Type.WEBAUTHN in kinds else "",
    }
    return render(request, "admin/people/second_factor.html", context, status=refused.status if refused else 200)

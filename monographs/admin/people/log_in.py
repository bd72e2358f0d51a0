"""The staff's one door: a name and a password, counted before they are looked at, and a second factor after them."""

from allauth.account.internal.stagekit import clear_login
from allauth.account.stages import LoginStageController
from allauth.mfa.stages import AuthenticateStage
from django import forms
from django.contrib.admin.forms import AdminAuthenticationForm
from django.contrib.auth import REDIRECT_FIELD_NAME, authenticate
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import LoginView
from django.core.validators import MaxLengthValidator
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.cache import never_cache

from monographs.audit.context import client_address
from monographs.audit.record import refusal_of
from monographs.refusals import Busy, Refused
from monographs.staff.door import begin_log_in, is_still_good
from monographs.staff.models import StaffMember
from monographs.staff.passwords.attempts import begin, forgive
from monographs.staff.passwords.log_in import failed

LONGEST = 1_000  # characters of a password; to hash a longer one only keeps the server busy


class LogInForm(AdminAuthenticationForm):
    """Django's. Every refusal says the same of a wrong password, an unknown name and an account without access."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["password"].max_length = LONGEST
        self.fields["password"].validators.append(MaxLengthValidator(LONGEST))

    def clean(self) -> dict:
        name, password = self.cleaned_data.get("username"), self.cleaned_data.get("password")
        if name and password:
            try:
                self._look_at(name, password)
            except Busy:
                raise  # the page says so, with the status that fits (`ClinicAdminSite.login`)
            except Refused as refusal:
                raise forms.ValidationError(str(refusal), code="refused") from refusal
            except OperationalError as error:
                refusal = refusal_of(error)
                if isinstance(refusal, Busy):
                    raise refusal from error
                if refusal:
                    raise forms.ValidationError(str(refusal), code="refused") from error
                raise
        return self.cleaned_data

    def _look_at(self, name: str, password: str) -> None:
        tried = begin(name, client_address(self.request))
        person = authenticate(self.request, username=name, password=password)
        if person is None or not person.is_staff:
            failed(tried, StaffMember.objects.filter(username=name).first())
            raise self.get_invalid_login_error()
        forgive(tried)
        self.user_cache = person


class LogInView(LoginView):
    """Django's, but whoever has a second factor is asked for it before being in."""

    authentication_form = LogInForm
    template_name = "admin/login.html"

    def form_valid(self, form: LogInForm) -> HttpResponse:
        try:
            return begin_log_in(self.request, form.get_user(), go_to=self.get_success_url())
        except Busy:
            raise  # nothing is recorded, so nobody is in; the page says so
        except Refused as refusal:
            form.add_error(None, str(refusal))
            return self.form_invalid(form)


@never_cache
@login_not_required
def log_in(request: HttpRequest, context: dict) -> HttpResponse:
    """The page to log in; ``context`` is the admin site's."""
    if REDIRECT_FIELD_NAME not in request.GET and REDIRECT_FIELD_NAME not in request.POST:
        context = {REDIRECT_FIELD_NAME: reverse("admin:index"), **context}
    return LogInView.as_view(extra_context=context)(request)


def stage_of(request: HttpRequest) -> AuthenticateStage | None:
    """The log-in of which only the second factor is missing; None if there is none, or it may not go on any more."""
    stage = LoginStageController.enter(request, AuthenticateStage.key)
    if stage and not is_still_good(stage.login):
        clear_login(request)
        return None
    return stage

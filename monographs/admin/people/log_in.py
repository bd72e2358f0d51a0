"""The staff's one door: a name and a password, counted before they are looked at."""

from django import forms
from django.contrib.admin.forms import AdminAuthenticationForm
from django.contrib.auth import authenticate
from django.db import OperationalError

from monographs.audit.context import client_address
from monographs.audit.record import refusal_of
from monographs.refusals import Busy, Refused
from monographs.staff.attempts import begin
from monographs.staff.log_in import failed, logged_in
from monographs.staff.models import StaffMember

LONGEST = 1_000  # characters of a password; to hash a longer one only keeps the server busy


class LogInForm(AdminAuthenticationForm):
    """Django's. Every refusal says the same of a wrong password, an unknown name and an account without access."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["password"].max_length = LONGEST
        self.fields["password"].validators.append(forms.fields.validators.MaxLengthValidator(LONGEST))

    def clean(self) -> dict:
        name, password = self.cleaned_data.get("username"), self.cleaned_data.get("password")
        if name and password:
            try:
                self._log_in(name, password)
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

    def _log_in(self, name: str, password: str) -> None:
        tried = begin(name, client_address(self.request))
        person = authenticate(self.request, username=name, password=password)
        if person is None or not person.is_staff:
            failed(tried, StaffMember.objects.filter(username=name).first())
            raise self.get_invalid_login_error()
        logged_in(tried, person)
        self.user_cache = person

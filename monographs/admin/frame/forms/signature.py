"""What a second person signs with: the password, or a passkey's answer. The verb judges it; the form only reads it."""

from django import forms
from django.utils.translation import gettext_lazy


class SignatureForm(forms.Form):
    """A screen adds what was on it (``seen…``) and the note."""

    password = forms.CharField(
        required=False,
        strip=False,
        label=gettext_lazy("Your password, to sign"),
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password", "required": True}),
    )
    passkey = forms.CharField(required=False, widget=forms.HiddenInput)

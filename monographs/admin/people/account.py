"""One's own log-in: the second factor, its recovery codes, and the open sessions."""

import datetime as dt
import time

from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.utils import decrypt
from django import forms
from django.contrib import admin, messages
from django.contrib.admin import AdminSite
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import redirect, render
from django.urls import URLPattern, path
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from monographs.admin.people.log_in import LONGEST
from monographs.admin.people.second_factor import CodeForm
from monographs.refusals import Refused, Unacceptable
from monographs.staff.second_factor.factors import (
    add_app,
    check_password_again,
    new_recovery_codes,
    new_secret,
    recovery_codes_left,
    remove_factor,
)
from monographs.staff.second_factor.passkeys import GOOD_FOR, add_passkey, ask_for_new
from monographs.staff.second_factor.rule import asked_in, forget_what_was_asked, has_one, note_what_is_asked
from monographs.staff.sessions.open import end_session, open_sessions

Kind = Authenticator.Type
_SECRET = "secret_of_the_app"  # noqa: S105 - where in a session it stands, encrypted, until the app has shown a code
_MAY_ADD = "may_add_passkey"  # when the password was given for it
_CODES = "show_recovery_codes"  # they were made in this session, and not put away yet


class PasswordForm(forms.Form):
    """The password, asked again: an open log-in must not be enough to change how one logs in."""

    password = forms.CharField(
        label=gettext_lazy("Your password"),
        max_length=LONGEST,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )


class AppForm(CodeForm, PasswordForm):
    """The code that a new app shows, and the password."""

    field_order = ("code", "password")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["code"].label = _("The code that the app shows now")
        self.fields["code"].widget.attrs.pop("autofocus")


def urls(site: AdminSite) -> list[URLPattern]:
    """The addresses of these screens."""
    return [
        path("account/", site.admin_view(account_page), name="account"),
        path("account/app/", site.admin_view(app_page), name="account-app"),
        path("account/passkey/", site.admin_view(passkey_page), name="account-passkey"),
        path("account/codes/", site.admin_view(codes_page), name="account-codes"),
        path("account/remove/<int:pk>/", site.admin_view(remove_page), name="account-remove"),
        path("account/end/", site.admin_view(end_view), name="account-end"),
    ]


def account_page(request: HttpRequest) -> HttpResponse:
    """What one logs in with, and where one is logged in now."""
    factors = [
        {"pk": found.pk, "kind": found.type, "name": str(found), "added": found.created_at, "used": found.last_used_at}
        for found in Authenticator.objects.filter(user=request.user).order_by("created_at", "pk")
        if found.type != Kind.RECOVERY_CODES
    ]
    return show(
        request,
        "account",
        _("Your log-in"),
        factors=factors,
        has_app=any(factor["kind"] == Kind.TOTP for factor in factors),
        codes_left=len(recovery_codes_left(request.user)) if factors else 0,
        asked=asked_in(request.session),
        sessions=open_sessions(request.user),
        this_session=request.session.session_key,
    )


def app_page(request: HttpRequest) -> HttpResponse:
    """Set up an app that makes codes: its QR code and secret, then the code it shows."""
    if Authenticator.objects.filter(user=request.user, type=Kind.TOTP).exists():
        messages.info(request, _("You have set up an app already. Take it away first."))
        return redirect("admin:account")
    if _SECRET not in request.session:
        request.session[_SECRET] = new_secret()  # the same until it is used: whoever opens the page twice has one code
    secret, form, refused = request.session[_SECRET], AppForm(request.POST or None), None
    if request.method == "POST" and form.is_valid():
        try:
            check_password_again(request.user, form.cleaned_data["password"])
            add_app(request.user, secret=secret, code=form.cleaned_data["code"])
        except Refused as refusal:
            refused = refusal
        else:
            del request.session[_SECRET]
            return after_adding(request, _("The app is set up. From now on its code is asked for when you log in."))
    plain = decrypt(secret)
    address = get_adapter().build_totp_url(request.user, plain)
    return show(
        request,
        "app",
        _("Set up an app"),
        refused=refused,
        form=form,
        qr=_drawn(address),
        address=address,
        secret=" ".join(plain[place : place + 4] for place in range(0, len(plain), 4)),
    )


def passkey_page(request: HttpRequest) -> HttpResponse:
    """Set up a passkey: first the password, so that none is made in vain, then the device is asked."""
    form, refused = PasswordForm(request.POST if "password" in request.POST else None), None
    try:
        if request.method == "POST" and "passkey" in request.POST and _may_add(request):
            name, answer = request.POST.get("name", ""), request.POST["passkey"]
            add_passkey(request.session, request.user, name=name, answer=answer)
            return after_adding(request, _("The passkey is set up. It is asked for when you log in."))
        if form.is_bound and form.is_valid():
            check_password_again(request.user, form.cleaned_data["password"])
            request.session[_MAY_ADD] = time.time()
            return redirect("admin:account-passkey")
    except Refused as refusal:
        refused = refusal
    options = ask_for_new(request.session, request.user) if _may_add(request) else ""
    name = request.POST.get("name", "") or _("My device")
    return show(request, "passkey", _("Set up a passkey"), refused=refused, form=form, options=options, usual_name=name)


def _may_add(request: HttpRequest) -> bool:
    """Whether the password was given for it some minutes ago."""
    return 0 <= time.time() - request.session.get(_MAY_ADD, 0) < GOOD_FOR


def after_adding(request: HttpRequest, sentence: str) -> HttpResponse:
    """Something was set up: on to the recovery codes if these are the first, else back."""
    forget_what_was_asked(request.session)
    messages.success(request, sentence)
    if recovery_codes_left(request.user):
        return redirect("admin:account")
    new_recovery_codes(request.user)
    request.session[_CODES] = True
    return redirect("admin:account-codes")


def codes_page(request: HttpRequest) -> HttpResponse:
    """Recovery codes: shown from when they are made until they are put away, and to nobody after that."""
    form, refused = PasswordForm(request.POST if "password" in request.POST else None), None
    if request.method == "POST" and "put_away" in request.POST:
        request.session.pop(_CODES, None)
        return redirect("admin:index")
    if request.method == "POST" and form.is_valid():
        try:
            check_password_again(request.user, form.cleaned_data["password"])
            new_recovery_codes(request.user)
        except Refused as refusal:
            refused = refusal
        else:
            request.session[_CODES] = True
            return redirect("admin:account-codes")
    if not has_one(request.user):
        return redirect("admin:account")
    left = recovery_codes_left(request.user)
    shown = left if request.session.get(_CODES) else []
    return show(request, "codes", _("Recovery codes"), refused=refused, form=form, codes=shown, codes_left=len(left))


def remove_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Take one's own app or passkey away: GET says what that means, POST does it."""
    found = Authenticator.objects.filter(user=request.user, pk=pk).exclude(type=Kind.RECOVERY_CODES).first()
    if not found:
        messages.info(request, _("This is taken away already."))
        return redirect("admin:account")
    form, refused = PasswordForm(request.POST or None), None
    if request.method == "POST" and form.is_valid():
        try:
            check_password_again(request.user, form.cleaned_data["password"])
            remove_factor(request.user, pk)
            note_what_is_asked(request.session, request.user)  # it may have been the last one
        except Refused as refusal:
            refused = refusal
        else:
            messages.success(request, _("Taken away."))
            return redirect("admin:account")
    return show(request, "remove", _("Take it away"), refused=refused, form=form, label=str(found), kind=found.type)


def end_view(request: HttpRequest) -> HttpResponse:
    """End one of one's own sessions, named by when it began (POST)."""
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    try:
        began_at = dt.datetime.fromisoformat(request.POST.get("began_at", ""))
    except ValueError as error:
        raise Unacceptable(_("The form came incomplete. Please open the page again.")) from error
    if began_at.tzinfo is None:
        raise Unacceptable(_("The form came incomplete. Please open the page again."))
    end_session(request.user, began_at)
    messages.success(request, _("That session is ended."))
    return redirect("admin:account")


def show(request: HttpRequest, name: str, title: str, *, refused: Refused | None = None, **context) -> HttpResponse:
    """Render ``templates/admin/people/<name>.html`` in the admin's frame; a refusal is said above it."""
    frame = {**admin.site.each_context(request), "title": title, "sentence": str(refused or "")}
    status = refused.status if refused else 200
    return render(request, f"admin/people/{name}.html", {**frame, **context}, status=status)


def _drawn(address: str) -> str:
    """The QR code as an element of the page: the Content-Security-Policy forbids a picture within an address."""
    import qrcode
    from qrcode.image.svg import SvgPathImage

    return mark_safe(qrcode.make(address, image_factory=SvgPathImage).to_string(encoding="unicode"))  # noqa: S308

"""What allauth asks us: who may come in, what happens when they are in, and how secrets are kept."""

import base64
import functools

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records, perform_login
from allauth.account.models import Login
from allauth.mfa.adapter import DefaultMFAAdapter
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from monographs.audit.context import client_address
from monographs.audit.record import act
from monographs.refusals import Conflict
from monographs.staff.models import StaffMember
from monographs.staff.passwords.log_in import logged_in
from monographs.staff.second_factor.rule import note_what_is_asked
from monographs.staff.sessions.open import note_beginning

_HASH = "auth_hash"


def begin_log_in(request: HttpRequest, person: StaffMember, *, go_to: str) -> HttpResponse:
    """The password was right: let the person in and on to ``go_to``, or ask for the second factor first.

    Raises Busy where it could not be recorded; then nobody is in.
    """
    login = Login(user=person, redirect_url=go_to, state={_HASH: person.get_session_auth_hash()})
    return perform_login(request, login)


def is_still_good(login: Login) -> bool:
    """Whether who gave the right password may still come in: it may have been changed since, or the access gone."""
    person = login.user
    return bool(
        person and person.is_active and person.is_staff and login.state.get(_HASH) == person.get_session_auth_hash()
    )


class AccountAdapter(DefaultAccountAdapter):
    """Nobody signs up; the second factor is the one stage; our pages say what there is to say."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def get_login_stages(self) -> list[str]:
        return ["allauth.mfa.stages.AuthenticateStage"]

    def login(self, request: HttpRequest, user: StaffMember) -> None:
        used = [record["type"] for record in get_authentication_records(request, user) if record["method"] == "mfa"]
        try:
            self._enter(request, user, used=used[-1] if used else "")
        except Exception:
            request.session.flush()  # what could not be recorded has not happened: nobody is in
            raise

    @act
    def _enter(self, request: HttpRequest, user: StaffMember, *, used: str) -> None:
        logged_in(user, used=used)
        super().login(request, user)
        note_beginning(request.session, address=client_address(request), agent=request.headers.get("User-Agent", ""))
        note_what_is_asked(request.session, user)

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        return reverse("admin:index")

    def add_message(self, *args, **kwargs) -> None:
        """Allauth's own words are not said."""

    def send_notification_mail(self, *args, **kwargs) -> None:
        """Our verbs put it on record instead."""


class FactorAdapter(DefaultMFAAdapter):
    """Secrets are encrypted with a key made from the site's secret key: a copy of the database is no second factor."""

    def encrypt(self, text: str) -> str:
        return _cipher().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        from cryptography.fernet import InvalidToken

        try:
            return _cipher().decrypt(encrypted_text.encode()).decode()
        except InvalidToken as error:
            raise Conflict(
                _(
                    "The site’s secret key was changed, so second factors set up before can’t be used. "
                    "Ask an administrator to take yours away."
                )
            ) from error

    def get_totp_label(self, user: StaffMember) -> str:
        return user.username

    def get_public_key_credential_user_entity(self, user: StaffMember) -> dict:
        return {"id": str(user.pk).encode(), "display_name": user.name, "name": user.username}


def _cipher():
    return _made_of((settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS))


@functools.lru_cache(maxsize=1)
def _made_of(secret_keys: tuple[str, ...]):
    """Encrypts with the first, decrypts with each. The package is loaded where the first secret is met."""
    from cryptography.fernet import Fernet, MultiFernet

    keys = [salted_hmac("monographs.staff.door", "secrets", secret=key, algorithm="sha256") for key in secret_keys]
    return MultiFernet([Fernet(base64.urlsafe_b64encode(key.digest())) for key in keys])

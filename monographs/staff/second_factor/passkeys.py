"""Passkeys (WebAuthn level 2): a key on the person's device, which shows that it is there and that it is the person.

Each question ("challenge") is asked once, for one purpose and of one session, and is good for some minutes. The session
keeps the questions, not the page: so that an answer can't be brought again, nor an answer to another question.
"""

import json
import time
from dataclasses import dataclass

from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.internal import auth
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from fido2.utils import websafe_encode
from fido2.webauthn import (
    AuthenticationResponse,
    RegistrationResponse,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from monographs.audit.record import act, record
from monographs.refusals import NotAllowed, Unacceptable
from monographs.staff.models import StaffMember

GOOD_FOR = 600  # seconds
_QUESTIONS = "passkey_questions"
_AT_ONCE = 8  # open questions of one session: pages in as many tabs
_LONGEST = 20_000  # characters of an answer; they have some hundreds


class WrongAnswer(NotAllowed):
    """What was brought is not this person's passkey's answer to an open question."""


@dataclass(frozen=True)
class Shown:
    """A passkey that has answered: whose it is, which, and what it was asked about. Made by `check_answer` alone."""

    person: StaffMember
    authenticator: Authenticator
    about: str


def has_passkey(person: StaffMember) -> bool:
    """Whether there is one to be asked."""
    return Authenticator.objects.filter(user=person, type=Authenticator.Type.WEBAUTHN).exists()


def ask_for_new(session, person: StaffMember) -> str:
    """What a browser needs to make a passkey, as JSON; one that the device has already is not made again."""
    options, state = auth.get_server().register_begin(
        user=auth.build_user_payload(person),
        credentials=auth.get_credentials(person),
        resident_key_requirement=ResidentKeyRequirement.DISCOURAGED,
        user_verification=UserVerificationRequirement.REQUIRED,
    )
    return _asked(session, options, state, "add")


def ask(session, person: StaffMember, about: str) -> str:
    """What a browser needs to ask one of the person's passkeys, as JSON. ``about`` is "log-in", or what is signed."""
    options, state = auth.get_server().authenticate_begin(
        credentials=auth.get_credentials(person), user_verification=UserVerificationRequirement.REQUIRED
    )
    return _asked(session, options, state, about)


def check_answer(session, person: StaffMember, about: str, answer: str) -> Shown:
    """The passkey that gave this answer (JSON, from the browser). Raises WrongAnswer; the question is closed."""
    parsed = _parsed(AuthenticationResponse, answer)
    state = _take_question(session, parsed.response.client_data.challenge, about)
    try:
        given = auth.get_server().authenticate_complete(state, auth.get_credentials(person), parsed)
    except (ValueError, TypeError, ValidationError) as error:
        raise WrongAnswer(_not_right()) from error
    found = auth.get_authenticator_by_credential_id(person, given.credential_id)
    if not found:
        raise WrongAnswer(_not_right())
    found.record_usage()
    return Shown(person, found, about)


def add_passkey(session, person: StaffMember, *, name: str, answer: str) -> None:
    """Keep the passkey that a browser made. Raises WrongAnswer, Unacceptable without a name."""
    name = "".join(sign for sign in name if sign.isprintable()).strip()[:60]
    if not name:
        raise Unacceptable(_("Give it a name, so that you know which one to take away when a device is lost."))
    parsed = _parsed(RegistrationResponse, answer)
    state = _take_question(session, parsed.response.client_data.challenge, "add")
    try:
        auth.get_server().register_complete(state, parsed)
    except (ValueError, TypeError) as error:
        raise WrongAnswer(_not_right()) from error
    _keep(person, name, json.loads(answer))


@act
def _keep(person: StaffMember, name: str, credential: dict) -> None:
    auth.WebAuthn.add(person, name, credential)
    record("staff.second-factor-added", by=person, about=person, data={"kind": Authenticator.Type.WEBAUTHN.value})


def _asked(session, options, state: dict, about: str) -> str:
    open_ones = [one for one in session.get(_QUESTIONS, []) if one["at"] > time.time() - GOOD_FOR]
    session[_QUESTIONS] = [*open_ones, {"about": about, "at": time.time(), "state": state}][-_AT_ONCE:]
    return json.dumps(dict(options))


def _take_question(session, challenge: bytes, about: str) -> dict:
    """The state of the open question that was answered; from now on it is closed."""
    questions, asked = session.get(_QUESTIONS, []), websafe_encode(challenge)
    for one in questions:
        if one["state"]["challenge"] == asked:
            session[_QUESTIONS] = [other for other in questions if other is not one]
            if one["about"] == about and one["at"] > time.time() - GOOD_FOR:
                return one["state"]
    raise WrongAnswer(_("That took too long, or the page was sent twice. Please try again."))


def _parsed(kind: type, answer: str):
    try:
        if len(answer) > _LONGEST or not isinstance(found := json.loads(answer), dict):
            raise ValueError
        return kind.from_dict(found)
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        raise WrongAnswer(_not_right()) from error


def _not_right() -> str:
    return _("That was not one of your passkeys. Please try again.")

"""What is done with second factors: set up, used, taken away. Each is on record, with its kind and never its secret."""

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import (
    TOTP,
    compare_user_code,
    format_hotp_value,
    generate_totp_secret,
    hotp_value,
    yield_hotp_counters_from_time,
)
from allauth.mfa.utils import decrypt, encrypt
from django.utils.translation import gettext as _

from monographs.audit.record import act, record
from monographs.refusals import Conflict, NotAllowed, Unacceptable
from monographs.staff.models import StaffMember
from monographs.staff.passwords.attempts import begin_again, forgive
from monographs.staff.rules import check_may_change_person
from monographs.text.letters.signs import cleaned, is_blank

Kind = Authenticator.Type
_USED = "used_steps"  # of an app's codes: the newest steps of 30 seconds in which one was taken
_KEPT = 8  # how many of them; at any time three can be asked for


class WrongPassword(NotAllowed):
    """Somebody gave a password that is not the person's."""


def check_password_again(person: StaffMember, password: str) -> None:
    """Ask somebody who is logged in for the password: an open log-in is no place to guess it.

    Counted before it is looked at, and not within a verb, whose turn nobody else should wait for meanwhile. Raises
    Unacceptable without one, WrongPassword, LockedOut after some wrong ones.
    """
    if not password:
        raise Unacceptable(_("Give your password."))
    tried = begin_again(person, "password")
    if not person.check_password(password):
        _password_failed(person)
        raise WrongPassword(_("That is not your password. Please try again."))
    forgive(tried)


@act
def _password_failed(person: StaffMember) -> None:
    record("staff.password-refused", by=person, about=person)


def new_secret() -> str:
    """For an app that makes codes: 160 bits in base32 (RFC 4226, section 4), encrypted as it may be kept."""
    return encrypt(generate_totp_secret())


@act
def add_app(person: StaffMember, *, secret: str, code: str) -> None:
    """Set up an app that makes codes; ``code`` shows that it does. Raises Unacceptable, or Conflict if there is one."""
    if Authenticator.objects.filter(user=person, type=Kind.TOTP).exists():
        raise Conflict(_("You have set up an app already. Take it away first."))
    step = _step_of(decrypt(secret), code, used=())
    if step is None:
        raise Unacceptable(_("That is not the code which the app shows now. Is the clock of your phone right?"))
    added = TOTP.activate(person, decrypt(secret)).instance
    added.data[_USED] = [step]
    added.save(update_fields=("data",))
    _added(person, Kind.TOTP)


@act
def new_recovery_codes(person: StaffMember) -> list[str]:
    """Make new ones, each good for one log-in; older ones are worth nothing. Raises Conflict without a factor."""
    if not Authenticator.objects.filter(user=person).exclude(type=Kind.RECOVERY_CODES).exists():
        raise Conflict(_("Recovery codes are for those who have set up a second factor."))
    Authenticator.objects.filter(user=person, type=Kind.RECOVERY_CODES).delete()
    record("staff.recovery-codes-made", by=person, about=person)
    return RecoveryCodes.activate(person).generate_codes()


def recovery_codes_left(person: StaffMember) -> list[str]:
    """Those that were not used yet."""
    found = Authenticator.objects.filter(user=person, type=Kind.RECOVERY_CODES).first()
    try:
        return found.wrap().get_unused_codes() if found else []
    except Conflict:  # made under another secret key: worth nothing, so new ones can be made
        return []


@act
def use_code(person: StaffMember, code: str) -> Authenticator | None:
    """What gave this code: the app, or the recovery codes; None if it is wrong, or was used before."""
    for found in Authenticator.objects.filter(user=person).exclude(type=Kind.WEBAUTHN):
        if found.type == Kind.TOTP:
            used = found.data.get(_USED, [])
            step = _step_of(decrypt(found.data["secret"]), code, used=used)
            if step is not None:
                found.data[_USED] = [*used, step][-_KEPT:]
                found.save(update_fields=("data",))
                found.record_usage()
                return found
        elif found.wrap().validate_code(code):
            found.record_usage()
            return found
    return None


@act
def remove_factor(person: StaffMember, pk: int) -> None:
    """People take one of their own away. Raises Conflict if it is gone already."""
    found = Authenticator.objects.filter(user=person, pk=pk).exclude(type=Kind.RECOVERY_CODES).first()
    if not found:
        raise Conflict(_("This is taken away already."))
    record("staff.second-factor-removed", by=person, about=person, data={"kind": found.type})
    found.delete()
    rest = Authenticator.objects.filter(user=person)
    if not rest.exclude(type=Kind.RECOVERY_CODES).exists():
        rest.delete()


@act
def take_away(person: StaffMember, *, by: StaffMember | None, reason: str) -> None:
    """Take away all second factors of somebody who lost them, who can then log in with the password and set up others.

    ``by`` is None for whoever has the server's command line. Raises NotAllowed for one's own and by the rules of
    accounts, Unacceptable without a reason, Conflict where there is none.
    """
    if by:
        check_may_change_person(by, StaffMember.objects.get(pk=person.pk))
        if by.pk == person.pk:
            raise NotAllowed(_("Ask a colleague to take away your second factor, or do it under “Your log-in”."))
    reason = cleaned(reason).strip()
    if is_blank(reason):
        raise Unacceptable(_("Say why, and how you made sure who asked for it. It stays on record."))
    found = Authenticator.objects.filter(user=person)
    kinds = sorted(found.exclude(type=Kind.RECOVERY_CODES).values_list("type", flat=True))
    if not kinds:
        raise Conflict(_("There is no second factor to take away."))
    found.delete()
    record("staff.second-factor-taken-away", by=by, about=person, why=reason, data={"kinds": kinds})


def _added(person: StaffMember, kind: str) -> None:
    record("staff.second-factor-added", by=person, about=person, data={"kind": kind})


def _step_of(secret: str, code: str, *, used) -> int | None:
    """In which step of time the app shows this code, if it is one of those that may be given now (RFC 6238, 5.2)."""
    for step in yield_hotp_counters_from_time():
        if step not in used and compare_user_code(actual=code, expected=format_hotp_value(hotp_value(secret, step))):
            return step
    return None

"""Logging in and failing to: both are on record, with the address, and a locked account's owner is told."""

from django.db import transaction
from django.utils.translation import gettext as _

from monographs.audit.record import act, record
from monographs.mail.outbox import post
from monographs.refusals import Conflict
from monographs.staff.models import StaffMember
from monographs.staff.passwords.attempts import LOCKED_FOR, Attempts, Try, again_key, is_locked, keys_of
from monographs.staff.rules import check_may_change_person


@act
def logged_in(person: StaffMember, *, used: str) -> None:
    """The person is in. ``used`` is what it took beside the password: "totp", "webauthn", "recovery_codes", or ""."""
    record("staff.logged-in", by=person, about=person, data={"second_factor": used} if used else None)


@act
def failed(tried: Try, person: StaffMember | None) -> None:
    """The password was wrong, or ``person`` is None: nobody has such a name. What was typed goes nowhere.

    The last try before the lock is recorded as such, once, and the person is to get a letter.
    """
    about = person or Attempts.objects.filter(key=tried.account).first() or Attempts(pk=0)
    _failed("staff.log-in-failed", tried, about)


@act
def code_failed(tried: Try, person: StaffMember) -> None:
    """The password was right and the second factor wrong: like `failed`."""
    _failed("staff.second-factor-failed", tried, person)


def _failed(verb: str, tried: Try, about: StaffMember | Attempts) -> None:
    record(verb, by=None, about=about, keeps_address=True)
    if tried.is_last:
        record("staff.locked-out", by=None, about=about, keeps_address=True)
        if isinstance(about, StaffMember):
            tell_owner(tried, about)


@act
def unlock(person: StaffMember, *, by: StaffMember) -> None:
    """Let a person try again at once. Raises NotAllowed, or Conflict where nothing is locked."""
    check_may_change_person(by, person)
    if not is_locked(person):
        raise Conflict(_("This account is not locked."))
    Attempts.objects.filter(key__in=keys_of(person)).delete()
    record("staff.unlocked", by=by, about=person)


def tell_owner(tried: Try, person: StaffMember) -> None:
    """If this try was the last before the lock, the person is to get a letter; the clock writes it, so that the answer
    takes the same time for a name that nobody has."""
    if tried.is_last:
        Attempts.objects.filter(key=tried.account).update(tell=person)


def tell_of_lock_outs() -> list[StaffMember]:
    """Put a letter into the outbox for each person whose account was locked, once, whatever the number of clocks; who
    they are."""
    told = []
    for found in Attempts.objects.exclude(tell=None).select_related("tell"):
        with transaction.atomic():
            if Attempts.objects.filter(pk=found.pk).exclude(tell=None).update(tell=None):
                _write_to(found.tell, found.key)
                told.append(found.tell)
    return told


def _write_to(person: StaffMember, key: str) -> None:
    name = "locked-out-of-signing" if key == again_key(person, "password") else "locked-out"
    context = {
        "name": person.name,
        "minutes": LOCKED_FOR.seconds // 60,
        "password_was_right": key == again_key(person, "code"),
    }
    post(name, to=person.email, context=context)

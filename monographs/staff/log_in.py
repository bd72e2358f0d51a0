"""Logging in and failing to: both are on record, with the address, and a locked account's owner is told."""

from django.utils.translation import gettext as _

from monographs.audit.record import act, record
from monographs.refusals import Conflict
from monographs.staff.attempts import Attempts, Try, again_key, is_locked, keys_of
from monographs.staff.models import StaffMember
from monographs.staff.rules import check_may_change_person


@act
def logged_in(person: StaffMember, *, used: str) -> None:
    """The person is in. ``used`` is what it took beside the password: "totp", "webauthn", "recovery_codes", or ""."""
    record("staff.logged-in", by=person, about=person, data={"second_factor": used} if used else None)


@act
def failed(tried: Try, person: StaffMember | None) -> None:
    """The password was wrong, or ``person`` is None: nobody has such a name. What was typed goes nowhere.

    The last try before the lock is recorded as such, once, and the person is to get a letter. The clock sends it
    (`claim_letters`), so that the answer takes the same time for a name that nobody has.
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
        person = about if isinstance(about, StaffMember) else None
        Attempts.objects.filter(key=tried.account).update(tell=person)


@act
def unlock(person: StaffMember, *, by: StaffMember) -> None:
    """Let a person try again at once. Raises NotAllowed, or Conflict where nothing is locked."""
    check_may_change_person(by, person)
    if not is_locked(person):
        raise Conflict(_("This account is not locked."))
    Attempts.objects.filter(key__in=keys_of(person)).delete()
    record("staff.unlocked", by=by, about=person)


def claim_letters() -> list[tuple[StaffMember, bool]]:
    """Whom to tell that their account was locked, and whether the password was right and the codes were wrong; each is
    given out once, whatever the number of clocks."""
    claimed = []
    for found in Attempts.objects.exclude(tell=None).select_related("tell"):
        if Attempts.objects.filter(pk=found.pk).exclude(tell=None).update(tell=None):
            claimed.append((found.tell, found.key == again_key(found.tell, "code")))
    return claimed

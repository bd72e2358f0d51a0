"""What a signature takes: the password, asked again for each, or a passkey; and what is done about guesses.

After 21 CFR 11.200(a) (a signing uses the signer's own components) and 11.300(d) (attempts at unauthorized use
are prevented, detected and reported): each try is counted before it is looked at, each wrong one goes on record, and
after some of them nobody can sign under that name for a while, so that a log-in left open is no place to guess a
colleague's password. All of it happens before the verb has its turn to write: nobody waits while a password is hashed.

What is signed is the caller's: a thing, whose history it belongs to, and in ``about`` the words that a passkey is asked
about, with all that was on the screen in them.
"""

from django.db.models import Model
from django.utils.translation import gettext as _

from monographs.audit.record import act, record
from monographs.refusals import NotAllowed
from monographs.staff.models import StaffMember
from monographs.staff.passwords.attempts import ASKED_AGAIN as GUESSES
from monographs.staff.passwords.attempts import LOCKED_FOR, Try, begin_again, forgive
from monographs.staff.passwords.log_in import tell_owner
from monographs.staff.second_factor.passkeys import Shown, WrongAnswer, check_answer

__all__ = ["GUESSES", "LOCKED_FOR", "WrongPassword", "answered_by_passkey", "is_signed_by_passkey"]
REFUSED = "signature.refused"


class WrongPassword(NotAllowed):
    """Somebody tried to sign with a password that is not the signer's."""


def answered_by_passkey(session, *, by: StaffMember, about: str, answer: str, thing: Model, subject: Model) -> Shown:
    """The passkey that answered (JSON, from the browser). Raises WrongAnswer, LockedOut."""
    tried = begin_again(by, "password")
    try:
        shown = check_answer(session, by, about, answer)
    except WrongAnswer:
        _record_refused(tried, by=by, thing=thing, subject=subject)
        raise
    forgive(tried)
    return shown


def is_signed_by_passkey(
    *, by: StaffMember, about: str, password: str, passkey: Shown | None, thing: Model, subject: Model
) -> bool:
    """Whether it was signed with a passkey; else it was with the password. Raises WrongPassword, NotAllowed without one
    or for a passkey that answered to something else, LockedOut after too many wrong ones."""
    if passkey:
        if passkey.person.pk != by.pk or passkey.about != about:
            raise NotAllowed(_("The passkey was not asked about this text, so the approval is not signed."))
        return True
    if not password:
        raise NotAllowed(_("Give your password to sign. Without it the approval is not signed."))
    tried = begin_again(by, "password")
    if not by.check_password(password):
        _record_refused(tried, by=by, thing=thing, subject=subject)
        raise WrongPassword(_("That is not your password, so the approval is not signed. Please try again."))
    forgive(tried)
    return False


@act
def _record_refused(tried: Try, *, by: StaffMember, thing: Model, subject: Model) -> None:
    """Put the attempt on record. After the last one the signer gets a letter."""
    record(REFUSED, by=by, about=thing, subject=subject)
    tell_owner(tried, by)

"""What a signature takes: the password, asked again for each, or a passkey; and what is done about guesses.

After 21 CFR 11.200(a) (a signing uses the signer's own components) and 11.300(d) (attempts at unauthorized use
are prevented, detected and reported): each try is counted before it is looked at, each wrong one goes on record, and
after some of them nobody can sign under that name for a while, so that a log-in left open is no place to guess a
colleague's password. All of it happens before the verb has its turn to write: nobody waits while a password is hashed.
"""

from django.utils.translation import gettext as _

from monographs.audit.record import act, record
from monographs.refusals import NotAllowed
from monographs.review.models import Review, SignedWith
from monographs.staff.attempts import ASKED_AGAIN as GUESSES
from monographs.staff.attempts import LOCKED_FOR, Try, begin_again, forgive
from monographs.staff.log_in import tell_owner
from monographs.staff.models import StaffMember
from monographs.staff.passkeys import Shown, WrongAnswer, check_answer

__all__ = ["GUESSES", "LOCKED_FOR", "WrongPassword", "about_signing", "check_passkey", "check_signature"]
REFUSED = "signature.refused"
Seen = tuple[int | None, int]  # the ids of the revisions that were compared: last released or None, candidate


class WrongPassword(NotAllowed):
    """Somebody tried to sign with a password that is not the signer's."""


def about_signing(review: Review, seen: Seen) -> str:
    """What a passkey is asked about: this review, and the two texts that were on the screen."""
    return f"sign {review.pk} {seen[0]} {seen[1]}"


def check_passkey(session, review: Review, *, by: StaffMember, seen: Seen, answer: str) -> Shown:
    """The passkey that answered (JSON, from the browser), for `check_signature`. Raises WrongAnswer, LockedOut."""
    tried = begin_again(by, "password")
    try:
        shown = check_answer(session, by, about_signing(review, seen), answer)
    except WrongAnswer:
        _record_refused(review, tried, by=by)
        raise
    forgive(tried)
    return shown


def check_signature(
    review: Review, *, by: StaffMember, seen: Seen, password: str = "", passkey: Shown | None = None
) -> SignedWith:
    """What was signed with. Raises WrongPassword, NotAllowed without one or for a passkey that answered to something
    else, LockedOut after too many wrong ones."""
    if passkey:
        if passkey.person.pk != by.pk or passkey.about != about_signing(review, seen):
            raise NotAllowed(_("The passkey was not asked about this text, so the approval is not signed."))
        return SignedWith.PASSKEY
    if not password:
        raise NotAllowed(_("Give your password to sign. Without it the approval is not signed."))
    tried = begin_again(by, "password")
    if not by.check_password(password):
        _record_refused(review, tried, by=by)
        raise WrongPassword(_("That is not your password, so the approval is not signed. Please try again."))
    forgive(tried)
    return SignedWith.PASSWORD


@act
def _record_refused(review: Review, tried: Try, *, by: StaffMember) -> None:
    """Put the attempt on record. After the last one the signer gets a letter."""
    record(REFUSED, by=by, about=review, subject=review.leaflet)
    tell_owner(tried, by)

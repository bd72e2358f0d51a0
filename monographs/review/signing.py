"""The password, asked again for each signature, and what is done about guesses.

After 21 CFR 11.200(a) (a signing uses the signer's own components) and 11.300(d) (attempts at unauthorized use
are prevented, detected and reported): each wrong password goes on record, and after some of them nobody can sign
under that name for a while, so that a log-in left open is no place to guess a colleague's password.
"""

import datetime as dt
from typing import NamedTuple

from django.utils import timezone
from django.utils.translation import gettext as _

from monographs.audit.models import Entry
from monographs.audit.record import act, record
from monographs.refusals import NotAllowed
from monographs.review.models import Review
from monographs.staff.models import StaffMember

GUESSES = 5
LOCKED_FOR = dt.timedelta(minutes=15)
REFUSED = "signature.refused"


class WrongPassword(NotAllowed):
    """Somebody tried to sign with a password that is not the signer's."""


class Tried(NamedTuple):
    """A password that was held against the signer's: whether one was given, and whether it is right."""

    is_given: bool
    is_right: bool


def tried(by: StaffMember, password: str) -> Tried:
    """That takes a good part of a second, as it is meant to: so it is asked before the turn to write, for which all
    others would wait. What is believed of it is decided inside (`check_signature`)."""
    return Tried(bool(password), bool(password) and by.check_password(password))


def check_signature(by: StaffMember, password: Tried) -> None:
    """Raise WrongPassword for a wrong password, NotAllowed without one or after too many wrong ones."""
    guesses = Entry.objects.filter(verb=REFUSED, by=by, at__gt=timezone.now() - LOCKED_FOR).count()
    if guesses >= GUESSES:
        raise NotAllowed(
            _("Wrong passwords were given %(count)s times. Wait %(minutes)s minutes before you sign; it is on record.")
            % {"count": guesses, "minutes": LOCKED_FOR.seconds // 60}
        )
    if not password.is_given:
        raise NotAllowed(_("Give your password to sign. Without it the approval is not signed."))
    if not password.is_right:
        raise WrongPassword(_("That is not your password, so the approval is not signed. Please try again."))


@act
def record_wrong_password(review: Review, *, by: StaffMember) -> None:
    """Put the attempt on record; a verb of its own, because all that the refused one wrote is rolled back."""
    record(REFUSED, by=by, about=review, subject=review.leaflet)

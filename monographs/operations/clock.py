"""The clock does whatever is due. Releases and expiries need none: they happen by query.

Any number of clocks may run, on any number of machines, at the same time.
"""

import datetime as dt
import logging
from collections.abc import Iterator
from dataclasses import dataclass

from django.conf import settings
from django.utils import timezone

from monographs.audit.readers import forget_addresses
from monographs.files.whole import remove_unfinished
from monographs.mail.letters import send
from monographs.medicines.sorting import sort_anew
from monographs.publication import standing
from monographs.publication.due import Notice, claim_letters, mark_sent
from monographs.publication.passages import catch_up
from monographs.search.missed import forget_missed
from monographs.staff.attempts import LOCKED_FOR, forget_attempts
from monographs.staff.log_in import claim_letters as claim_lock_outs
from monographs.staff.models import StaffMember
from monographs.staff.sessions import OpenSession

_PASSAGES_AT_ONCE = 200  # leaflets
logger = logging.getLogger(__name__)


@dataclass
class Rounds:
    """What one round of a clock leaves to its next: whether to look at every leaflet, as at the start, or only at those
    that time has overtaken since."""

    everywhere: bool = True


def tick(*, at: dt.datetime | None = None, rounds: Rounds | None = None) -> Iterator[str]:
    """Do what is due at ``at`` (default: now); a line of words after each thing done or put off.

    Whoever stops reading stops it between two letters.
    """
    at = at or timezone.now()
    for letter in claim_letters(at=at):
        yield _send(letter, at=at)
    old, _by_model = OpenSession.objects.filter(expire_date__lt=at).delete()
    if old:
        yield f"Removed {old} ended sessions."
    forgotten = forget_missed(at=at)
    if forgotten:
        yield f"Forgot {forgotten} searches that found nothing."
    for person, password_was_right in claim_lock_outs():
        yield _tell_of_lock_out(person, password_was_right)
    forget_attempts(at=at)
    if forgotten := forget_addresses(at=at):
        yield f"Forgot the keys of {forgotten} days’ addresses of readers."
    for root in (settings.MEDIA_ROOT, settings.STATIC_ROOT):
        for path in remove_unfinished(root, at=at):
            yield f"Removed {path}, which somebody had begun to write and never finished."
    rounds = rounds or Rounds()
    caught_up = catch_up(at=at, most=_PASSAGES_AT_ONCE, everywhere=rounds.everywhere)
    rounds.everywhere = rounds.everywhere and caught_up > 0
    if caught_up:
        yield f"Brought what the search reads of {caught_up} leaflets up to date."
    if moved_on := standing.catch_up(at=at):
        yield f"Wrote down where {moved_on} leaflets stand, after what was scheduled for them."
    if sorted_anew := sort_anew():
        yield f"Sorted {sorted_anew} names in the order of the site’s language."


def _send(letter: list[Notice], *, at: dt.datetime) -> str:
    person, today = letter[0].person, timezone.localdate(at)
    about = ", ".join(f"{notice.publication} ({notice.days} days)" for notice in letter)
    leaflets = [
        {
            "title": notice.publication.leaflet.title,
            "version": notice.publication.version,
            "due_on": notice.publication.next_review_on,
            "is_late": notice.publication.next_review_on < today,
        }
        for notice in letter
    ]
    try:
        send("review-due", to=[person.email], context={"name": person.name, "leaflets": leaflets})
    except Exception as error:  # refused by the mail server (OSError) or no address at all: the others get theirs
        logger.warning("The letter to %s <%s> could not be sent: %s", person.name, person.email, error)
        return f"Could not send {person.name} the letter about {about}: {error}. It is tried again."
    mark_sent(letter, at=at)
    return f"Sent {person.name} the letter about {about}."


def _tell_of_lock_out(person: StaffMember, password_was_right: bool) -> str:
    """It is not tried again: the letter is of use only at once."""
    try:
        minutes = LOCKED_FOR.seconds // 60
        context = {"name": person.name, "minutes": minutes, "password_was_right": password_was_right}
        send("locked-out", to=[person.email], context=context)
    except Exception as error:  # refused by the mail server (OSError) or no address at all
        logger.warning("The letter to %s about the lock-out could not be sent: %s", person.name, error)
        return f"Could not tell {person.name} that the account was locked: {error}."
    return f"Told {person.name} that the account was locked."

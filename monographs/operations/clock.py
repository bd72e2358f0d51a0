"""The clock does whatever is due. Releases and expiries need none: they happen by query.

Any number of clocks may run, on any number of machines, at the same time.
"""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field

from django.conf import settings
from django.utils import timezone

from monographs.audit.readers import forget_addresses
from monographs.comments.answering.change_requests import told_when_changed
from monographs.comments.telling.news import tell_of_waiting
from monographs.comments.telling.overdue import sound_alarms
from monographs.data_life.retention import erase_due
from monographs.files.whole import remove_unfinished
from monographs.mail.outbox import forget_words
from monographs.medicines.sorting import sort_anew
from monographs.publication.due import post_letters, told_as_of
from monographs.publication.found.passages import catch_up
from monographs.publication.shown import standing
from monographs.review import following
from monographs.search.missed import forget_missed
from monographs.staff.passwords.attempts import forget_attempts
from monographs.staff.passwords.log_in import tell_of_lock_outs
from monographs.staff.sessions.open import OpenSession
from monographs.together import findings

_PASSAGES_AT_ONCE = 200  # leaflets
_READ_AT_ONCE = 50  # leaflets that are held against the others


@dataclass
class Rounds:
    """What one round of a clock leaves to its next: whether to look at every leaflet, as at the start, or only at those
    that time has overtaken since."""

    everywhere: bool = True
    names: str = ""  # as of the last look at what leaflets say against each other
    told: tuple = ()  # as of the last look at all review dates
    holds_all: bool = field(init=False)  # whether that look goes on at every leaflet

    def __post_init__(self):
        self.holds_all = self.everywhere


def tick(*, at: dt.datetime | None = None, rounds: Rounds | None = None) -> Iterator[str]:
    """Do what is due at ``at`` (default: now); a line of words after each thing done or put off.

    Letters are put into the outbox here and sent beside it (`operations.sending`). Whoever stops reading stops it
    between two of these things.
    """
    at, rounds = at or timezone.now(), rounds or Rounds()
    yield from _tell(at, rounds)
    yield from _forget(at)
    for root in (settings.MEDIA_ROOT, settings.STATIC_ROOT, settings.PAPER_FOLDER):
        for path in remove_unfinished(root, at=at):
            yield f"Removed {path}, which somebody had begun to write and never finished."
    yield from _catch_up(at, rounds)


def _tell(at: dt.datetime, rounds: Rounds) -> Iterator[str]:
    """What people are told of."""
    for person, count in sound_alarms(at=at):
        yield f"Wrote {person.name} that {count} replies wait for too long."
    for person in tell_of_waiting(at=at):
        yield f"Wrote {person.name} what waits of replies."
    for request in told_when_changed(at):
        yield f"{request.leaflet} has changed as a reader’s reply {request.comment_id} made somebody ask."
    as_of = told_as_of(at)
    people_changed = rounds.told[1:] != as_of[1:]
    for letter in post_letters(at=at, everywhere=people_changed, since=rounds.told[0] if rounds.told else None):
        about = ", ".join(f"{notice.publication} ({notice.days} days)" for notice in letter)
        yield f"Wrote {letter[0].person.name} the letter about {about}."
    rounds.told = as_of
    for person in tell_of_lock_outs():
        yield f"Wrote {person.name} that the account was locked."


def _catch_up(at: dt.datetime, rounds: Rounds) -> Iterator[str]:
    """What follows from something else is written down anew."""
    caught_up = catch_up(at=at, most=_PASSAGES_AT_ONCE, everywhere=rounds.everywhere)
    rounds.everywhere = rounds.everywhere and caught_up > 0
    if caught_up:
        yield f"Brought what the search reads of {caught_up} leaflets up to date."
    if found := _hold_against_others(at, rounds):
        yield f"Found {found} places where leaflets may contradict each other."
    if moved_on := standing.catch_up(at=at):
        yield f"Wrote down where {moved_on} leaflets stand, after what was scheduled for them."
    if moved := following.catch_up():
        yield f"Let {moved} reviews follow an approval rule that was changed."
    if sorted_anew := sort_anew():
        yield f"Sorted {sorted_anew} names in the order of the site’s language."


def _hold_against_others(at: dt.datetime, rounds: Rounds) -> int:
    """How many open findings the leaflets have that were read in this round."""
    stamp = findings.stamp()
    rounds.holds_all = rounds.holds_all or rounds.names not in ("", stamp)
    done, found = findings.catch_up(at=at, most=_READ_AT_ONCE, everywhere=rounds.holds_all)
    rounds.holds_all, rounds.names = rounds.holds_all and done > 0, stamp
    return found


def _forget(at: dt.datetime) -> Iterator[str]:
    """What is kept for a time only."""
    old, _by_model = OpenSession.objects.filter(expire_date__lt=at).delete()
    if old:
        yield f"Removed {old} ended sessions."
    forgotten = forget_missed(at=at)
    if forgotten:
        yield f"Forgot {forgotten} searches that found nothing."
    forget_attempts(at=at)
    if forgotten := forget_words(at=at):
        yield f"Took away the words of {forgotten} letters that are done with."
    for what, count in erase_due(at=at).items():
        yield f"Erased what was kept for its time: {count} × {what}."
    if forgotten := forget_addresses(at=at):
        yield f"Forgot the keys of {forgotten} days’ addresses of readers."

"""Keeping note of searches that found nothing, so that staff learn which leaflet or name is wanted.

Readers never write. A search is counted in the memory of its process; a thread beside the requests writes the counts
down when the database is free. What a process counted last is lost when it ends: it is a hint, not a record.
"""

import datetime as dt
import logging
import os
import re
import threading

from django.db import DatabaseError, InterfaceError, transaction
from django.db.models import F

from monographs.audit.apart import connection_apart
from monographs.search.models import MOST, MissedSearch
from monographs.text.letters.folding import fold

LONGEST = 60  # characters; a medicine's name is shorter, a letter to the clinic is not
MOST_WORDS = 5
MOST_COUNTED = (
    200  # different searches in the memory of one process; further ones are not counted until they are written
)
EVERY = 10.0  # seconds
_PERSONAL = re.compile(r"@|(?:\d[\s.-]?){5}")  # an e-mail address; a telephone or patient's number

logger = logging.getLogger(__name__)


class Counted:
    """Searches of this process that nobody has written down yet: folded → (as typed last, how often, when last)."""

    def __init__(self):
        self._begin_anew()
        os.register_at_fork(after_in_child=self._begin_anew)

    def _begin_anew(self) -> None:
        self._lock = threading.Lock()
        self._searches: dict[str, tuple[str, int, dt.datetime]] = {}
        self.is_any = threading.Event()
        self.writer: threading.Thread | None = None

    def add(self, folded: str, query: str, *, count: int, at: dt.datetime) -> bool:
        """Whether there was room for it."""
        with self._lock:
            _query, before, _at = self._searches.get(folded, ("", 0, at))
            if not before and len(self._searches) >= MOST_COUNTED:
                return False
            self._searches[folded] = (query, before + count, at)
            self.is_any.set()
            return True

    def take(self) -> dict[str, tuple[str, int, dt.datetime]]:
        """All of them, which are the caller's now."""
        with self._lock:
            taken, self._searches = self._searches, {}
            self.is_any.clear()
            return taken

    def start_writer(self) -> None:
        """One thread that writes; none where one is at it."""
        with self._lock:
            if self.writer is None:
                writer = threading.Thread(target=_write_for_ever, name="missed-searches", daemon=True)
                writer.start()
                self.writer = writer


_counted = Counted()
_writes_by_itself = threading.Event()


def note_missed(query: str, *, at: dt.datetime) -> bool:
    """Count a search (`asked.tidy_query`) that found nothing; whether it was counted. Asks nothing of the database.

    What can't be the name of a medicine, or may tell of a person, is not kept.
    """
    folded = fold(query)
    if not _may_be_a_name(folded) or not _counted.add(folded, query[:LONGEST], count=1, at=at):
        return False
    if _writes_by_itself.is_set() and _counted.writer is None:
        _counted.start_writer()
    return True


def write_regularly() -> None:
    """From now on what this process and those forked from it count is written down by itself."""
    _writes_by_itself.set()


def write_missed() -> int:
    """Write down what was counted; how many searches. What can't be written now, because the database is busy or
    away, stays counted."""
    taken = _counted.take()
    try:
        with transaction.atomic():
            for folded, (query, count, at) in taken.items():
                _write(folded, query, count=count, at=at)
    except (DatabaseError, InterfaceError) as error:
        logger.info("Searches that found nothing are written down later: %s", error)
        for folded, (query, count, at) in taken.items():
            _counted.add(folded, query, count=count, at=at)
        return 0
    return len(taken)


def forget_missed(*, at: dt.datetime) -> int:
    """Take out what nobody has looked for in a long time; how many."""
    count, _by_model = MissedSearch.objects.forgotten(at).delete()
    return count


def _may_be_a_name(folded: str) -> bool:
    letters = sum(character.isalpha() for character in folded)
    is_short = len(folded) <= LONGEST and len(folded.split()) <= MOST_WORDS
    return letters >= 3 and is_short and not _PERSONAL.search(folded)


def _write(folded: str, query: str, *, count: int, at: dt.datetime) -> None:
    known = MissedSearch.objects.filter(folded=folded)
    if known.update(count=F("count") + count, query=query, last_at=at):
        return
    if MissedSearch.objects.count() >= MOST:  # the least wanted gives way
        MissedSearch.objects.order_by("count", "last_at").first().delete()
    row = MissedSearch(folded=folded, query=query, count=count, last_at=at)
    MissedSearch.objects.bulk_create([row], ignore_conflicts=True)  # of two first searches at once one is counted


def _write_for_ever() -> None:
    pause = threading.Event()
    while True:
        _counted.is_any.wait()
        pause.wait(EVERY)
        try:
            with connection_apart():
                write_missed()
        except Exception:  # the thread lives as long as the process: nobody starts another
            logger.exception("Searches that found nothing could not be written down.")

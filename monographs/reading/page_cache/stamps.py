"""The public stamp as this process knows it: looked up beside the requests, at most once a second.

A reader never asks the database for it. A thread does when a reader comes in a new second of the clock, before the
last look-up is too old; readers wait for that thread only where nothing fresh enough is known, and then a second at
most.
"""

import contextlib
import datetime as dt
import logging
import os
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.utils import timezone

from monographs.audit.apart import connection_apart
from monographs.audit.public_stamp import PublicStamp, read_stamp
from monographs.reading.page_cache.pages import Validity

GOOD_FOR = 1.0  # seconds from the beginning of a look-up
# Seconds that a reader waits, counted from the beginning of the look-up. A machine that has much else to do may take
# most of the first, and a withdrawn page must not be shown for that; a database that is away is waited for less.
MOST_WAIT, MOST_WAIT_AFTER_FAILURE = 1.0, 0.25
_RETRY = 1.0  # seconds between two attempts while the database does not answer
_IDLE = 60.0  # seconds without a reader after which the thread ends and its connection closes

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Known:
    """What one look-up found. ``began`` is monotonic; ``at`` (when that was), ``until`` and ``changes_at`` are seconds
    since 1970.

    Until ``until`` the hour and the day stay as they are and nothing scheduled takes place.
    """

    validity: Validity
    began: float
    at: float
    until: float
    changes_at: float

    def age(self) -> float:
        """Seconds since the look-up began."""
        return time.monotonic() - self.began

    def is_good(self) -> bool:
        return time.monotonic() - self.began < GOOD_FOR and time.time() < self.until

    def is_young(self) -> bool:
        """Good, and no reason yet to look again: a second of the clock has one look-up, soon after it begins, so that
        a proxy that may keep a page until the end of that second keeps it for most of one."""
        now = time.time()
        return int(self.at) <= now < int(self.at) + 1 and now < self.until and time.monotonic() - self.began < GOOD_FOR

    def is_overtaken(self) -> bool:
        """Whether a scheduled release or expiry has come since: then even a silent database is no excuse."""
        return time.time() >= self.changes_at


class Stamps:
    """`current` and `last` for any number of threads. Nothing is started before the first reader asks."""

    def __init__(self, read: Callable[[dt.datetime], PublicStamp] = read_stamp):
        self._read = read
        self._begin_anew()
        os.register_at_fork(after_in_child=self._begin_anew)

    def _begin_anew(self) -> None:
        """Threads and their locks do not survive a fork."""
        self._changed = threading.Condition()
        self._wanted = threading.Event()
        self._thread: threading.Thread | None = None
        self._known: Known | None = None
        self._began = float("-inf")  # of the newest look-up
        self._is_looking = self._has_failed = False

    def current(self) -> Known | None:
        """What holds now, looked up less than a second ago; None if the database does not say in time."""
        known = self._known
        if known and known.is_young():
            return known
        with self._changed:
            while True:
                if not (self._known and self._known.is_young()):
                    self._ask()
                if self._known and self._known.is_good():
                    return self._known
                most = MOST_WAIT_AFTER_FAILURE if self._has_failed else MOST_WAIT
                rest = self._began + most - time.monotonic()
                if not self._is_looking or rest <= 0:
                    return None
                self._changed.wait(rest)

    @property
    def last(self) -> Known | None:
        """What was known last, however old."""
        return self._known

    def looked_at(self) -> float:
        """When the newest look-up began that has an answer, in seconds since 1970; now, if there was none."""
        known = self._known
        return time.time() - (known.age() if known else 0)

    def _ask(self) -> None:
        """Begin a look-up unless one is on its way or has just failed."""
        if self._is_looking or (self._has_failed and time.monotonic() - self._began < _RETRY):
            return
        if not self._thread:
            thread = threading.Thread(target=self._look_up_when_wanted, name="public-stamp", daemon=True)
            thread.start()
            self._thread = thread
        self._is_looking, self._began = True, time.monotonic()
        self._wanted.set()

    def _look_up_when_wanted(self) -> None:
        try:
            with connection_apart() as own:
                while self._is_wanted():
                    with contextlib.suppress(Exception):  # the look-up itself says what is wrong
                        own.close_if_unusable_or_obsolete()  # as at the beginning of a request: its age, its place
                    self._look_up()
        finally:  # also if there is no connection to be had at all: the next reader begins anew
            with self._changed:
                if self._thread is threading.current_thread():
                    self._thread, self._is_looking, self._has_failed = None, False, True
                    self._changed.notify_all()

    def _is_wanted(self) -> bool:
        if self._wanted.wait(_IDLE):
            return True
        with self._changed:
            if self._is_looking:
                return True
            self._thread = None
            return False

    def _look_up(self) -> None:
        self._wanted.clear()
        began, at = time.monotonic(), dt.datetime.fromtimestamp(time.time(), tz=dt.UTC)
        try:
            known = known_at(self._read(at), began=began, at=at)
        except Exception as error:  # whatever it is, readers are told what is known
            self._tell_failed(error)
            connection.close()
            known = None
        else:
            self._tell_back()
        with self._changed:
            self._began = began
            self._has_failed, self._known = known is None, known or self._known
            self._is_looking = False
            self._changed.notify_all()

    def _tell_failed(self, error: Exception) -> None:
        if not self._has_failed:
            logger.error("The database does not answer (%s); pages that are known go on being served.", error)

    def _tell_back(self) -> None:
        if self._has_failed:
            logger.warning("The database answers again.")


def known_at(stamp: PublicStamp, *, began: float, at: dt.datetime) -> Known:
    """What a stamp read at ``at`` says, with the instants when the hour or the day ends."""
    local = timezone.localtime(at)
    tomorrow = timezone.make_aware(dt.datetime.combine(local.date() + dt.timedelta(days=1), dt.time()))
    seconds = at.timestamp()
    hour = int(seconds) // 3600
    changes_at = stamp.changes_at.timestamp() if stamp.changes_at else float("inf")
    return Known(
        Validity(f"{stamp.value}{program_state()}", hour, local.date().isoformat()),
        began=began,
        at=seconds,
        until=min((hour + 1) * 3600, tomorrow.timestamp(), changes_at),
        changes_at=changes_at,
    )


def program_state() -> str:
    """While somebody works on the site, a changed template shows, too. Changed Python starts the server anew."""
    if not settings.IS_LOCAL:
        return ""
    folders = (settings.BASE_DIR / "templates", *map(Path, settings.LOCALE_PATHS))
    return f" {max(file.stat().st_mtime_ns for folder in folders for file in folder.rglob('*.[hm][to]*'))}"

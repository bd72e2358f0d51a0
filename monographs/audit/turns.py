"""How many requests of one process wait for the ledger's lock at a time, so that its other threads serve readers."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

from django.utils.translation import gettext_lazy as _

from monographs.refusals import Busy

PATIENCE = 1.0  # seconds in which no turn begins or ends until nobody waits for one any more


class Turns:
    """At most ``most`` at a time. Who comes later waits while they move on, and is told that the site is busy once
    nothing has moved for `PATIENCE`: then somebody holds the lock, and who waits holds a thread.

    Where nobody holds the lock for long this is never met: an act takes a hundredth of that.
    """

    def __init__(self, most: int, sentence: str):
        self.most, self._sentence = most, sentence
        self._free = threading.BoundedSemaphore(most)
        self._moved_at = time.monotonic()

    @contextmanager
    def one(self) -> Iterator[None]:
        """Have a turn; Busy if none is free in time."""
        while not self._free.acquire(timeout=max(0.0, self._rest())):
            if self._rest() <= 0:  # else somebody has moved since
                raise Busy(str(self._sentence))
        self._moved_at = time.monotonic()
        try:
            yield
        finally:
            self._moved_at = time.monotonic()
            self._free.release()

    def _rest(self) -> float:
        return self._moved_at + PATIENCE - time.monotonic()


# Of the eight threads of a process (deploy/gunicorn.conf.py): two are left for who only reads.
READERS = Turns(2, _("Many people are writing to us at the moment. Your text is still here. Please send it again."))
STAFF = Turns(4, _("Many people are saving at the moment. Nothing of yours is saved yet. Please try again."))

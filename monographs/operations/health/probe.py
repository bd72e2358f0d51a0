"""Asking something that may hang, and answering in time all the same."""

import logging
import os
import threading
import time
from collections.abc import Callable, Sequence

GOOD_FOR = 1.0  # seconds that one look is everybody's answer
_log = logging.getLogger(__name__)


class Probe:
    """``look`` beside the requests: one at a time, in a thread of its own, however many ask and however it hangs."""

    def __init__(self, look: Callable[[], Sequence[str]]):
        self._look = look
        self._begin_anew()
        os.register_at_fork(after_in_child=self._begin_anew)

    def _begin_anew(self) -> None:
        """Threads and their locks do not survive a fork."""
        self._changed = threading.Condition()
        self._found: list[str] = []
        self._began = self._ended = float("-inf")

    def ask(self, *, within: float) -> list[str] | None:
        """What was found, by a look that ended less than a second ago; None if none ends within so many seconds.

        A look that has hung for so long already keeps nobody waiting.
        """
        with self._changed:
            if self._is_good():
                return self._found
            if not self._is_looking():
                began = time.monotonic()
                # It may not start; and it tells what it found only when we let go of the lock.
                threading.Thread(target=self._look_once, name="readiness", daemon=True).start()
                self._began = began
            rest = self._began + within - time.monotonic()
            if self._changed.wait_for(self._is_good, max(rest, 0)):
                return self._found
            return None

    def _is_looking(self) -> bool:
        return self._began > self._ended

    def _is_good(self) -> bool:
        return not self._is_looking() and time.monotonic() - self._ended < GOOD_FOR

    def _look_once(self) -> None:
        try:
            found = list(self._look())
        except Exception:  # whatever it is, the next look must be possible
            _log.exception("What the site needs could not be looked at.")
            found = ["it could not be looked at"]
        with self._changed:
            self._found, self._ended = found, max(time.monotonic(), self._began)
            self._changed.notify_all()

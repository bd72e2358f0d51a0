"""Making leaflets' PDFs before somebody asks, some at a time, beside the clock's rounds until it is stopped."""

import logging
import threading
from collections.abc import Callable, Iterator

from django.db import close_old_connections, connection

from monographs.reading.paper.ahead import Turn, print_some

EVERY = 5.0  # seconds between two looks for what happened
REST = 1.0  # seconds between two turns while there is more to do: readers come first
AFTER_TROUBLE = 60.0  # seconds
_log = logging.getLogger(__name__)


def keep_printing(stop: threading.Event, *, tell: Callable[[str], None]) -> None:
    """Print until ``stop`` is set; a turn of at most some seconds is finished. A line of words for each turn that made
    something goes to ``tell``. At the start all leaflets are looked at: the program may be another one.

    Whatever fails is tried again; readers meanwhile wait for theirs, as where no clock runs.
    """
    everywhere = True
    try:
        while not stop.is_set():
            try:
                turn = print_some(everywhere=everywhere)
            except Exception:
                _log.exception("No PDFs are made before somebody asks; it is tried again in a minute.")
                rest = AFTER_TROUBLE
            else:
                everywhere = False
                for line in told(turn):
                    tell(line)
                rest = EVERY if turn.is_over else REST
            close_old_connections()
            stop.wait(rest)
    finally:
        connection.close()


def told(turn: Turn) -> Iterator[str]:
    """What people are told of a turn."""
    if turn.made:
        yield f"Made the PDFs of {turn.made} leaflets before somebody asks."

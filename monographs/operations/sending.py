"""Sending what is in the outbox, every few seconds until stopped: a crisis can't wait for the clock's next round."""

import logging
import threading
from collections.abc import Callable

from django.db import close_old_connections, connection

from monographs.mail.outbox import send_due

EVERY = 5  # seconds between two looks into the outbox
_log = logging.getLogger(__name__)


def keep_sending(stop: threading.Event, *, tell: Callable[[str], None], every: float = EVERY) -> None:
    """Send until ``stop`` is set; the letter on its way is finished. A line of words for each goes to ``tell``.

    Whatever fails is tried again: without letters nobody would be told of it.
    """
    try:
        while not stop.is_set():
            _send_once(stop, tell)
            close_old_connections()
            stop.wait(every)
    finally:
        connection.close()


def _send_once(stop: threading.Event, tell: Callable[[str], None]) -> None:
    try:
        for line in send_due():
            tell(line)
            if stop.is_set():
                return
    except Exception:
        _log.exception("The outbox could not be read or written; it is tried again in some seconds.")

"""Commands that run until somebody asks them to stop."""

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from queue import SimpleQueue


class _Asked(threading.Event):
    """Set by a signal. Python handles it between any two steps of the main thread, which may hold the event's own lock
    just then, in `wait`: whoever set it there would wait for themselves for ever. So a thread does that, and until it
    has, ``is_so`` says it."""

    is_so = False

    def is_set(self) -> bool:
        return self.is_so or super().is_set()


@contextmanager
def asked_to_stop() -> Iterator[threading.Event]:
    """An event that SIGTERM and Ctrl+C set, so that a letter on its way is finished and put down as sent."""
    stop, told = _Asked(), SimpleQueue()  # whose `put` may come in between anything

    def note(*_signal: object) -> None:
        stop.is_so = True
        told.put(True)

    def pass_on() -> None:
        if told.get():
            stop.set()

    passing_on = threading.Thread(target=pass_on, name="asked to stop", daemon=True)
    passing_on.start()
    before = {number: signal.signal(number, note) for number in (signal.SIGTERM, signal.SIGINT)}
    try:
        yield stop
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
        told.put(False)
        passing_on.join()

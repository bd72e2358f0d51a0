"""Does whatever is due: letters about review dates. Runs until stopped, or `--once`."""

import logging
import signal
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from django.core.management.base import BaseCommand
from django.db import DatabaseError, InterfaceError, close_old_connections

from monographs.operations.clock import Rounds, tick

logger = logging.getLogger(__name__)


class Command(BaseCommand):
    help = "Do whatever is due (letters about review dates), every minute until stopped. Several may run at once."

    def add_arguments(self, parser):
        parser.add_argument("--once", action="store_true", help="Do what is due now and stop.")
        parser.add_argument("--every", type=int, default=60, metavar="SECONDS", help="How often to look (default: 60).")

    def handle(self, *, once: bool, every: int, **options):
        if once:
            self._tell(tick())
            return
        with _asked_to_stop() as stop:
            self._tell([f"The clock runs: it looks every {every} seconds for what is due."])
            rounds = Rounds()
            while not stop.is_set():
                try:
                    self._tell(tick(rounds=rounds), stop)
                except (DatabaseError, InterfaceError):  # busy, or being started anew: no reason to end for good
                    logger.exception("The database does not answer; it is tried again in %s seconds.", every)
                close_old_connections()
                stop.wait(every)
            self._tell(["The clock has stopped, as it was asked to."])

    def _tell(self, lines: Iterable[str], stop: threading.Event | None = None) -> None:
        """Each line at once, also into a file; no further thing is begun after ``stop``."""
        for line in lines:
            self.stdout.write(line)
            self.stdout.flush()
            if stop and stop.is_set():
                return


@contextmanager
def _asked_to_stop() -> Iterator[threading.Event]:
    """An event that SIGTERM and Ctrl+C set, so that a letter on its way is finished and put down as sent."""
    stop = threading.Event()
    before = {number: signal.signal(number, lambda *_: stop.set()) for number in (signal.SIGTERM, signal.SIGINT)}
    try:
        yield stop
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)

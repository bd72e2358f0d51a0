"""Does whatever is due, sends the letters in the outbox and prints leaflets ahead. Runs until stopped, or `--once`."""

import logging
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager

from django.core.management.base import BaseCommand
from django.db import close_old_connections

from monographs.mail.outbox import send_due
from monographs.operations.clock import Rounds, tick
from monographs.operations.sending import keep_sending
from monographs.operations.stopping import asked_to_stop
from monographs.reading.paper.ahead import print_some
from monographs.reading.paper.keep_printing import keep_printing, told

logger = logging.getLogger(__name__)


class Command(BaseCommand):
    help = "Do whatever is due, every minute until stopped, and send letters all the while. Several may run at once."

    def add_arguments(self, parser):
        parser.add_argument("--once", action="store_true", help="Do what is due now and stop.")
        parser.add_argument("--every", type=int, default=60, metavar="SECONDS", help="How often to look (default: 60).")

    def handle(self, *, once: bool, every: int, **options):
        if once:
            self._tell(tick())
            self._tell(send_due())
            self._tell(told(print_some()))
            return
        with asked_to_stop() as stop, self._beside(stop, keep_sending), self._beside(stop, keep_printing):
            self._tell([f"The clock runs: it looks every {every} seconds for what is due."])
            rounds = Rounds()
            while not stop.is_set():
                try:
                    self._tell(tick(rounds=rounds), stop)
                except Exception:  # one bad row, another clock that was faster, a database being started anew
                    logger.exception("This round was cut short; it is tried again in %s seconds.", every)
                close_old_connections()
                stop.wait(every)
        self._tell(["The clock has stopped, as it was asked to."])

    @contextmanager
    def _beside(self, stop: threading.Event, keep_on: Callable[..., None]) -> Iterator[None]:
        """Beside the rounds, of which one may take minutes; in the end the letter or sheet on its way is finished."""
        thread = threading.Thread(
            target=keep_on, args=(stop,), kwargs={"tell": lambda line: self._tell([line])}, name=keep_on.__name__
        )
        thread.start()
        try:
            yield
        finally:
            stop.set()
            thread.join()

    def _tell(self, lines: Iterable[str], stop: threading.Event | None = None) -> None:
        """Each line at once, also into a file; no further thing is begun after ``stop``."""
        for line in lines:
            self.stdout.write(line)
            self.stdout.flush()
            if stop and stop.is_set():
                return

"""Sends what is in the outbox. Runs until stopped, or `--once`; the clock does the same beside its rounds."""

from django.core.management.base import BaseCommand

from monographs.mail.outbox import send_due
from monographs.operations.sending import EVERY, keep_sending
from monographs.operations.stopping import asked_to_stop


class Command(BaseCommand):
    help = (
        "Send the letters in the outbox, every few seconds until stopped. `manage.py clock` does so, too: this is for "
        "a machine where no clock runs, or beside one. Several may run at once."
    )

    def add_arguments(self, parser):
        parser.add_argument("--once", action="store_true", help="Send what is due now and stop.")
        parser.add_argument(
            "--every", type=float, default=EVERY, metavar="SECONDS", help=f"How often to look (default: {EVERY})."
        )

    def handle(self, *, once: bool, every: float, **options):
        if once:
            for line in send_due():
                self._tell(line)
            return
        with asked_to_stop() as stop:
            self._tell(f"Letters are sent: the outbox is looked into every {every:g} seconds.")
            keep_sending(stop, tell=self._tell, every=every)
            self._tell("No more letters are sent, as it was asked.")

    def _tell(self, line: str) -> None:
        self.stdout.write(line)
        self.stdout.flush()

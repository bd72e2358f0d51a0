"""Does whatever is due: letters about review dates. Runs until stopped, or `--once`."""

import time

from django.core.management.base import BaseCommand
from django.db import close_old_connections

from monographs.operations.clock import tick


class Command(BaseCommand):
    help = "Do whatever is due (letters about review dates), every minute until stopped. Several may run at once."

    def add_arguments(self, parser):
        parser.add_argument("--once", action="store_true", help="Do what is due now and stop.")
        parser.add_argument("--every", type=int, default=60, metavar="SECONDS", help="How often to look (default: 60).")

    def handle(self, *, once: bool, every: int, **options):
        while True:
            for line in tick():
                self.stdout.write(line)
            if once:
                return
            close_old_connections()
            try:
                time.sleep(every)
            except KeyboardInterrupt:
                return

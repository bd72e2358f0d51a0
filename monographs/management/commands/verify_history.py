"""Has anybody changed the record behind the application's back?"""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from monographs.audit.verify import Altered, Head
from monographs.operations.verify import check_history, rows_to_check

_BAR = 40  # characters


class Command(BaseCommand):
    help = (
        "Check the ledger's chain, and every revision, decision, publication and page against it. "
        "Exits with 0 if all is as it was recorded, with 1 naming the first row that is not."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--quiet", action="store_true", help="Say nothing when all is well.")
        parser.add_argument(
            "--head",
            metavar="POSITION:HASH",
            help="The end of the ledger as an earlier run printed it; proves that nothing up to there was taken away.",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        known = self._known(options["head"])
        shows_progress = self.stderr.isatty() and not options["quiet"]
        total = max(rows_to_check(), 1) if shows_progress else 0
        head, shown = Head(), -1
        try:
            for done, head in enumerate(check_history(known), 1):  # noqa: B007 - the last head is printed below
                if total and (part := min(done * 100 // total, 100)) != shown:
                    shown = part
                    filled = "█" * (part * _BAR // 100)
                    self.stderr.write(f"\r{filled:░<{_BAR}} {part:3d} %", style_func=str, ending="")
        except Altered as altered:
            raise CommandError(str(altered)) from altered
        finally:
            if total:
                self.stderr.write("")
        if not options["quiet"]:
            self.stdout.write(f"The record is whole: {head.position:,} ledger entries. Its end is {head}")

    def _known(self, text: str | None) -> Head | None:
        try:
            return Head.parse(text) if text else None
        except ValueError:
            sentence = f"“{text}” is no end of a ledger; give POSITION:HASH as an earlier run printed it."
            raise CommandError(sentence) from None

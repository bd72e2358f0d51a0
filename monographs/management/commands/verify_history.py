"""Has anybody changed the record behind the application's back?"""

from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from monographs.audit.verify import Altered, Head
from monographs.operations.verify import check_history, rows_to_check
from monographs.operations.verify.pictures import check_pictures, pictures_to_check

_BAR = 40  # characters


class Command(BaseCommand):
    help = (
        "Check the ledger's chain, and every revision, decision, publication and page against it. "
        "Then every picture against its name. Exits with 0 if all is as it was recorded, with 1 naming the first row "
        "that is not, or every picture that is cut, changed or missing."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--quiet", action="store_true", help="Say nothing when all is well.")
        parser.add_argument(
            "--head",
            metavar="POSITION:HASH",
            help="The end of the ledger as an earlier run printed it; proves that nothing up to there was taken away.",
        )
        parser.add_argument("--skip-pictures", action="store_true", help="Check what is on record alone.")

    def handle(self, *args: Any, **options: Any) -> None:
        known, with_pictures = self._known(options["head"]), not options["skip_pictures"]
        shows_progress = self.stderr.isatty() and not options["quiet"]
        total = max(rows_to_check() + with_pictures * pictures_to_check(), 1) if shows_progress else 0
        problems: list[str] = []
        head = Head()
        steps = chain(check_history(known), check_pictures(problems) if with_pictures else ())
        try:
            for step in self._shown(steps, total):
                head = step or head
        except Altered as altered:
            raise CommandError(str(altered)) from altered
        finally:
            if total:
                self.stderr.write("")
        if not options["quiet"]:
            self.stdout.write(f"The record is whole: {head.position:,} ledger entries. Its end is {head}")
        if problems:
            raise CommandError("\n".join(problems))

    def _shown(self, steps: Iterable[Head | None], total: int) -> Iterator[Head | None]:
        """The steps, with a bar where there is somebody to see it (``total`` is not 0)."""
        shown = -1
        for done, step in enumerate(steps, 1):
            if total and (part := min(done * 100 // total, 100)) != shown:
                shown = part
                filled = "█" * (part * _BAR // 100)
                self.stderr.write(f"\r{filled:░<{_BAR}} {part:3d} %", style_func=str, ending="")
            yield step

    def _known(self, text: str | None) -> Head | None:
        try:
            return Head.parse(text) if text else None
        except ValueError:
            sentence = f"“{text}” is no end of a ledger; give POSITION:HASH as an earlier run printed it."
            raise CommandError(sentence) from None

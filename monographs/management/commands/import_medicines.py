"""Names of medicines from a list."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from monographs.medicines.importing import Result, import_names
from monographs.refusals import Refused
from monographs.staff.models import StaffMember

_BAR = 40  # characters
_MOST_TOLD = 200  # lines


class Command(BaseCommand):
    help = (
        "Read medicines' names from a CSV file in UTF-8 with the columns medicine,name,kind[,system,code]; kinds are "
        "generic, brand, synonym and former. What is there stays as it is; run twice, it adds nothing. Lines that "
        "can't be taken are told by their number and left out."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", help="A .csv file.")
        parser.add_argument("--by", default="", metavar="USERNAME", help="Who brings it in, for the record.")
        parser.add_argument("--dry-run", action="store_true", help="Print the same and keep nothing.")

    def handle(self, *args: Any, **options: Any) -> None:
        data, by = self._data(Path(options["file"])), self._person(options["by"])
        whole, total = Result(), 0
        shows_progress = self.stderr.isatty()
        try:
            for total, part in import_names(data, by=by, is_dry_run=options["dry_run"]):
                whole.add(part)
                if shows_progress:
                    self._show(whole.lines, total)
        except Refused as refusal:
            raise CommandError(str(refusal)) from refusal
        finally:
            if shows_progress and total:
                self.stderr.write("")
        self._report(whole)
        if options["dry_run"]:
            self.stdout.write("This was a dry run: nothing was kept.")

    def _show(self, done: int, total: int) -> None:
        part = done / total if total else 1
        filled = "█" * int(part * _BAR)
        self.stderr.write(f"\r{filled:░<{_BAR}} {done:,} of {total:,} lines", style_func=str, ending="")

    def _report(self, whole: Result) -> None:
        for remark in sorted(whole.remarks)[:_MOST_TOLD]:
            self.stdout.write(f"line {remark.number}: {remark.sentence}")
        if (more := len(whole.remarks) - _MOST_TOLD) > 0:
            self.stdout.write(f"… and {more:,} more lines with a remark.")
        self.stdout.write(
            f"{whole.lines:,} lines: {whole.medicines:,} medicines, {whole.names:,} names and {whole.codes:,} codes "
            f"added; {whole.known:,} names were known; {len(whole.remarks):,} remarks."
        )

    def _data(self, path: Path) -> bytes:
        try:
            return path.read_bytes()
        except OSError as error:
            name = str(path).encode("utf-8", "replace").decode()
            raise CommandError(f"“{name}” can't be read: {error.strerror}.") from error

    def _person(self, username: str) -> StaffMember | None:
        person = StaffMember.objects.filter(username=username, is_active=True).first() if username else None
        if username and not person:
            raise CommandError(f"There is no active staff member with the user name “{username}”.")
        return person

"""A leaflet from a file into a draft."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from monographs.exchange.actions import Result, import_leaflet
from monographs.exchange.draft import TITLE
from monographs.exchange.formats import MAX_BYTES
from monographs.leaflets.sections import BY_KEY
from monographs.refusals import Refused
from monographs.staff.models import StaffMember


class Command(BaseCommand):
    help = (
        "Read plain text or Markdown into a leaflet's draft and print what went where. Patients see nothing of it "
        "before it has been reviewed and published. Run twice, it makes one draft."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        add = parser.add_argument
        add("file", help="A .txt or .md file.")
        add("--medicine", default="", metavar="NAME", help="The generic name, if the text does not tell.")
        add("--language", default="", metavar="CODE", help="For example ar; without it what the file says, else en.")
        add("--by", default="", metavar="USERNAME", help="Who brings it in; they can't approve it then.")
        add("--replace", action="store_true", help="Record it even if people changed the draft meanwhile.")
        add("--dry-run", action="store_true", help="Print the same and keep nothing.")

    def handle(self, *args: Any, **options: Any) -> None:
        path = Path(options["file"])
        data = self._data(path)
        try:
            with transaction.atomic():
                result = import_leaflet(
                    data,
                    filename=_printable(path.name),
                    medicine=options["medicine"],
                    language=options["language"],
                    by=self._person(options["by"]),
                    replace=options["replace"],
                )
                transaction.set_rollback(options["dry_run"])
        except Refused as refusal:
            raise CommandError(str(refusal)) from refusal
        self._report(result, is_dry_run=options["dry_run"])

    def _data(self, path: Path) -> bytes:
        name = _printable(str(path))
        try:
            if path.is_dir():
                raise CommandError(f"“{name}” is a folder. Please name one file.")
            if not path.exists():
                raise CommandError(f"There is no file “{name}”.")
            if not path.is_file():
                raise CommandError(f"“{name}” is not an ordinary file.")
            if (size := path.stat().st_size) > MAX_BYTES:
                raise CommandError(f"“{name}” has {size:,} bytes; a leaflet may have at most {MAX_BYTES:,} bytes.")
            return path.read_bytes()
        except OSError as error:
            raise CommandError(f"“{name}” can't be read: {error}.") from error

    def _person(self, username: str) -> StaffMember | None:
        if not username:
            return None
        try:
            return StaffMember.objects.get(username=username, is_active=True)
        except StaffMember.DoesNotExist:
            raise CommandError(f"There is no active staff member with the user name “{username}”.") from None

    def _report(self, result: Result, *, is_dry_run: bool) -> None:
        rows = [
            (
                str(placement.line or "–"),
                placement.heading,
                "title" if placement.kind == TITLE else f"{placement.kind} ({BY_KEY[placement.kind].heading})",
                f"{placement.words:,}",
                placement.note,
            )
            for placement in result.placed
        ]
        rows.insert(0, ("line", "heading", "became", "words", "why"))
        widths = [max(len(row[column]) for row in rows) for column in range(4)]
        for line, heading, kind, words, note in rows:
            line, words = line.rjust(widths[0]), words.rjust(widths[3])
            self.stdout.write(f"{line}  {heading:{widths[1]}}  → {kind:{widths[2]}}  {words}  {note}".rstrip())
        self.stdout.write("")
        for remark in result.remarks:
            self.stdout.write(f"line {remark.line}: {remark.text}" if remark.line else remark.text)
        if result.remarks:
            self.stdout.write("")
        for finding in result.blocks:
            excerpt = f" “{finding.excerpt}”." if finding.excerpt else ""
            self.stdout.write(
                f"blocks submission: {finding.label}:{excerpt} {finding.message} {finding.instead}".rstrip()
            )
        if not result.blocks:
            self.stdout.write("Nothing blocks submission.")
        self.stdout.write("")
        self.stdout.write(self._outcome(result))
        if is_dry_run:
            self.stdout.write("This was a dry run: nothing was kept.")

    def _outcome(self, result: Result) -> str:
        name = f"“{result.leaflet}” ({result.leaflet.slug})"
        if not result.revision:
            return f"{name}: nothing changed; the draft says this already."
        new = "A new medicine and its leaflet" if result.is_new_medicine else "A new leaflet"
        what = f"{new}: " if result.is_new_leaflet else ""
        return f"{what}{name}, revision {result.revision.number}."


def _printable(name: str) -> str:
    """A file name may hold bytes that are no text; they become question marks."""
    return name.encode("utf-8", "replace").decode()

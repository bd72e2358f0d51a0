"""What rules say of replies in a file: for trying rules on a set of them."""

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO

from django.core.management.base import BaseCommand, CommandError, CommandParser

from monographs.comments.triage.labelling import triage


class Command(BaseCommand):
    help = (
        'Label replies by the rules. Each line of FILE is {"text": …, "language": "en"} in JSON, UTF-8 (language may '
        "be missing); each line of the answer has its labels, rules and words, in the same order. A line that can't be "
        "read is told on standard error by its number; the others are done. Needs no database."
    )
    requires_system_checks = ()
    requires_migrations_checks = False

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", metavar="FILE", help="A file of lines of JSON, or - for standard input.")

    def handle(self, *args: Any, **options: Any) -> None:
        bad = 0
        with _opened(options["file"]) as lines:
            for number, answer, trouble in _answers(lines):
                if trouble:
                    bad += 1
                    self.stderr.write(f"line {number}: {trouble}", style_func=str)
                else:
                    self.stdout.write(answer)
        if bad:
            raise CommandError(f"{bad} {'line' if bad == 1 else 'lines'} could not be read.")

    def execute(self, *args: Any, **options: Any) -> Any:
        for stream in (sys.stdout, sys.stderr):
            if hasattr(stream, "reconfigure"):
                stream.reconfigure(encoding="utf-8")  # whatever the machine's own is
        return super().execute(*args, **options)


def _opened(name: str) -> BinaryIO:
    if name == "-":
        return sys.stdin.buffer
    try:
        return Path(name).open("rb")
    except OSError as error:
        shown = name.encode("utf-8", "replace").decode()
        raise CommandError(f"“{shown}” can't be read: {error.strerror}.") from error


def _answers(lines: BinaryIO) -> Iterator[tuple[int, str, str]]:
    """Number, answer and "", or number, "" and what is wrong, of each line that isn't empty."""
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            text, language = _message(line.decode("utf-8-sig"))
        except (ValueError, RecursionError) as error:
            yield number, "", _told(error)
            continue
        found = triage(text, language)
        answer = {
            "labels": [str(label) for label in dict.fromkeys(each.label for each in found)],
            "rules": [each.rule for each in found],
            "words": [each.words for each in found],
        }
        yield number, json.dumps(answer, ensure_ascii=False), ""


def _message(line: str) -> tuple[str, str]:
    row = json.loads(line)
    if not isinstance(row, dict) or not isinstance(row.get("text"), str):
        raise ValueError('there is no "text" that is text')
    language = row.get("language") or "en"
    if not isinstance(language, str):
        raise ValueError('"language" is no text')
    # A lone surrogate can be written in JSON, and nowhere else.
    return row["text"].encode("utf-8", "replace").decode(), language


def _told(error: Exception) -> str:
    if isinstance(error, UnicodeDecodeError):
        return "it is not UTF-8"
    if isinstance(error, json.JSONDecodeError):
        return f"it is not JSON ({error.msg})"
    return str(error)

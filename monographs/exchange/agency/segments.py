"""A Markdown text as what an agency translates and what it must leave alone.

A line is a segment; what makes it a list, a heading, a card or a row of dashes is none. Within a segment each number,
with the sign of its measure, is locked: it comes back as it went out, at whatever place the other language wants it.
"""

import re
from dataclasses import dataclass

from monographs.text.amounts.numbers import DIGITS, END

_LOCKED = re.compile(rf"{DIGITS}(?:\s?(?:mg|g|kg|ml|mL|l|µg|ng|mmol|°C|%)(?:{END}|(?<=%)))?")
_FRAME = re.compile(r"(?:[ \t]*(?:[-*+]|\d{1,9}[.)]|#{1,6}|>)[ \t]+|[ \t]+)+")
_NO_WORDS = re.compile(r"[ \t]*(?::{3,}.*|[|:\-\s]*)")


@dataclass(frozen=True)
class Lock:
    """What must not change, in the text of a segment."""

    text: str


Run = str | Lock


@dataclass(frozen=True)
class Piece:
    """A segment with its runs, or, where ``is_kept``, signs that stay as they are."""

    runs: tuple[Run, ...]
    is_kept: bool = False

    @property
    def text(self) -> str:
        return "".join(run.text if isinstance(run, Lock) else run for run in self.runs)


def pieces_of(text: str) -> list[Piece]:
    """The text in order: the pieces' words together are the text."""
    found: list[Piece] = []
    kept = ""
    for number, line in enumerate(text.split("\n")):
        kept += "\n" if number else ""
        if _NO_WORDS.fullmatch(line):
            kept += line
            continue
        frame = _FRAME.match(line)
        start = frame.end() if frame else 0
        kept += line[:start]
        if start == len(line):
            continue
        if kept:
            found.append(Piece((kept,), is_kept=True))
            kept = ""
        found.append(Piece(tuple(_runs(line[start:]))))
    return [*found, Piece((kept,), is_kept=True)] if kept else found


def _runs(line: str) -> list[Run]:
    runs: list[Run] = []
    place = 0
    for match in _LOCKED.finditer(line):
        runs += [line[place : match.start()], Lock(match[0])]
        place = match.end()
    return [run for run in (*runs, line[place:]) if not isinstance(run, str) or run]

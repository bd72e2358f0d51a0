"""The body of a section, put together from an unmarked text block by block."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from monographs.exchange.escaping import escape_heading, escape_text
from monographs.exchange.unmarked.blocks import BULLET, NUMBER, Block
from monographs.exchange.unmarked.nesting import Nesting
from monographs.exchange.unmarked.tables import table_of
from monographs.exchange.unmarked.wrapping import ends_sentence

_DEEPER = "o▪§–—■□◦"  # the bullets of a second level, below a list that another bullet began
_INDENT = 2
_MOST_LEVELS = 3


@dataclass
class _Item:
    """One paragraph or list item: ``marker`` is "" for a paragraph, ``indent`` what stands before it."""

    marker: str
    lines: list[str]
    indent: str = ""


class Body:
    """Collects blocks as Markdown: paragraphs and lists as typed, sub-headings from ``###`` down.

    Numbered lines become a list only where Markdown would show the numbers that were typed; other
    numbers stay text. Items of one list stay together even where the page left lines empty between them.
    """

    def __init__(self):
        self.nesting = Nesting()
        self._pieces: list[str] = []
        self._last = ""  # "paragraph", "bullets" or "numbers"
        self._number = 0
        self._delimiter = ""
        self._levels: list[tuple[int, str]] = []  # indentation and bullet of each open level of a list

    @property
    def markdown(self) -> str:
        """The body so far."""
        return "".join(self._pieces)

    @property
    def is_empty(self) -> bool:
        return not self._pieces

    def add_subheading(self, text: str, *, is_parent: bool = False) -> None:
        """Add a sub-heading as typed; its closing colon is dropped. ``is_parent``: a heading follows directly."""
        text = text.strip()
        depth = self.nesting.depth(text, is_parent=is_parent)
        self._append(f"###{'#' * depth} {escape_heading(text.rstrip(':：').rstrip())}", "paragraph")

    def add_line(self, text: str) -> None:
        """Add a line as a paragraph, whatever it begins with."""
        self._append(escape_text(text), "paragraph")

    def add(self, block: Block) -> None:
        """Add a block of text, list items or table rows; the lines of a paragraph stay lines."""
        self.nesting.add_text()
        if rows := block.rows:
            self._append(table_of(rows), "paragraph")
            return
        for item in self._items(block.lines):
            text = escape_text("\n".join(item.lines))
            text = text.replace("\n", "\n" + item.indent + " " * len(item.marker))
            what = {"": "paragraph", "- ": "bullets"}.get(item.marker, "numbers")
            self._append(item.indent + item.marker + text, what)

    def _items(self, lines: Sequence[str]) -> list[_Item]:
        items: list[_Item] = []
        for place, line in enumerate(lines):
            below = lines[place + 1] if place + 1 < len(lines) else ""
            numbered = NUMBER.match(line)
            if (bullet := BULLET.match(line)) and not _is_minus(lines, place):
                last = items[-1].marker if items else {"bullets": "- "}.get(self._last, "")
                level = self._level(line, is_new=last != "- ")
                items.append(_Item("- ", [line[bullet.end() :]], "  " * level))
            elif numbered and self._counts_on(numbered, items, below):
                self._number, self._delimiter = int(numbered[1]), numbered[2]
                items.append(_Item(f"{self._number}{self._delimiter} ", [line[numbered.end() :]]))
            elif items and (not items[-1].marker or _continues_item(line)):
                items[-1].lines.append(line.strip())
            else:
                items.append(_Item("", [line.strip()]))
        return items

    def _level(self, line: str, *, is_new: bool) -> int:
        """How deep a bullet stands: by its indentation, or by the sign that Word gives a second level."""
        sign = line.strip()[0]
        indent = len(line) - len(line.lstrip())
        if is_new:
            self._levels = []
        while self._levels and indent < self._levels[-1][0]:
            self._levels.pop()
        signs = [known for _indent, known in self._levels]
        if not self._levels:
            self._levels = [(indent, sign)]
        elif sign in signs and indent < self._levels[-1][0] + _INDENT:
            self._levels = self._levels[: signs.index(sign) + 1]
        elif indent >= self._levels[-1][0] + _INDENT or (sign in _DEEPER and signs[0] not in _DEEPER + "-*"):
            self._levels = [*self._levels, (indent, sign)][:_MOST_LEVELS]
        return len(self._levels) - 1

    def _counts_on(self, numbered: re.Match, items: list[_Item], below: str) -> bool:
        """Whether Markdown would number this line as typed: the next of a list, or the first of a new one.

        ``"1. 5 tablets"`` alone, or ``"1. 12. 2026"``, is an amount or a date and not the first of a list.
        """
        number, rest = int(numbered[1]), numbered.string[numbered.end() :]
        is_in_list = bool(items[-1].marker.strip("- ")) if items else self._last == "numbers"
        next_one = NUMBER.match(below)
        if NUMBER.match(rest) or re.match(r"\d{1,2}\.$", rest):
            return False
        if is_in_list:
            return number == self._number + 1 and numbered[2] == self._delimiter
        if rest[:1].isdigit() and not (next_one and int(next_one[1]) == number + 1):
            return False
        return number in (1, self._number + 1)

    def _append(self, piece: str, what: str) -> None:
        is_next_item = what == self._last != "paragraph"
        self._pieces += ["\n" if is_next_item else "\n\n" if self._pieces else "", piece]
        self._last = what


def _is_minus(lines: Sequence[str], place: int) -> bool:
    """Whether a dash before a number goes on with the line above ("Take 5" / "- 10 mg") and is no bullet."""
    if not place or not re.match(r"\s*[-–—]\s*[\d.,]", lines[place]):
        return False
    is_only_one = sum(bool(BULLET.match(line)) for line in lines) == 1
    return is_only_one and not ends_sentence(lines[place - 1])


def _continues_item(line: str) -> bool:
    return line[0].isspace() or not (line[0].isupper() or NUMBER.match(line))

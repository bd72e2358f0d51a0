"""Lists as Word, PowerPoint and PDF readers give them to the clipboard, read as Markdown's own.

A bullet is only taken for one where it can't be a minus, a range, a decimal point or a letter: ``– 5 °C``,
``·5 mg`` and the word ``o`` stay as they are. What is left although it looks like a bullet is marked for the gate.
"""

import re
from dataclasses import dataclass, field
from typing import NamedTuple

BLANK = "[ \t\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]"

# Bullets of the fonts Symbol and Wingdings, by the codes that Word uses. Those that are a Greek letter of the Symbol
# font (n, o, q, u, v, l) count as bullets only before a tab or a wide gap.
FONT_BULLET = re.compile(
    rf"^(?P<blanks>{BLANK}*)(?:[\uf0b7\uf0a7\uf0a8\uf0d8\uf09f\uf0f0\uf0e8](?=\s|\w)"
    rf"|[\uf06c\uf06e\uf06f\uf071\uf075\uf076](?=\t|\u00a0|{BLANK}{{2}}))"
)
_ALWAYS = "•‣◦▪▫●○■□◆◇❖❑❒➢➤►▶▸▹⦁◾◼"
_DOTS = "·∙⋅・･"
_DASHES = "–—‐‑⁃−"
_LETTERS = "o§Øü"  # Word's bullets of Courier New and Wingdings, as they come without their font
_KINDS = (("always", _ALWAYS), ("dot", _DOTS), ("dash", _DASHES), ("letter", _LETTERS), ("hyphen", "-*"))
_MARKED = re.compile(
    rf"({BLANK}*)([{_ALWAYS}](?!\ufe0f)|[{_DOTS}{_DASHES}{_LETTERS}*-]|\d{{1,3}}[.)])({BLANK}*)(?=\S)(.*)", re.DOTALL
)
_BEFORE_A_NUMBER = re.compile(r"[\s<>≤≥±~≈=+(£$€.,·−–-]{0,8}")
_ENDS_SENTENCE = re.compile(r"[.!?:;…。！？：؟۔।][\"'”’)\]*_]*$")
_OF_MARKDOWN = re.compile(r":::|[#|>]")
_A_SHORT_LINE = 40  # letters: a text is wrapped at more


class Line(NamedTuple):  # and no dataclass: there are many of them, and each is made anew a few times
    """One line: as ``typed``, and as it ``reads`` (None where an empty line between two items goes).

    ``why`` says what a reader would see change: "end" (an unusual sign ended the line), "sign", "letters" (ligatures
    and hyphens that only some fonts have), "blank" (a line of no-break spaces), "list"; and "asks" for what looks like
    a bullet and was left as it is. ``lead`` is the blank that the line began with.
    """

    typed: str
    reads: str | None
    why: tuple[str, ...] = ()
    lead: str = ""


class _Item(NamedTuple):
    """A line that begins with a sign of a list: ``kind`` of `_KINDS` or "number", ``gap`` the blank behind it."""

    kind: str
    sign: str
    lead: int
    gap: str
    rest: str

    @property
    def is_wide(self) -> bool:
        """Whether what follows the sign is more than a space bar's one blank."""
        return "\t" in self.gap or (len(self.gap) > 1 and "\u00a0" in self.gap) or len(self.gap) > 2

    @property
    def is_before_number(self) -> bool:
        start = _BEFORE_A_NUMBER.match(self.rest)
        return self.rest[start.end() : start.end() + 1].isnumeric()

    @property
    def marker(self) -> str:
        return f"{self.sign} " if self.kind == "number" else "- "


@dataclass
class _List:
    """The list at hand: its levels as (sign, lead, width of the marker); ``was`` is the text of its last line."""

    levels: list[tuple[str, int, int]] = field(default_factory=list)
    was: str = ""

    def place(self, item: _Item) -> int:
        """How far the item is indented; from here on it is the innermost level."""
        sign = item.sign[-1] if item.kind == "number" else item.sign
        same = [place for place, (other, lead, _width) in enumerate(self.levels)
                if other == sign and abs(lead - item.lead) < 2]  # fmt: skip
        if same:
            del self.levels[same[-1] :]
        else:
            while self.levels and self.levels[-1][1] > item.lead:
                self.levels.pop()
        indent = sum(width for _sign, _lead, width in self.levels)
        self.levels.append((sign, item.lead, len(item.marker)))
        return indent


def read_lists(lines: list[Line], *, are_items: bool = False) -> list[Line]:
    """The lines with each pasted list as a Markdown list, its levels nested, no empty line between its items.

    With ``are_items`` every line is an item by itself (key facts): its bullet is taken away instead.
    """
    items = [_item(line) for line in lines]
    if not any(items):
        return lines
    if are_items:
        return [_without_bullet(line) for line in lines]
    return _Walk(lines, items, _pasted(lines, items)).read()


def _item(line: Line) -> _Item | None:
    found = _MARKED.match(line.reads)
    if not found:
        return None
    lead, sign, gap, rest = found.groups()
    kind = next((kind for kind, signs in _KINDS if sign in signs), "number")
    if not gap and kind != "always":
        return None
    return _Item(kind, sign, len((line.lead or lead).expandtabs(4)), gap, rest)


def _pasted(lines: list[Line], items: list[_Item | None]) -> set[int]:
    """The places of the lines whose sign is a bullet beyond doubt."""
    sure = {place for place, item in enumerate(items) if item and _is_sure(item)}
    for run in _runs_of_dashes(lines, items):
        is_list = len(run) > 1 or items[run[0]].is_wide or _may_begin(lines, items, run[0])
        if is_list and not any(items[place].is_before_number or "\t" in items[place].rest for place in run):
            sure.update(run)
    return sure


def _is_sure(item: _Item) -> bool:
    is_row = "\t" in item.rest  # cells of a table
    if item.kind == "always":
        return True
    if item.kind == "dot":
        return item.is_wide or not item.is_before_number
    if item.kind == "letter":
        if item.is_before_number:
            return item.sign == "o" and "\t" in item.gap and not is_row
        return item.is_wide and not is_row
    if item.kind in ("hyphen", "number"):
        is_unusual = item.gap != " " and (item.sign != "*" or "\u00a0" not in item.gap)
        return is_unusual and not is_row and not item.is_before_number
    return False


def _runs_of_dashes(lines: list[Line], items: list[_Item | None]) -> list[list[int]]:
    """The places of dashes of one kind that follow each other, empty lines between them or not."""
    runs: list[list[int]] = []
    is_open = False
    for place, (line, item) in enumerate(zip(lines, items, strict=True)):
        if item and item.kind == "dash":
            if is_open and items[runs[-1][-1]].sign == item.sign:
                runs[-1].append(place)
            else:
                runs.append([place])
            is_open = True
        elif line.reads:
            is_open = False
    return runs


def _may_begin(lines: list[Line], items: list[_Item | None], place: int) -> bool:
    """Whether a lone dash here can't go on with the sentence of the line before."""
    before = lines[place - 1].reads.rstrip() if place else ""
    return not before or bool(items[place - 1]) or bool(_ENDS_SENTENCE.search(before))


def _may_count(item: _Item) -> bool:
    return item.is_before_number and item.kind in ("dash", "dot", "hyphen")


def _without_bullet(line: Line) -> Line:
    item = _item(line)
    while item and (_is_sure(item) or item.kind == "dash") and item.kind != "number" and not _may_count(item):
        line = line._replace(reads=item.rest, lead="", why=(*line.why, "list"))
        item = _item(line)
    return line


class _Walk:
    """Goes through the lines once and keeps the list at hand."""

    def __init__(self, lines: list[Line], items: list[_Item | None], pasted: set[int]):
        self.lines, self.items, self.pasted = lines, items, pasted
        self.list: _List | None = None
        self.empty: list[int] = []
        self.read_so_far: list[Line] = []

    def read(self) -> list[Line]:
        for place, line in enumerate(self.lines):
            item = self.items[place]
            if not line.reads:
                self.empty.append(place)
                self.read_so_far.append(line)
            elif item and (place in self.pasted or (self._goes_on(item) and not self.empty)):
                self._take(line, item, is_pasted=place in self.pasted)
            else:
                self._leave(line, item)
        return self.read_so_far

    def _goes_on(self, item: _Item) -> bool:
        """A sign of Markdown's own belongs to the pasted list that it stands in."""
        return self.list is not None and item.kind in ("hyphen", "number") and not item.is_before_number

    def _take(self, line: Line, item: _Item, *, is_pasted: bool) -> None:
        if self.list:
            for place in self.empty:
                self.read_so_far[place] = self.lines[place]._replace(reads=None)
        self.empty = []
        self.list = self.list or _List()
        self.list.was = item.rest
        reads = " " * self.list.place(item) + item.marker + item.rest
        is_seen = is_pasted and (item.kind not in ("hyphen", "number") or bool(item.gap.strip(" \t")))
        self.read_so_far.append(line._replace(reads=reads, why=(*line.why, "list") if is_seen else line.why))

    def _leave(self, line: Line, item: _Item | None) -> None:
        if self.list and not self.empty and _begins_anew(self.list.was, line):
            line = line._replace(reads="\n" + line.reads)
        if self.list and (self.empty or line.reads.startswith("\n") or _OF_MARKDOWN.match(line.reads)):
            self.list = None
        if self.list:
            self.list.was = line.reads
        self.empty = []
        if item and _looks_like_a_bullet(item):
            line = line._replace(why=(*line.why, "asks"))
        self.read_so_far.append(line)


def _begins_anew(before: str, line: Line) -> bool:
    """Whether a line below an item is a paragraph of its own, not the rest of the item that was wrapped."""
    first = line.reads.lstrip()[:1]
    if line.lead or _OF_MARKDOWN.match(line.reads) or first.islower():
        return False
    if _ENDS_SENTENCE.search(before.rstrip()):
        return True
    return first.isupper() and len(before) < _A_SHORT_LINE


def _looks_like_a_bullet(item: _Item) -> bool:
    if item.kind == "letter":
        return item.is_wide and "\t" not in item.rest
    return item.kind in ("dot", "dash") and "\t" not in item.rest

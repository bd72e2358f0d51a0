"""The blocks of an unmarked text, and what their shape says: heading, sub-heading, list or paragraph."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from monographs.exchange.unmarked.tables import rows_of
from monographs.exchange.unmarked.words.labels import is_for_somebody, tells_an_amount
from monographs.exchange.unmarked.wrapping import begins_small, ends_sentence, is_open_word, unwrap

_BULLETS = "•‣▪●◦·∙⁃■□◾◼►➢➤✓✔§\uf0b7\uf0a7\uf0d8\uf02d\uf076\uf0fc"
BULLET = re.compile(rf"\s*(?:[-*–—](?=\s)|[{_BULLETS}]|o(?=\t|[ \u00a0]{{2}}))\s*(?=\S)(?=.*\w)")
NUMBER = re.compile(r"\s*([1-9]\d{0,2})([.)])\s+(?=\S)")

_LONE_BULLET = re.compile(rf"\s*(?:[-*–—o]|[{_BULLETS}])\s*")
_SENTENCE_END = (".", "!", ",", ";", "…", "。", "۔", "।", "،", "؛")
_COLON = (":", "：")
_OPENING_MARKS = "“”„«‘'\"(¿"
_LONGEST_HEADING = 12
_LONGEST_KIND_HEADING = 18  # "1. What … 200 mg tablets is and what it is used for"
_LONGEST_HEADING_CHARACTERS = 130
_LONGEST_SUBHEADING = 8
_SHORT = 60
_MOST_HEADING_LINES = 3
_MOST_WORDS_WRAPPED = 6
_ASKS = re.compile(r"(?:how|what|when|who|where|why|which)\b", re.IGNORECASE)  # "What it is for"
_ABOUT_THE_PAGE = re.compile(
    r"(?:(?:this|leaflet|was|last|page|date)\s+)*(?:updated|revised|reviewed|published|posted|written|by)\b"
    r"|https?://|www\.|\S+@\S+|.*\d{4}|.*,\s*\d+$",  # a year, a postal code, a number of a house
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Block:
    """Lines without an empty line between them; ``line`` is the number of the first, from 1."""

    line: int
    lines: tuple[str, ...]

    @cached_property
    def text(self) -> str:
        return "\n".join(self.lines).strip()

    @cached_property
    def is_list(self) -> bool:
        return is_list_item(self.lines[0])

    @cached_property
    def rows(self) -> list[list[str]] | None:
        """The cells, if the block is a table copied with its tabs."""
        return rows_of(self.lines)

    def unwrapped(self, width: int) -> "Block":
        """The block with its wrapped lines joined; see `wrapping.unwrap`."""
        return self if self.rows else replace(self, lines=unwrap(self.lines, width))


def blocks_of(lines: Sequence[str | None]) -> list[Block]:
    """The blocks in order. A no-break space stays inside a line, but does not fill an empty one.

    A line that is None is left out without ending a block; a bullet alone on its line takes the next one.
    """
    blocks, gathered, start, bullet = [], [], 1, ""
    for number, line in enumerate([*lines, ""], start=1):
        if line is None:
            continue
        if line.strip() and _LONE_BULLET.fullmatch(line):
            start = start if gathered else number
            bullet = line.rstrip()
        elif line.strip():
            start = start if gathered or bullet else number
            gathered.append(f"{bullet}  {line.strip()}" if bullet else line.rstrip())
            bullet = ""
        elif gathered and not bullet:
            blocks.append(Block(start, tuple(gathered)))
            gathered = []
    if bullet:
        blocks.append(Block(start, (*gathered, bullet)))
    return [block if block.rows else replace(block, lines=tuple(map(_without_tabs, block.lines))) for block in blocks]


def _without_tabs(line: str) -> str:
    return line if is_list_item(line) else line.expandtabs(4)


def part_at_headings(blocks: Iterable[Block], kind_of: Callable[[Block], str | None]) -> list[Block]:
    """The blocks, with each heading that stands directly above or below its text made a block of its own.

    Inside a block only a line that names a section kind (``kind_of``), one that says for whom a dose is, or a
    first line that ends in a colon, is taken for one; a run of headings of sections is a table of contents and
    stays together.
    """
    parted = []
    for block in map(lambda block: _as_one_heading(block, kind_of), blocks):
        start = 0
        for place, line in enumerate(() if block.rows else block.lines):
            if _is_heading_within(block.lines, place, kind_of):
                if place > start:
                    parted.append(Block(block.line + start, block.lines[start:place]))
                parted.append(Block(block.line + place, (line,)))
                start = place + 1
        if start < len(block.lines):
            parted.append(Block(block.line + start, block.lines[start:]))
    return parted


def is_list_item(line: str) -> bool:
    """Whether the line begins with a bullet or a number: ``"• Asthma"``, ``"2) Swallow it"``."""
    return bool(BULLET.match(line) or NUMBER.match(line))


def is_heading(block: Block) -> bool:
    """A short line alone that is no sentence, item, amount, address or date of the page. It may end in ``?``."""
    line = block.text
    return (
        _is_short_line(block, _LONGEST_HEADING)
        and not line.endswith((*_SENTENCE_END, *_COLON))
        and not is_list_item(line)
        and not _ABOUT_THE_PAGE.match(line)
        and not line[0].isdigit()
        and not tells_an_amount(line)
        and not (is_open_word(line) and not _ASKS.match(line))
    )


def is_subheading(block: Block) -> bool:
    """A short line alone that ends in a colon and has no amount: ``"Alcohol Consumption:"``."""
    return (
        _is_short_line(block, _LONGEST_SUBHEADING)
        and block.text.endswith(_COLON)
        and not is_list_item(block.text)
        and ". " not in block.text
        and not tells_an_amount(block.text)
        and not is_open_word(block.text.rstrip(":： "))
    )


def may_name_kind(block: Block) -> bool:
    """Whether the block has the shape of a section's heading: one short line, with or without colon and number."""
    return _is_short_line(block, _LONGEST_KIND_HEADING) and not (
        block.text.endswith(_SENTENCE_END) or BULLET.match(block.text)
    )


def looks_like_a_title(line: str) -> bool:
    """Whether all long words begin with a capital: tells ``"Alcohol Consumption:"`` from ``"Tell us if you have:"``."""
    words = [word for word in re.findall(r"[^\W\d_]+", line) if len(word) > len("with")]
    return bool(words) and not any(word[0].islower() for word in words)


def is_short_line(block: Block) -> bool:
    """Whether the block is one line of a heading's length that begins as a heading does."""
    return _is_short_line(block, _LONGEST_KIND_HEADING)


def _is_short_line(block: Block, most_words: int) -> bool:
    line = block.text
    return (
        len(block.lines) == 1
        and len(line) <= _LONGEST_HEADING_CHARACTERS
        and len(line.split()) <= most_words
        and any(character.isalpha() for character in line)
        and (line[0].isalnum() or line[0] in _OPENING_MARKS)
        and not line[0].islower()
        and not block.rows
    )


def _as_one_heading(block: Block, kind_of: Callable[[Block], str | None]) -> Block:
    """A heading that was too long for its line as one line again; any other block as it is."""
    if not 1 < len(block.lines) <= _MOST_HEADING_LINES or block.rows or any(map(is_list_item, block.lines[1:])):
        return block
    if len(block.lines[-1].split()) > _MOST_WORDS_WRAPPED or ends_sentence(block.lines[0]):
        return block
    joined = replace(block, lines=(" ".join(line.strip() for line in block.lines),))
    names_kind_alone = kind_of(replace(block, lines=block.lines[:1]))
    return joined if kind_of(joined) and (not names_kind_alone or begins_small(block.lines[1])) else block


def _is_heading_within(lines: tuple[str, ...], place: int, kind_of: Callable[[Block], str | None]) -> bool:
    if len(lines) == 1 or BULLET.match(lines[place]):
        return False
    line = Block(0, (lines[place],))
    above = lines[place - 1] if place else ""
    below = lines[place + 1] if place + 1 < len(lines) else ""
    if kind_of(line):
        return _may_begin_below(above, below) and not _is_in_a_run(above, line.text, below, kind_of)
    if is_for_somebody(line.text) or (is_heading(line) and is_for_somebody(below)):
        return _may_begin_below(above, below) and _may_stand_above(line.text, below, is_first=place == 0)
    return place == 0 and is_subheading(line) and not is_list_item(below) and looks_like_a_title(line.text)


def _may_begin_below(above: str, below: str) -> bool:
    """Whether the line above has ended what it says, so that a heading may stand between it and the line below."""
    return not above or ends_sentence(above) or (bool(below) and _is_closed(above) and not begins_small(below))


def _is_in_a_run(above: str, line: str, below: str, kind_of: Callable[[Block], str | None]) -> bool:
    """Whether a line that names a kind is one of a numbered list, or has another such line directly below it."""
    is_listed = _counts_on(line, below) or _counts_on(above, line)
    return is_listed or bool(below and kind_of(Block(0, (below,))))


def _may_stand_above(line: str, below: str, *, is_first: bool) -> bool:
    """Whether a line for somebody has text below it, or a line above one for somebody is a heading's."""
    if not is_for_somebody(line):
        return True
    is_list = is_for_somebody(below) and not is_first
    return bool(below) and not is_list and not line.endswith(_SENTENCE_END)


def _is_closed(above: str) -> bool:
    """Whether a line without a full stop may end what it says: an item, or a short line that asks for no more."""
    return is_list_item(above) or (len(above) < _SHORT and not is_open_word(above))


def _counts_on(line: str, below: str) -> bool:
    """Whether both lines are numbered, and the second is the next."""
    numbers = NUMBER.match(line), NUMBER.match(below)
    return all(numbers) and int(numbers[1][1]) == int(numbers[0][1]) + 1

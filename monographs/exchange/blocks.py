"""The blocks of an unmarked text, and what their shape says: heading, sub-heading, list or paragraph."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from monographs.exchange.draft import tidy_lines
from monographs.exchange.medicine_name import kind_of

BULLET = re.compile(r"\s*(?:[-*](?=\s)|[•‣▪●◦·])\s*(?=\S)(?=.*\w)")
NUMBER = re.compile(r"\s*([1-9]\d{0,2})([.)])\s+(?=\S)")

_SENTENCE_END = (".", "!", ",", ";", "…", "。", "۔", "।", "،", "؛")
_COLON = (":", "：")
_OPENING_MARKS = "“”„«‘'\"(¿"
_LONGEST_HEADING = 10
_LONGEST_HEADING_CHARACTERS = 90
_LONGEST_SUBHEADING = 8
_ABOUT_THE_PAGE = re.compile(
    r"(?:(?:last|page|date)\s+)?(?:updated|reviewed|published|posted|written|by)\b|https?://|www\.|\S+@\S+",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Block:
    """Lines without an empty line between them; ``line`` is the number of the first, from 1."""

    line: int
    lines: tuple[str, ...]

    @property
    def text(self) -> str:
        return "\n".join(self.lines).strip()

    @property
    def is_list(self) -> bool:
        return is_list_item(self.lines[0])


def blocks_of(text: str) -> list[Block]:
    """The text's blocks in order. A no-break space stays inside a line, but does not fill an empty one."""
    blocks, lines, start = [], [], 1
    for number, line in enumerate([*tidy_lines(text).expandtabs(4).split("\n"), ""], start=1):
        if line.strip():
            start = start if lines else number
            lines.append(line.rstrip())
        elif lines:
            blocks.append(Block(start, tuple(lines)))
            lines = []
    return blocks


def part_at_headings(blocks: Iterable[Block], names: Iterable[str]) -> list[Block]:
    """The blocks, with each heading that stands directly above or below its text made a block of its own.

    Inside a block only a line that names a section kind, or a first line that ends in a colon, is taken
    for one; a run of such lines is a table of contents and stays together.
    """
    names = tuple(names)
    parted = []
    for block in blocks:
        start = 0
        for place, line in enumerate(block.lines):
            if _is_heading_within(block.lines, place, names):
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
    """A short line alone that is no sentence, item, address or date of the page. It may end in ``?``."""
    line = block.text
    return (
        _is_short_line(block, _LONGEST_HEADING)
        and not line.endswith((*_SENTENCE_END, *_COLON))
        and not is_list_item(line)
        and not _ABOUT_THE_PAGE.match(line)
        and not line[0].isdigit()
    )


def is_subheading(block: Block) -> bool:
    """A short line alone that ends in a colon: ``"Alcohol Consumption:"``."""
    return (
        _is_short_line(block, _LONGEST_SUBHEADING)
        and block.text.endswith(_COLON)
        and not is_list_item(block.text)
        and ". " not in block.text
    )


def names_kind(block: Block, names: Iterable[str]) -> str | None:
    """The section kind that a block of one short line names, with or without colon and number; otherwise None."""
    if not _is_short_line(block, _LONGEST_HEADING) or block.text.endswith(_SENTENCE_END) or BULLET.match(block.text):
        return None
    return kind_of(block.text, names)


def looks_like_a_title(line: str) -> bool:
    """Whether all long words begin with a capital: tells ``"Alcohol Consumption:"`` from ``"Tell us if you have:"``."""
    words = [word for word in re.findall(r"[^\W\d_]+", line) if len(word) > len("with")]
    return bool(words) and not any(word[0].islower() for word in words)


def _is_short_line(block: Block, most_words: int) -> bool:
    line = block.text
    return (
        len(block.lines) == 1
        and len(line) <= _LONGEST_HEADING_CHARACTERS
        and len(line.split()) <= most_words
        and any(character.isalpha() for character in line)
        and (line[0].isalnum() or line[0] in _OPENING_MARKS)
        and not line[0].islower()
    )


def _is_heading_within(lines: tuple[str, ...], place: int, names: tuple[str, ...]) -> bool:
    if len(lines) == 1 or is_list_item(lines[place]):
        return False
    line = Block(0, (lines[place],))
    below = lines[place + 1] if place + 1 < len(lines) else ""
    is_below_a_sentence = place == 0 or lines[place - 1].endswith((*_SENTENCE_END[:2], "?", *_COLON))
    if names_kind(line, names):
        return is_below_a_sentence and not (below and names_kind(Block(0, (below,)), names))
    return place == 0 and is_subheading(line) and not is_list_item(below) and looks_like_a_title(line.text)

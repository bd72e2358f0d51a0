"""What a leaflet says, sentence by sentence, each with what it holds for: all that may be quoted of it.

"Take it with grapefruit" is no sentence of "Do not, whatever friends say, take it with grapefruit"; and "are pregnant"
says its opposite without "Do not take it if you:" before it. So a sentence is quoted whole, an item of a list whole and
behind the words that lead to its list, a row of a table whole and by the heads of its columns, each under its headings.
The page's own HTML is read, which every publication has: it is what patients read. The headings of care cards are told
without the clinic's telephone numbers, which change while the page stays.
"""

import re
from dataclasses import dataclass, field
from functools import lru_cache
from html import unescape
from itertools import zip_longest
from typing import NamedTuple

from django.utils import translation

from monographs.quality.pieces.excerpts import whole_sentences
from monographs.text.markup.markdown import care_heading
from monographs.text.markup.rules.cards import CARE_KINDS

LONGEST = 600  # characters; what is longer is not quoted at all

_HEADINGS = {"h2", "h3", "h4", "h5", "h6"}
_BLOCKS = {"p", "li", "pre", "blockquote", "td", "th", *_HEADINGS}
_LISTS = {"ul", "ol", "table"}
_ENDS_BLOCK = {*_BLOCKS, *_LISTS, "div"}
_OF_TABLE = {"thead", "tr", "td", "th"}
_SKIPPED = {("nav", "contents"), ("section", "sources"), ("div", "rests-on")}
_END_MARKS = tuple(".!?…؟۔。！？")
_LEADS = (":", "：")
_TAG = re.compile(r'<(/?)([a-z][a-z0-9]*)((?:[^>"]|"[^"]*")*)>')  # as the sanitiser and our templates write them
_ATTRIBUTE = re.compile(r'\s(class|id|alt)="([^"]*)"')


class Quote(NamedTuple):
    """``words`` is a whole sentence, item or row; ``under`` the headings above it and ``lead`` what introduces it.
    ``anchor`` is the id of the part of the page that it stands in, such as ``part-dosage``."""

    words: str
    under: tuple[str, ...] = ()
    lead: str = ""
    anchor: str = ""

    @property
    def told(self) -> str:
        """All of it in one line: ``"What to avoid › Pregnancy: Do not take it if you: are pregnant"``."""
        said = f"{self.lead} {self.words}" if self.lead else self.words
        return _behind(self.under) + said if self.under else said


@lru_cache(maxsize=20)  # of the part at hand, each sentence of which is behind the same
def _behind(headings: tuple[str, ...]) -> str:
    return f"{' › '.join([heading.rstrip(':：') for heading in headings])}: "


def quotes(html: str, language: str = "en") -> list[Quote]:
    """All that may be quoted of a page's body (`publication.page.compile`), in its order."""
    reader = _Reader(language)
    first, *pieces = _TAG.split(html)
    reader.read_words(first)
    for place in range(0, len(pieces), 4):
        is_end, tag, attributes, words = pieces[place : place + 4]
        if is_end:
            reader.read_end(tag)
        else:
            reader.read_start(tag, dict(_ATTRIBUTE.findall(attributes)) if attributes else {})
        reader.read_words(words)
    return reader.found


@dataclass
class _List:
    """A list or table that is open: what leads to it, and the row at hand."""

    lead: str
    heads: list[str] = field(default_factory=list)
    cells: list[str] = field(default_factory=list)
    is_table: bool = False


class _Reader:
    """Reads the HTML that publishing stores, and nothing else."""

    def __init__(self, language: str):
        self._language = language
        self._anchor = ""
        self._care = ""  # the kind of the care card that opened last
        self._is_care_heading = False
        self.found: list[Quote] = []
        self._text = ""
        self._headings: list[tuple[int, str]] = []
        self._under: tuple[str, ...] = ()  # their words
        self._outside: list[list[tuple[int, str]]] = []  # the headings around a care card
        self._divs: list[bool] = []  # which of the open boxes are care cards
        self._lists: list[_List] = []
        self._lead = ""  # what the next block may stand under: the sentence just before it
        self._is_open = False  # whether that sentence ends in a colon
        self._is_after_table = False
        self._skipping = ""

    def read_start(self, tag: str, named: dict[str, str]) -> None:
        if (tag, named.get("class")) in _SKIPPED:
            self._skipping = tag
        if self._skipping:
            return
        if tag == "br" or (tag == "p" and self._is_in_item()):
            self._end_line()
        elif tag in _ENDS_BLOCK:
            self._end_block()
        self._begin(tag, named)

    def _begin(self, tag: str, named: dict[str, str]) -> None:
        if tag == "h2":
            self._anchor = unescape(named.get("id", ""))
        elif tag == "h3":
            self._is_care_heading = named.get("class") == "care-heading"
        elif tag in _LISTS:
            self._lists.append(_List(self._leads_here(), is_table=tag == "table"))
        elif tag == "tr" and self._lists:
            self._lists[-1].cells = []
        elif tag == "div":
            self._begin_div(named.get("class", "").split())
        elif tag == "img":
            self._text += f" {unescape(named.get('alt', ''))} "

    def read_end(self, tag: str) -> None:
        if self._skipping:
            self._skipping = "" if tag == self._skipping else self._skipping
            return
        if tag in _HEADINGS:
            self._end_heading(int(tag[1]))
        elif tag in _OF_TABLE and self._lists:
            self._end_of_table(tag)
        elif tag == "p" and self._is_in_item():
            self._end_line()
        elif tag in _BLOCKS:
            self._end_block()
        elif tag in _LISTS and self._lists:
            self._end_list()
        elif tag == "div" and self._divs:
            self._end_div()

    def _end_of_table(self, tag: str) -> None:
        table = self._lists[-1]
        if tag == "tr":
            self._end_row()
        elif tag == "thead":
            table.heads = table.cells
        else:
            table.cells.append(self._taken())

    def _end_list(self) -> None:
        self._end_block()
        closed = self._lists.pop()
        self._lead, self._is_open = closed.lead, False
        self._is_after_table = closed.is_table

    def _begin_div(self, classes: list[str]) -> None:
        is_card = "care" in classes
        self._divs.append(is_card)
        if is_card:
            self._care = next((kind for kind in CARE_KINDS if f"care-{kind}" in classes), "")
            self._outside.append(list(self._headings))

    def _end_div(self) -> None:
        self._end_block()
        if self._divs.pop():
            self._stand_under(self._outside.pop())
            self._lead, self._is_open = "", False

    def _end_line(self) -> None:
        """A typed line ends, and the block goes on."""
        self._text = f"{self._text.rstrip()}\n"

    def read_words(self, written: str) -> None:
        if written and not self._skipping:
            words = unescape(written)
            self._text += words.replace("\n", " ") if self._text.strip() else words.lstrip()

    def _taken(self) -> str:
        """What was read since the last block: one line, its typed line ends told apart by a point between them."""
        text, self._text = self._text, ""
        if "\n" not in text:
            return " ".join(text.split())
        lines = [" ".join(line.split()) for line in text.split("\n")]
        joined = ""
        for line in filter(None, lines):
            goes_on = joined.endswith((*_END_MARKS, *_LEADS, ";", ",", "؛", "،")) or line[0].islower()
            joined += f"{' ' if goes_on else ' · '}{line}" if joined else line
        return joined

    def _is_in_item(self) -> bool:
        return bool(self._lists) and not self._lists[-1].is_table

    def _leads_here(self) -> str:
        """What introduces the list that begins: the sentence before it, behind what introduces the list around it.

        Of two lists in a row both have it (their bullets differ), not a list behind a table.
        """
        around = self._lists[-1].lead if self._lists else ""
        before = "" if self._is_after_table else self._lead
        self._is_after_table = False
        return " ".join(filter(None, (around, before)))

    def _stand_under(self, headings: list[tuple[int, str]]) -> None:
        self._headings, self._under = headings, tuple([words for _level, words in headings])

    def _end_heading(self, level: int) -> None:
        words = self._taken()
        if self._is_care_heading:
            words, self._is_care_heading = _care_words(self._care, self._language), False
        above = [heading for heading in self._headings if heading[0] < level]
        self._stand_under([*above, (level, words)] if words else above)
        self._lead, self._is_open = "", False

    def _end_row(self) -> None:
        table = self._lists[-1]
        named = [
            f"{head}: {cell}" if head else cell
            for head, cell in zip_longest(table.heads, table.cells, fillvalue="")
            if cell
        ]
        if named and table.heads:
            self.found.append(Quote("; ".join(named), self._under, table.lead, self._anchor))

    def _end_block(self) -> None:
        words = self._taken()
        if words and self._is_in_item():
            self._add(words, self._lists[-1].lead)
            self._lead, self._is_open = words, False
        elif words:
            self._is_after_table = False
            self._end_paragraph(words)

    def _end_paragraph(self, words: str) -> None:
        """Its sentences; all of it where it stands under "Do not take it with:" or begins with a small letter."""
        goes_on = words[0].islower()
        lead = self._lead if self._is_open or goes_on else ""
        parts = [words] if lead else whole_sentences(words)
        for part in parts:
            self._add(part, lead)
        if words.endswith(_LEADS):
            self._lead, self._is_open = " ".join(filter(None, (lead, parts[-1]))), True
        elif not self._is_open or (not goes_on and words.endswith(_END_MARKS)):
            self._lead, self._is_open = parts[-1], False

    def _add(self, words: str, lead: str) -> None:
        """What only leads to something else is no sentence yet."""
        if not words.endswith(_LEADS):
            self.found.append(Quote(words, self._under, lead, self._anchor))


def _care_words(kind: str, language: str) -> str:
    with translation.override(language):
        return unescape(care_heading(kind))

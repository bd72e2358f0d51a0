"""Unmarked text, such as a page copied from a web site, into a leaflet. No word of it is lost, and no order.

What the shape of the lines says decides: a short line alone is a heading, unless it has an amount. Headings that
name a section kind become that section under the author's own words. A heading that names none stays where it
stands, as a sub-heading: whatever is above or below it in the text stays above or below it.
"""

import re
from dataclasses import dataclass, field

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from monographs.exchange.draft import (
    TITLE,
    ImportedLeaflet,
    Placement,
    Remark,
    count_words,
    default_heading,
    in_language,
    known_language,
    section_keys,
    tidy_pages,
)
from monographs.exchange.unmarked.blocks import (
    Block,
    blocks_of,
    is_heading,
    is_short_line,
    is_subheading,
    looks_like_a_title,
    part_at_headings,
)
from monographs.exchange.unmarked.body import Body
from monographs.exchange.unmarked.headings import Headings, kind_namer
from monographs.exchange.unmarked.pages import without_furniture
from monographs.exchange.unmarked.words.labels import (
    ORDERS,
    begins_with_people,
    is_contents_heading,
    is_document_line,
    tells_an_amount,
)
from monographs.exchange.unmarked.words.medicine_name import kind_of, name_in_headings, name_in_title
from monographs.exchange.unmarked.words.page_furniture import (
    begins_page_tail,
    is_conclusion,
    is_disclaimer,
    is_page_bit,
)
from monographs.exchange.unmarked.wrapping import usual_width
from monographs.leaflets.content import Content, MedicineContent, SectionContent
from monographs.leaflets.sections import BY_KEY, OTHER, fold_heading
from monographs.refusals import Unacceptable

INTRODUCTION = "introduction"
CONCLUSION = gettext_noop("Conclusion")
DISCLAIMER = gettext_noop("Disclaimer")
LEFT_OVER = gettext_noop("Left over from the page")

_FIRST, _CONCLUDING, _LAST = 0, 7, 8  # places before and behind the six parts of the QRD template
_MOST_HEADINGS_IN_A_ROW = 4
_STRENGTH = re.compile(r"\d\s?(?:mg|g|µg|micrograms?|mcg|ml|%|IU|units?|مجم|ملغ)(?:\b|/)", re.IGNORECASE)


def read_plain_text(text: str, *, medicine: str = "", language: str = "en") -> ImportedLeaflet:
    """Read unmarked text into a leaflet whose sections stand in the order of the EU package leaflet's six parts.

    Within each part, and within each section, everything stands in the order of the text. ``medicine`` is the
    generic name; without it the headings ("What is Baclofen?") or a short title tell it. Every word of the text
    stands in the title, a section's heading or a body at least as often as in the text; ``placed`` follows the
    text. Raises `Unacceptable` for a text without words, an unknown language, and where no medicine's name is
    given or found.
    """
    language = known_language(language)
    lines, page_starts = tidy_pages(text)
    width = usual_width(lines)
    names = tuple(name for name in (medicine.strip(), _name_in(blocks_of(lines))) if name)
    paged = without_furniture(lines, page_starts, lambda line: bool(kind_of(line, names)), names=names, width=width)
    blocks = blocks_of(paged.lines)
    if not any(count_words(line) for line in lines):
        raise Unacceptable(_("There are no words in this file."))
    blocks = [block.unwrapped(width) for block in part_at_headings(blocks, kind_namer(names))]
    headings = Headings(blocks, names)
    title = _title_among(blocks, headings)
    if not names and title:
        names = tuple(name for name in (name_in_title(title.text),) if name)
        headings = Headings(blocks, names)
    if not names:
        raise Unacceptable(
            _("No heading says which medicine this text is about. Please give it with --medicine NAME and try again.")
        )
    sorter = _Sorter(headings, names, language)
    return sorter.sort(title, [block for block in blocks if block is not title], paged.furniture)


def _name_in(blocks: list[Block]) -> str:
    alone = [block.text for block in blocks if is_short_line(block)]
    without_amount = name_in_headings(text for text in alone if not tells_an_amount(text))
    if without_amount or (found := name_in_headings(alone)):
        return without_amount or found
    lines = (Block(0, (line,)) for block in blocks if len(block.lines) > 1 for line in block.lines)
    return name_in_headings(line.text for line in lines if is_short_line(line))


def _title_among(blocks: list[Block], headings: Headings) -> Block | None:
    """The first line, buttons of the page and what says "package leaflet" aside, if it is a heading of no kind."""
    first = next((b for b in blocks if not is_page_bit(b.text) and not is_document_line(b.text)), None)
    if not first or headings.kind(first) or begins_page_tail(first.text) or is_contents_heading(first.text):
        return None
    return first if is_heading(first) or _is_name_with_strength(first) else None


def _is_name_with_strength(block: Block) -> bool:
    """``"Baclofen 10 mg tablets"``: a title, although it has an amount."""
    text = block.text
    return (
        is_short_line(block)
        and not text.endswith((".", ":", ";", ",", "!"))
        and bool(_STRENGTH.search(text))
        and not text[0].isdigit()
        and not ORDERS.match(text)
        and bool(name_in_title(text))
    )


@dataclass(eq=False)
class _Part:
    """A section in the making; ``line`` is where it begins in the text, ``note`` why it is there.

    ``rank`` is the part of the QRD template (1–6) whose place it takes, ``has_colon`` how its heading was written.
    """

    kind: str
    heading: str
    line: int
    note: str
    rank: int
    has_colon: bool = False
    body: Body = field(default_factory=Body)


class _Sorter:
    """Puts block after block where it belongs.

    ``parent`` is the section of the last main heading; ``current`` takes the next paragraph.
    """

    def __init__(self, headings: Headings, names: tuple[str, ...], language: str):
        self.headings = headings
        self.names = names
        self.language = language
        self.parts: list[_Part] = []
        self.parent: _Part | None = None
        self.current: _Part | None = None
        self.left_over: _Part | None = None
        self.disclaimer: _Part | None = None
        self.names_kinds = False
        self.remarks: list[Remark] = []
        self.listed: set[int] = set()
        self.subheadings: set[int] = set()
        self.conclusion = in_language(CONCLUSION, language)
        self.disclaimed = in_language(DISCLAIMER, language)

    def sort(self, title: Block | None, blocks: list[Block], furniture: tuple[tuple[int, str], ...]) -> ImportedLeaflet:
        self.names_kinds = any(self.headings.kind(block) for block in blocks)
        self.listed = self._lines_in_a_row(blocks)
        pairs = zip(blocks, [*blocks[1:], None], strict=False)
        self.subheadings = {block.line for block, below in pairs if self._may_be_subheading(block, below)}
        last_heading = self._last_heading(blocks)
        for place, block in enumerate(blocks):
            below = blocks[place + 1] if place + 1 < len(blocks) else None
            self._place(block, below, is_closing=place > last_heading)
        for line, text in furniture:
            self._leave_over(Block(line, (text,)))
        note = _("“%(text)s” stands at the head or foot of a page; it was put under “%(heading)s”.")
        heading = in_language(LEFT_OVER, self.language)
        firsts = {text: line for line, text in reversed(furniture)}
        self.remarks += [Remark(line, note % {"text": text, "heading": heading}) for text, line in firsts.items()]
        return self._leaflet(title)

    def _leaflet(self, title: Block | None) -> ImportedLeaflet:
        parts = sorted(self.parts, key=lambda part: part.rank)
        keys = section_keys((part.kind, part.heading, "") for part in parts)
        sections = tuple(
            SectionContent(key=key, kind=part.kind, heading=part.heading, body=part.body.markdown)
            for key, part in zip(keys, parts, strict=True)
        )
        name = self.names[0]
        shown_title = title.text if title else name[:1].upper() + name[1:]
        note = _("the first line") if title else _("the text has no title line; this is the medicine's name")
        placed = [Placement(title.line if title else 0, shown_title, TITLE, count_words(shown_title), note)]
        placed += [
            Placement(part.line, part.heading, part.kind, count_words(part.body.markdown), part.note)
            for part in sorted(self.parts, key=lambda part: part.line)
        ]
        content = Content(
            title=shown_title, medicine=MedicineContent(name=name), language=self.language, sections=sections
        )
        remarks = tuple(sorted(self.remarks, key=lambda remark: remark.line))
        return ImportedLeaflet(content=content, placed=tuple(placed), remarks=remarks)

    def _last_heading(self, blocks: list[Block]) -> int:
        last = -1
        for place, block in enumerate(blocks):
            if begins_page_tail(block.text):
                break
            if self.headings.kind(block) or (is_heading(block) and not is_page_bit(block.text)):
                last = place
        return last

    def _lines_in_a_row(self, blocks: list[Block]) -> set[int]:
        """Lines like headings, too many one below the other to be any: an address, or a list without bullets."""
        listed: set[int] = set()
        run: list[int] = []
        for block in [*blocks, None]:
            if block and is_heading(block) and not self.headings.kind(block) and not begins_with_people(block.text):
                run.append(block.line)
                continue
            listed |= set(run) if len(run) >= _MOST_HEADINGS_IN_A_ROW else set()
            run = []
        return listed

    def _place(self, block: Block, below: Block | None, *, is_closing: bool) -> None:
        kind = self.headings.kind(block)
        if begins_page_tail(block.text):
            self.parent = self.current = self._leave_over(block)
        elif is_page_bit(block.text) or (not kind and self.current and self.current is self.left_over):
            self._leave_over(block)
        elif block.line in self.headings.contents:
            self._place_contents(block)
        elif kind:
            self._begin_kind(kind, block, below)
        elif self._is_subheading(block, below):
            self._place_subheading(block, below)
        else:
            self._place_paragraph(block, is_closing=is_closing)

    def _may_be_subheading(self, block: Block, below: Block | None) -> bool:
        """Whether the block has the shape of a sub-heading with something below it."""
        if not below or is_document_line(block.text) or block.line in self.listed:
            return False
        if is_subheading(block):
            return not below.is_list or looks_like_a_title(block.text) or begins_with_people(block.text)
        return is_heading(block)

    def _is_subheading(self, block: Block, below: Block | None) -> bool:
        if block.line not in self.subheadings or not below:
            return False
        return is_subheading(block) or not self._begins_section(below)

    def _begins_section(self, block: Block) -> bool:
        """Whether the block is a heading that leaves the current section."""
        kind = self.headings.kind(block)
        return bool(kind) and not is_subheading(block) and not self._stays(kind, block)

    def _stays(self, kind: str, block: Block) -> bool:
        """Whether a heading that names a kind is a sub-heading all the same: it names the section's own kind,
        or stands among the groups of people that a dose is for, or within another heading of the section."""
        current = self.current
        if not current or (self.headings.is_numbered and self.headings.is_top(block)):
            return False
        if current.kind == kind:
            return True
        return (
            current.kind == "dosage" and begins_with_people(block.text) and current.body.nesting.knows_like(block.text)
        )

    def _begin_kind(self, kind: str, block: Block, below: Block | None) -> None:
        heading = block.text.rstrip(":： ")
        has_colon = is_subheading(block)
        parent = self.parent if self.parent and self.parent.kind != INTRODUCTION else None
        if parent and has_colon and kind == parent.kind:
            self.current = parent
            self._add_subheading(block, below)
        elif self._says_again(heading):
            self._leave_over(block)
        elif self._stays(kind, block):
            self._add_subheading(block, below)
        elif parent and (has_colon or not self.headings.is_top(block)):
            note = _("sub-heading under “%(heading)s” that names a kind of its own") % {"heading": parent.heading}
            self.current = self._begin(kind, heading, block, note, rank=parent.rank)
        else:
            note = _("the heading names this kind")
            self.parent = self.current = self._begin(kind, heading, block, note, rank=BY_KEY[kind].qrd)

    def _says_again(self, heading: str) -> bool:
        """Whether the same heading stands directly above, before any text."""
        current = self.current
        return bool(current and current.body.is_empty and fold_heading(current.heading) == fold_heading(heading))

    def _place_subheading(self, block: Block, below: Block | None) -> None:
        if self._ends_current(block, below):
            self.current = self.parent
        if not self.current and (self.names_kinds or is_subheading(block)):
            self.parent = self.current = self._introduce(block)
        elif not self.names_kinds and not is_subheading(block) and self._begins_unknown(block):
            note = _("no section kind has this heading")
            self.parent = self.current = self._begin(OTHER, block.text, block, note, rank=_FIRST)
            return
        self.current = self.current or self._introduce(block)
        self._add_subheading(block, below)

    def _ends_current(self, block: Block, below: Block | None) -> bool:
        """Whether a sub-heading ends a section that itself had a colon, and goes on in the section around it."""
        current = self.current
        if not current or not self.parent or current is self.parent or not current.has_colon:
            return False
        is_known = not self._opens(below) and current.body.nesting.knows_like(block.text)  # "Children" after "Adults"
        return not is_known and not current.body.is_empty and is_subheading(block)

    def _begins_unknown(self, block: Block) -> bool:
        """In a text whose headings name no kind: whether this one is a section, and not a part of the one above."""
        current = self.current
        if not current or current.kind == INTRODUCTION:
            return True
        return not current.body.is_empty and not current.body.nesting.knows_like(block.text)

    def _opens(self, below: Block | None) -> bool:
        """Whether a heading follows directly, so that the one above it is its parent."""
        return bool(below) and below.line in self.subheadings and below.line not in self.headings.contents

    def _add_subheading(self, block: Block, below: Block | None) -> None:
        self.current.body.add_subheading(block.text, is_parent=self._opens(below))
        if not (is_subheading(block) or self.headings.kind(block) or begins_with_people(block.text)):
            note = _("“%(text)s” names no kind of section; it stays where it stands, under “%(heading)s”.")
            text = note % {"text": block.text, "heading": self.current.heading}
            self.remarks.append(Remark(block.line, text))

    def _place_contents(self, block: Block) -> None:
        self.current = self.current or self._introduce(block)
        if is_contents_heading(block.text) and len(block.lines) == 1:
            self.current.body.add_subheading(block.text)
        else:
            self.current.body.add(block)

    def _place_paragraph(self, block: Block, *, is_closing: bool) -> None:
        headed = fold_heading(self.current.heading) if self.current else ""
        concludes = is_closing and is_conclusion(block.text) and headed != fold_heading(self.conclusion)
        disclaims = is_closing and is_disclaimer(block.text) and fold_heading(self.disclaimed) not in headed
        if concludes and not tells_an_amount(block.text):
            note = _("a paragraph that sums up")
            self.parent = self.current = self._begin(OTHER, self.conclusion, block, note, rank=_CONCLUDING)
            self.current.body.add(block)
        elif disclaims and not tells_an_amount(block.text):
            if not self.disclaimer:
                note = _("says that the text is no professional's advice")
                self.disclaimer = self._begin(OTHER, self.disclaimed, block, note, rank=_CONCLUDING)
            self.disclaimer.body.add(block)
        else:
            self.current = self.current or self._introduce(block)
            self.current.body.add(block)

    def _begin(self, kind: str, heading: str, block: Block, note: str, *, rank: int) -> _Part:
        part = _Part(kind, heading, block.line, note, rank, has_colon=is_subheading(block))
        self.parts.append(part)
        return part

    def _introduce(self, block: Block) -> _Part:
        heading = default_heading(INTRODUCTION, self.language)
        part = self._begin(INTRODUCTION, heading, block, _("text before the first heading"), rank=_FIRST)
        part.has_colon = False
        return part

    def _leave_over(self, block: Block) -> _Part:
        if not self.left_over:
            note = _("furniture of the web page; delete it if it says nothing about the medicine")
            heading = in_language(LEFT_OVER, self.language)
            self.left_over = self._begin(OTHER, heading, block, note, rank=_LAST)
        self.left_over.body.add_line(block.text)
        return self.left_over

"""Unmarked text, such as a page copied from a web site, into a leaflet. No word of it is lost.

What the shape of the lines says decides: a short line alone is a heading, one that ends in a colon a
sub-heading. Headings that name a section kind become that section under the author's own words; what
fits nowhere gets a section of its own, and the placements name it.
"""

from dataclasses import dataclass, field

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from monographs.exchange.blocks import (
    Block,
    blocks_of,
    is_heading,
    is_subheading,
    looks_like_a_title,
    names_kind,
    part_at_headings,
)
from monographs.exchange.body import Body
from monographs.exchange.draft import (
    TITLE,
    ImportedLeaflet,
    Placement,
    count_words,
    default_heading,
    in_language,
    known_language,
    section_keys,
)
from monographs.exchange.medicine_name import name_in_headings, name_in_title
from monographs.exchange.page_furniture import begins_page_tail, is_conclusion, is_disclaimer, is_page_bit
from monographs.leaflets.content import Content, MedicineContent, SectionContent
from monographs.leaflets.sections import ORDER, OTHER, fold_heading
from monographs.refusals import Unacceptable

INTRODUCTION = "introduction"
CONCLUSION = gettext_noop("Conclusion")
DISCLAIMER = gettext_noop("Disclaimer")
LEFT_OVER = gettext_noop("Left over from the page")


def read_plain_text(text: str, *, medicine: str = "", language: str = "en") -> ImportedLeaflet:
    """Read unmarked text into a leaflet whose sections stand in the vocabulary's order.

    ``medicine`` is the generic name; without it the headings ("What is Baclofen?") or a short title tell it.
    Every word of the text stands in the title, a section's heading or a body at least as often as in the
    text; ``placed`` follows the text. Raises `Unacceptable` for a text without words, an unknown language,
    and where no medicine's name is given or found.
    """
    language = known_language(language)
    blocks = blocks_of(text)
    if not any(count_words(block.text) for block in blocks):
        raise Unacceptable(_("There are no words in this file."))
    names = tuple(name for name in (medicine.strip(), _name_in(blocks)) if name)
    blocks = part_at_headings(blocks, names)
    title = _title_among(blocks, names)
    if not names and title:
        names = tuple(name for name in (name_in_title(title.text),) if name)
    if not names:
        raise Unacceptable(
            _("No heading says which medicine this text is about. Please give it with --medicine NAME and try again.")
        )
    return _Sorter(names, language).sort(title, [block for block in blocks if block is not title])


def _name_in(blocks: list[Block]) -> str:
    alone = [block for block in blocks if is_heading(block) or is_subheading(block)]
    lines = [Block(0, (line,)) for block in blocks for line in block.lines]
    return name_in_headings(block.text for block in alone) or name_in_headings(
        line.text for line in lines if is_heading(line) or is_subheading(line)
    )


def _title_among(blocks: list[Block], names: tuple[str, ...]) -> Block | None:
    """The first line, buttons of the page aside, if it is a heading that names no kind."""
    first = next((block for block in blocks if not is_page_bit(block.text)), None)
    if first and is_heading(first) and not names_kind(first, names) and not begins_page_tail(first.text):
        return first
    return None


@dataclass(eq=False)
class _Part:
    """A section in the making; ``line`` is where it begins in the text, ``note`` why it is there."""

    kind: str
    heading: str
    line: int
    note: str
    body: Body = field(default_factory=Body)


class _Sorter:
    """Puts block after block where it belongs.

    ``parent`` is the section of the last heading, to which sub-headings belong; ``current`` takes the
    next paragraph.
    """

    def __init__(self, names: tuple[str, ...], language: str):
        self.names = names
        self.language = language
        self.parts: list[_Part] = []
        self.parent: _Part | None = None
        self.current: _Part | None = None
        self.left_over: _Part | None = None
        self.disclaimer: _Part | None = None

    def sort(self, title: Block | None, blocks: list[Block]) -> ImportedLeaflet:
        last_heading = self._last_heading(blocks)
        for place, block in enumerate(blocks):
            below = blocks[place + 1] if place + 1 < len(blocks) else None
            self._place(block, below, is_closing=place > last_heading)
        parts = sorted(self.parts, key=lambda part: ORDER[part.kind])
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
        return ImportedLeaflet(content=content, placed=tuple(placed))

    def _last_heading(self, blocks: list[Block]) -> int:
        last = -1
        for place, block in enumerate(blocks):
            if begins_page_tail(block.text):
                break
            if names_kind(block, self.names) or (is_heading(block) and not is_page_bit(block.text)):
                last = place
        return last

    def _place(self, block: Block, below: Block | None, *, is_closing: bool) -> None:
        kind = names_kind(block, self.names)
        if begins_page_tail(block.text):
            self.parent = self.current = self._leave_over(block)
        elif is_page_bit(block.text) or (not kind and self.current and self.current is self.left_over):
            self._leave_over(block)
        elif kind:
            self._begin_kind(kind, block)
        elif is_heading(block) and below and not self._is_top_heading(below):
            self.parent = self.current = self._begin(OTHER, block.text, block, _("no section kind has this heading"))
        elif is_subheading(block) and below and (not below.is_list or looks_like_a_title(block.text)):
            self.current = self.parent = self.parent or self.current or self._introduce(block)
            self.current.body.add_subheading(block.text)
        else:
            self._place_paragraph(block, is_closing=is_closing)

    def _is_top_heading(self, block: Block) -> bool:
        return is_heading(block) or (bool(names_kind(block, self.names)) and not is_subheading(block))

    def _begin_kind(self, kind: str, block: Block) -> None:
        is_below_heading = is_subheading(block) and self.parent and self.parent.kind != INTRODUCTION
        if is_below_heading and kind == self.parent.kind:
            self.current = self.parent
            self.current.body.add_subheading(block.text)
        elif is_below_heading:
            note = _("sub-heading under “%(heading)s” that names a kind of its own") % {"heading": self.parent.heading}
            self.current = self._begin(kind, block.text.rstrip(":： "), block, note)
        else:
            heading = block.text.rstrip(":： ")
            self.parent = self.current = self._begin(kind, heading, block, _("the heading names this kind"))

    def _place_paragraph(self, block: Block, *, is_closing: bool) -> None:
        headed = fold_heading(self.current.heading) if self.current else ""
        disclaimer = fold_heading(in_language(DISCLAIMER, self.language))
        if is_conclusion(block.text) and headed != fold_heading(in_language(CONCLUSION, self.language)):
            self.parent = self.current = self._begin(
                OTHER, in_language(CONCLUSION, self.language), block, _("a paragraph that sums up")
            )
            self.current.body.add(block)
        elif is_disclaimer(block.text, is_closing=is_closing) and disclaimer not in headed:
            if not self.disclaimer:
                note = _("says that the text is no professional's advice")
                self.disclaimer = self._begin(OTHER, in_language(DISCLAIMER, self.language), block, note)
            self.disclaimer.body.add(block)
        else:
            self.current = self.current or self._introduce(block)
            self.current.body.add(block)

    def _begin(self, kind: str, heading: str, block: Block, note: str) -> _Part:
        part = _Part(kind, heading, block.line, note)
        self.parts.append(part)
        return part

    def _introduce(self, block: Block) -> _Part:
        heading = default_heading(INTRODUCTION, self.language)
        return self._begin(INTRODUCTION, heading, block, _("text before the first heading"))

    def _leave_over(self, block: Block) -> _Part:
        if not self.left_over:
            note = _("furniture of the web page; delete it if it says nothing about the medicine")
            self.left_over = self._begin(OTHER, in_language(LEFT_OVER, self.language), block, note)
        self.left_over.body.add(block)
        return self.left_over

"""A whole leaflet as passages: each block of words with the place where it stands."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from django.utils.functional import Promise, cached_property, lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from monographs.leaflets.content import Content, SectionContent
from monographs.leaflets.sections import BY_KEY
from monographs.quality.findings import Observation
from monographs.quality.pieces.blocks import Block, blocks, line, seen, without_addresses
from monographs.text.words import vocabulary

_LETTERS = re.compile(r"[A-Za-z]+")


@dataclass(frozen=True)
class Passage:
    """A block and its place, named as in `Observation`. ``section_kind`` is "" outside the sections. ``where`` becomes
    `label` in the language that is active when it is asked for."""

    place: str
    where: str | Promise
    section_kind: str
    block: Block

    @property
    def label(self) -> str:
        return str(self.where)

    @property
    def text(self) -> str:
        return self.block.text

    @cached_property
    def bare(self) -> str:
        """Its text with every web or mail address blanked out."""
        return without_addresses(self.block.text)

    @cached_property
    def letter_runs(self) -> frozenset[str]:
        """What stands in it of A to Z without a sign between: ``{"Take", "q", "h"}`` of "Take q8h". A rule that looks
        for certain short words need not look where none of them is."""
        return frozenset(_LETTERS.findall(self.bare))

    def observe(self, excerpt: str, message: str, instead: str) -> Observation:
        """What was seen in this passage; line ends in ``excerpt`` become spaces."""
        return Observation(self.place, self.label, " ".join(excerpt.split()), message, instead)


def label(section: SectionContent) -> str:
    """A section's place in words: its heading, or the usual heading of its kind."""
    return str(where(section))


def where(section: SectionContent) -> str | Promise:
    """The same, in no language yet."""
    if section.heading.strip() or section.kind not in BY_KEY:
        return section.heading.strip() or section.kind
    return BY_KEY[section.kind].heading


@lru_cache(maxsize=64)  # each rule asks for those of the same leaflet
def section_passages(section: SectionContent) -> tuple[Passage, ...]:
    """A section's heading (level 0), then its reason for not applying, if it has one, then the blocks of its body."""
    found = [Block("heading", seen(section.heading).strip())]
    if section.is_not_applicable and seen(section.reason).strip():
        found.append(Block("paragraph", seen(section.reason).strip()))
    place = section.key, where(section), section.kind
    return tuple(Passage(*place, block) for block in (*found, *blocks(section.body)))


def key_fact_passages(content: Content) -> tuple[Passage, ...]:
    """The key facts, each labelled by its number."""
    return _key_fact_passages(content.key_facts)


def _key_fact(number: int) -> str:
    return _("Key fact %(number)d") % {"number": number}


where_key_fact = lazy(_key_fact, str)


@lru_cache(maxsize=8)
def _key_fact_passages(key_facts: tuple[str, ...]) -> tuple[Passage, ...]:
    return tuple(
        Passage("key_facts", where_key_fact(number), "", block)
        for number, fact in enumerate(key_facts, start=1)
        for block in line(fact)
    )


@lru_cache(maxsize=4)  # each of thirty rules asks for those of the same leaflet
def passages(content: Content) -> tuple[Passage, ...]:
    """Every passage that patients read as the clinic's own words: title, key facts, sections.

    Sources are left out: a citation quotes somebody else's title.
    """
    return tuple(_read(content))


def _read(content: Content) -> Iterator[Passage]:
    yield Passage("title", gettext_lazy("Title"), "", Block("heading", seen(content.title).strip()))
    yield from key_fact_passages(content)
    for section in content.sections:
        yield from section_passages(section)


def is_english(content: Content) -> bool:
    """Whether the rules on English words hold for it."""
    return vocabulary.is_english(content.language)

"""A translation beside its source in one print: part by part, a language in each column."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, fields
from itertools import zip_longest

from monographs.paper.articles.article import digest_of
from monographs.paper.from_page.blocks import Block, Heading
from monographs.paper.from_page.reading import read_blocks

Pair = tuple[tuple[Block, ...], tuple[Block, ...]]


@dataclass(frozen=True)
class Side:
    """A column. ``parts`` are its HTML, the one with the leaflet's title first and "" where the other has a part more;
    ``foot`` is its line on each sheet, ``address`` its version's permanent one.
    """

    parts: tuple[str, ...]
    language: str
    foot: str
    address: str
    qr_alt: str

    @property
    def blocks(self) -> Iterator[tuple[Block, ...]]:
        for number, html in enumerate(self.parts):
            yield read_blocks(html, self.language, below=int(number > 0))


@dataclass(frozen=True)
class Beside:
    """``sides`` in the order of reading; ``author``, ``page_of``, ``logo`` and ``on`` as `article.Article` has them."""

    title: str
    author: str
    page_of: str
    sides: tuple[Side, Side]
    on: dt.date
    logo: str = ""

    def digest(self, kind: str) -> str:
        """SHA-256 of all that a file of this kind is made of, the program that makes it included."""
        return digest_of(kind, *(getattr(self, field.name) for field in fields(self)))

    @property
    def rows(self) -> Iterator[list[Pair]]:
        """For each part the blocks that stand at one height."""
        first, second = (side.blocks for side in self.sides)
        return (list(_in_step(one, other)) for one, other in zip_longest(first, second, fillvalue=()))


def _in_step(one: tuple[Block, ...], other: tuple[Block, ...]) -> Iterator[Pair]:
    """Block beside block where both sides have the same, each heading with what follows it; else all at once."""
    if [_kind(block) for block in one] != [_kind(block) for block in other]:
        yield one, other
        return
    begins = 0
    for place, block in enumerate(one, start=1):
        if not isinstance(block, Heading) or place == len(one):
            yield one[begins:place], other[begins:place]
            begins = place


def _kind(block: Block) -> tuple[object, ...]:
    return type(block), getattr(block, "level", 0), getattr(block, "look", "")

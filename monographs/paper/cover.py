"""The first page of several leaflets in one print: which there are, and what is most important in each."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from monographs.paper.article import Article
from monographs.paper.blocks import Block, Box, Heading, Paragraph, Run

_NOT_ON_THE_COVER = {"eyebrow"}


@dataclass(frozen=True)
class Cover:
    """``language`` is that of its own words; ``lead`` stands under the title, ``foot`` on its sheets, ``page_of``
    beside it: "Page {page} of {pages}". ``author`` is the clinic's name, ``on`` the day of the newest leaflet.
    """

    title: str
    lead: str
    language: str
    author: str
    foot: str
    page_of: str
    on: dt.date | None = None

    @property
    def above(self) -> tuple[Block, ...]:
        """What stands above the contents."""
        return Heading(1, (Run(self.title),)), Paragraph((Run(self.lead),))


def in_short(article: Article) -> tuple[Block, ...]:
    """A leaflet on the cover: its title, its version, any warning above it, and its key facts; of a notice in place of
    a leaflet, its words.
    """
    return Heading(2, (Run(article.title),)), Paragraph((Run(article.foot),), "small"), *_most_important(article)


def _most_important(article: Article) -> Iterator[Block]:
    warnings = [block for block in _above_the_text(article) if isinstance(block, Box)]
    yield from (block for block in warnings if block.look != "key-facts")
    facts = next((block for block in article.blocks if isinstance(block, Box) and block.look == "key-facts"), None)
    if facts:
        yield Box(facts.look, tuple(block for block in facts.blocks if not isinstance(block, Heading)))
    elif words := tuple(block for block in _above_the_text(article) if isinstance(block, Paragraph)):
        yield Box("strong", tuple(block for block in words if block.look not in _NOT_ON_THE_COVER))


def _above_the_text(article: Article) -> Iterator[Block]:
    """Blocks before the first heading below the title, the title left out."""
    for block in article.blocks:
        if isinstance(block, Heading) and block.level > 1:
            return
        if not isinstance(block, Heading):
            yield block

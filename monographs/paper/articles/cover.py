"""The first page of several leaflets in one print: which there are, and what is most important in each."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import takewhile

from monographs.paper.articles.article import Article, digest_of
from monographs.paper.from_page.blocks import Block, Box, Heading, Paragraph, Run, Spoken

_NOT_ON_THE_COVER = {"eyebrow"}


@dataclass(frozen=True)
class Cover:
    """``language`` is that of its own words; ``lead`` stands under the title, ``foot`` on its sheets, ``page_of``
    beside it: "Page {page} of {pages}". ``author`` is the clinic's name, ``on`` the day of the newest leaflet.
    ``articles`` are the leaflets behind it, in their order.
    """

    title: str
    lead: str
    language: str
    author: str
    foot: str
    page_of: str
    articles: tuple[Article, ...]
    on: dt.date | None = None

    def digest(self, kind: str) -> str:
        """SHA-256 of all that a file of this kind is made of, the leaflets included."""
        own = self.title, self.lead, self.language, self.author, self.foot, self.page_of, self.on
        return digest_of(kind, *own, *(article.digest(kind) for article in self.articles))

    @property
    def logo(self) -> str:
        """The address of the clinic's picture ("": none)."""
        return self.articles[0].logo if self.articles else ""

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
    """A notice has no permanent address, and no key facts."""
    if not article.address:
        yield Box("strong", tuple(_notice(article)))
        return
    above = (block for block in _above_the_text(article) if isinstance(block, Box) and block.look != "key-facts")
    yield from map(_under_the_title, above)
    facts = next((block for block in article.blocks if isinstance(block, Box) and block.look == "key-facts"), None)
    if facts:
        yield Box(facts.look, tuple(block for block in facts.blocks if not isinstance(block, Heading)))


def _above_the_text(article: Article) -> Iterator[Block]:
    """Blocks before the first heading below the title."""
    return takewhile(lambda block: not (isinstance(block, Heading) and block.level > 1), article.blocks)


def _notice(article: Article) -> Iterator[Block]:
    """Since when it is there, and its words: up to the heading behind its own."""
    headings = 0
    for block in article.blocks:
        if isinstance(block, Heading):
            headings += block.level > 1
            if headings > 1:
                return
            if block.level > 1:
                yield _under_the_title(block)
        elif not (isinstance(block, Paragraph) and block.look in _NOT_ON_THE_COVER):
            yield _under_the_title(block)


def _under_the_title(block: Block) -> Block:
    """With its headings, those of an alert among them, below the leaflet's title on the cover."""
    if isinstance(block, Box | Spoken):
        return replace(block, blocks=tuple(map(_under_the_title, block.blocks)))
    return replace(block, level=3) if isinstance(block, Heading) else block

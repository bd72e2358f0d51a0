"""A section's Markdown as the blocks of words that checks read: headings, paragraphs, list items, cells, alt texts."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from markdown_it.token import Token

from monographs.text.letters.signs import UNSEEN
from monographs.text.markup.parser import read_line_tokens, read_tokens

_SPACES = re.compile(r"[^\S\n]{2,}|[\x0b\x0c\x85\u2028\u2029]")


@dataclass(frozen=True)
class Link:
    """A link as read: its words, and the address behind them."""

    text: str
    address: str


@dataclass(frozen=True)
class Block:
    """Words that stand together.

    ``kind`` is "heading", "paragraph", "item" (a paragraph of a list), "cell", "alt" (an image's
    alternative text; ``address`` is the image's). ``text`` is what is seen: without soft hyphens and other
    signs that take no room, a newline only where the page breaks the line.
    ``lead`` is what introduces the block: the words before its list, its row in a table; ``head`` heads its column.
    ``under`` is the heading above it within the section.
    """

    kind: str
    text: str
    level: int = 0
    lead: str = ""
    head: str = ""
    under: str = ""
    address: str = ""
    links: tuple[Link, ...] = ()


def tokens(markdown: str) -> Sequence[Token]:
    """The block tokens of a section's body, as markdown-it reads it. To be read and not changed."""
    return read_tokens(markdown)


def words(inline: list[Token] | None) -> str:
    """The words of inline tokens as they are seen, images left out. A newline where the page breaks the line."""
    parts = []
    for token in inline or ():
        if token.type == "text":
            parts.append(token.content)
        elif token.type == "list_number":
            parts.append(f"{token.content} ")
        elif token.type in {"softbreak", "hardbreak"}:
            parts.append("\n")
    return seen("".join(parts)).strip()


def seen(text: str) -> str:
    """The text without the characters that nobody sees; several spaces, of whichever width, are one."""
    if text.isascii() and text.isprintable() and "  " not in text:  # as nearly all are: nothing of it is there
        return text
    return _SPACES.sub(" ", text.translate(UNSEEN))


def _images(inline: list[Token], under: str) -> list[Block]:
    return [
        Block("alt", _alternative(token), under=under, address=str(token.attrGet("src") or ""))
        for token in inline
        if token.type == "image"
    ]


def _alternative(image: Token) -> str:
    inside = image.children or []
    return " ".join([words(inside), *(_alternative(token) for token in inside if token.type == "image")]).strip()


def _links(inline: list[Token]) -> tuple[Link, ...]:
    found, start = [], None
    for place, token in enumerate(inline):
        if token.type == "link_open":
            start = place
        elif token.type == "link_close" and start is not None:
            inside = inline[start + 1 : place]
            text = " ".join([words(inside), *(block.text for block in _images(inside, ""))]).strip()
            found.append(Link(text, str(inline[start].attrGet("href") or "")))
    return tuple(found)


@lru_cache(maxsize=64)
def line(markdown: str) -> tuple[Block, ...]:
    """The blocks of one line of Markdown, such as a key fact: a paragraph, then its images' alternative texts."""
    inline = read_line_tokens(markdown)[0].children or []
    return Block("paragraph", words(inline), links=_links(inline)), *_images(inline, "")


@lru_cache(maxsize=256)
def blocks(markdown: str) -> tuple[Block, ...]:
    """The blocks of a section's body, in reading order. Blocks without any word are left out, alt texts never."""
    reader = _Reader()
    for token in tokens(markdown):
        reader.read(token)
    return tuple(reader.found)


class _Reader:
    """Walks the tokens once and keeps what surrounds the block at hand."""

    def __init__(self):
        self.found: list[Block] = []
        self.leads: list[str] = []
        self.under = ""
        self.level = 0
        self.cells: list[str] = []
        self.heads: list[str] = []
        self.row_start = 0
        self.in_cell = False

    def read(self, token: Token) -> None:
        if token.type in {"bullet_list_open", "ordered_list_open"}:
            self.leads.append(" ".join([*self.leads[-1:], self._last_words()]).strip())
        elif token.type in {"bullet_list_close", "ordered_list_close"}:
            self.leads.pop()
        elif token.type == "heading_open":
            self.level = int(token.tag[1])
        elif token.type == "heading_close":
            self.level = 0
        elif token.type == "thead_open":
            self.heads = []
        elif token.type == "tr_open":
            self.cells, self.row_start = [], len(self.found)
        elif token.type == "tr_close":
            self._close_row()
        elif token.type == "thead_close":
            self.heads = self.cells
        elif token.type in {"th_open", "td_open"}:
            self.in_cell = True
        elif token.type in {"th_close", "td_close"}:
            self.in_cell = False
        elif token.type == "inline":
            self._read_inline(token.children or [])

    def _read_inline(self, inline: list[Token]) -> None:
        text = words(inline)
        if self.level:
            self.under = text
            self._add("heading", text, inline)
        elif self.in_cell:
            self.cells.append(text)
            self._add("cell", text, inline)
        else:
            self._add("item" if self.leads else "paragraph", text, inline)

    def _add(self, kind: str, text: str, inline: list[Token]) -> None:
        links = _links(inline)
        if text or links or kind == "heading":
            lead = self.leads[-1] if kind == "item" else ""
            heads = self.heads[len(self.cells) - 1 : len(self.cells)] if kind == "cell" else []
            self.found.append(Block(kind, text, self.level, lead, "".join(heads), self.under, links=links))
        self.found.extend(_images(inline, self.under))

    def _close_row(self) -> None:
        row = " ".join([*self.heads, *self.cells]).strip()
        for place in range(self.row_start, len(self.found)):
            if self.found[place].kind == "cell":
                self.found[place] = replace(self.found[place], lead=row)

    def _last_words(self) -> str:
        return self.found[-1].text if self.found and self.found[-1].kind != "cell" else ""


_ADDRESS = re.compile(
    r"(?:https?://|www\.)\S+|[\w.+-]{1,64}@(?:[\w-]{1,63}\.){1,4}[a-z]{2,}"
    r"|(?<![\w.])(?:[a-z][\w-]{0,62}\.){1,4}(?:org|com|net|gov|edu|int|eu|uk|ie|us|ca|au|nz|de|fr|es)(?:/\S*|\b(?!\.))",
    re.IGNORECASE,
)


_MAY_BE_ADDRESS = re.compile(r"[.:]\S")


def without_addresses(text: str) -> str:
    """The same text, at the same places, with every web or mail address blanked out by underscores."""
    if not _MAY_BE_ADDRESS.search(text):
        return text
    return _ADDRESS.sub(lambda match: "_" * len(match[0]), text)

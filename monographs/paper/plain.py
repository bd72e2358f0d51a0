"""A leaflet as plain text: for whoever's program reads nothing else, to be pasted into a message or put into
braille.
"""

from collections.abc import Iterator

from monographs.paper.articles.article import Article
from monographs.paper.from_page.blocks import (
    Address,
    Block,
    Box,
    Heading,
    Inline,
    Items,
    Line,
    Paragraph,
    Picture,
    Run,
    Spoken,
    Table,
    words_of,
)

_RULES = {1: "=", 2: "-"}  # under headings of these levels
_LONGEST_RULE = 60


def plain_text(article: Article) -> str:
    """The words of the article, a paragraph a line, blocks parted by an empty line, cells with their heads.

    Right-to-left texts keep Unicode's isolates, so that a dose reads in its order wherever the text is shown.
    """
    return "\n\n".join(text for block in article.blocks for text in _lines(block) if text.strip()) + "\n"


def _lines(block: Block) -> Iterator[str]:
    match block:
        case Heading(level, inline):
            words = _words(inline)
            rule = _RULES.get(level, "")
            yield f"{words}\n{rule * min(len(words), _LONGEST_RULE)}" if rule else words
        case Paragraph(inline) | Address(inline):
            yield _words(inline)
        case Items(items, labels):
            yield "\n".join(_item(item, labels[at] if labels else "-") for at, item in enumerate(items))
        case Table(head, rows):
            yield from (_row(head, row) for row in rows or (head,))
        case Box(_, blocks) | Spoken(_, _, blocks):
            for part in blocks:
                yield from _lines(part)
        case Line():
            yield "* * *"


def _item(item: tuple[Block, ...], label: str) -> str:
    indent = " " * (len(label) + 1)
    text = "\n".join(line for block in item for line in _lines(block))
    return f"{label} " + text.replace("\n", f"\n{indent}")


def _row(head: tuple[Inline, ...], row: tuple[Inline, ...]) -> str:
    lines = []
    for place, cell in enumerate(row):
        name = _words(head[place]) if place < len(head) and head is not row else ""
        if value := _words(cell):
            lines.append(f"{name}: {value}" if name else value)
    return "\n".join(lines)


def _words(inline: Inline) -> str:
    words = ""
    for one in inline:
        if isinstance(one, Picture):
            words += f"[{one.alt}]" if one.alt else ""
        elif isinstance(one, Run) and one.href.startswith(("http://", "https://")) and one.href not in one.text:
            words += f"{one.text} ({one.href})"
        elif isinstance(one, Run):
            words += one.text
    return words.strip() if words_of(inline).strip() else ""

"""From the article's HTML, as the page shows it, to blocks.

No guess is made: tags that are not known here are passed through, their words are kept. Left out is what paper leaves
out (print.css): the contents, which a PDF and a book have of their own, buttons, links beside the dates, and those
between sections and their sources (`elements.Element.is_left_out`).
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from monographs.paper.from_page.blocks import (
    Address,
    Block,
    Box,
    Heading,
    Inline,
    Items,
    Line,
    Paragraph,
    People,
    Picture,
    Run,
    Spoken,
    Table,
)
from monographs.paper.from_page.elements import HEADINGS, Element, read_elements
from monographs.text.markup.markdown import direction
from monographs.text.order.letters import has_right_to_left, text_direction

_LOOKS = {"eyebrow": "eyebrow", "brands": "small", "class": "small", "small": "small", "when": "small"}
_BOXES = {"key-facts": "key-facts", "care-emergency": "emergency", "care-today": "today", "care-tell": "tell",
          "banner-strong": "strong", "banner": "banner"}  # fmt: skip
_LEADS_ELSEWHERE = ("http://", "https://", "mailto:", "tel:", "sms:")
_SPACES = re.compile(r"[ \t\n\r\f]+")
_LINE_END = "\x00"  # one that is meant: `_tidy` makes it one
_AROUND_A_LINE_END = re.compile(f" ?{_LINE_END} ?")
_UNSEEN = "\u2066\u2067\u2069\u202d\u202e\u202c"
_SPACE_AT_THE_START = re.compile(f"^([{_UNSEEN}]*) ")
_OPENS = {
    ("ltr", False): "\u2066",
    ("rtl", False): "\u2067",
    ("ltr", True): "\u2066\u202d",
    ("rtl", True): "\u2067\u202e",
}


def read_blocks(html: str, language: str = "en", *, below: int = 0) -> tuple[Block, ...]:
    """The blocks of an article in a language, its headings without a gap between two levels; ``below`` is the level of
    the one that stands above."""
    parts = read_elements(html, has_order=direction(language) == "rtl" or has_right_to_left(html))
    around = Spoken(language, direction(language), ())
    return tuple(_without_gaps(_spoken(_blocks(parts), around), [below]))


def _spoken(blocks: Iterable[Block], around: Spoken) -> Iterator[Block]:
    """Each `Spoken` with what holds in it (a language has no say in the direction: HTML, "the dir attribute"); none
    where that is what holds already."""
    for block in blocks:
        if isinstance(block, Spoken):
            own = Spoken(block.language or around.language, block.direction or around.direction, ())
            inside = tuple(_spoken(block.blocks, own))
            is_same = (own.language, own.direction) == (around.language, around.direction)
            yield from inside if is_same else [replace(own, blocks=inside)]
        elif isinstance(block, Box):
            yield replace(block, blocks=tuple(_spoken(block.blocks, around)))
        elif isinstance(block, Items):
            yield replace(block, items=tuple(tuple(_spoken(item, around)) for item in block.items))
        else:
            yield block


def _without_gaps(blocks: Iterable[Block], last: list[int]) -> Iterator[Block]:
    """PDF/UA-1 (ISO 14289-1, 7.4.2): levels of headings go down by one."""
    for block in blocks:
        if isinstance(block, Heading):
            last[0] = min(block.level, last[0] + 1)
            yield replace(block, level=last[0])
        elif isinstance(block, Box | Spoken):
            yield replace(block, blocks=tuple(_without_gaps(block.blocks, last)))
        elif isinstance(block, Items):
            yield replace(block, items=tuple(tuple(_without_gaps(item, last)) for item in block.items))
        else:
            yield block


def _blocks(parts: Iterable[Element | str]) -> Iterator[Block]:
    """Blocks in order; words between them are paragraphs."""
    line: list[Element | str] = []
    for part in parts:
        if isinstance(part, Element) and part.is_left_out:
            continue
        if isinstance(part, str) or not part.holds_blocks:
            line.append(part)
            continue
        yield from _paragraph(line)
        line = []
        yield from _in_its_language(part, _of_element(part))
    yield from _paragraph(line)


def _in_its_language(element: Element, blocks: Iterable[Block]) -> Iterator[Block]:
    """Blocks of an element, under the language and direction that it has of its own."""
    language, way = element.attributes.get("lang", ""), element.attributes.get("dir", "")
    if not language and not way:
        yield from blocks
    elif found := tuple(blocks):
        yield Spoken(language, _way(way, element.parts), found)


def _way(named: str, parts: Iterable[Element | str]) -> str:
    """The direction that is named; of "auto" that of the words; "" for none."""
    if named in ("ltr", "rtl") or not named:
        return named
    return text_direction("".join(one.text for one in _runs(parts, Run("")) if isinstance(one, Run)))


def _paragraph(parts: list[Element | str], look: str = "") -> Iterator[Paragraph]:
    if inline := _tidy(_runs(parts, Run(""))):
        yield Paragraph(inline, look)


def _of_element(element: Element) -> Iterator[Block]:
    look = next((look for name, look in _BOXES.items() if name in element.classes), "")
    if look:
        yield Box(look, tuple(_blocks(element.parts if element.name != "p" else [_as(element, "div")])))
    elif element.name in HEADINGS:
        yield Heading(HEADINGS[element.name], _tidy(_runs(element.parts, Run(""))))
    elif element.name in ("ul", "ol"):
        yield _items(element)
    elif element.name == "table":
        yield _table(element)
    elif element.name == "hr":
        yield Line()
    elif element.name == "dl":
        yield from _facts(element)
    elif "print-only" in element.classes:
        yield Address(_tidy(_runs(element.parts, Run(""))))
    elif any(part.holds_blocks for part in element.parts if isinstance(part, Element)):
        yield from _blocks(element.parts)
    else:
        found = next((look for name, look in _LOOKS.items() if name in element.classes), "")
        yield from _paragraph(element.parts, found)


def _as(element: Element, name: str) -> Element:
    return Element(name, {}, parts=element.parts)


def _items(element: Element) -> Items:
    items, labels = [], []
    for number, item in enumerate(element.elements("li"), start=1):
        parts, label = item.parts, f"{number}."
        if element.name == "ul":
            label, parts = _number(item)
        items.append(tuple(_in_its_language(item, _blocks(parts))))
        labels.append(label)
    return Items(tuple(items), tuple(labels) if any(labels) else ())


def _number(item: Element) -> tuple[str, list[Element | str]]:
    """The typed number of an item, and what stands behind it. It may stand in an isolate or a paragraph of its own."""
    holder = item
    while True:
        first = next((part for part in holder.parts if not isinstance(part, str) or part.strip()), None)
        if not isinstance(first, Element):
            return "", item.parts
        if first.classes == {"number"}:
            break
        if first.name not in ("p", "bdi", "strong"):
            return "", item.parts
        holder = first
    label = "".join(run.text for run in _tidy(_runs(first.parts, Run(""))))
    return label, [part for part in _without(item, first).parts]


def _without(element: Element, gone: Element) -> Element:
    parts = [part if isinstance(part, str) else _without(part, gone) for part in element.parts if part is not gone]
    return Element(element.name, element.attributes, element.svg, parts)


def _table(element: Element) -> Table:
    rows = []
    for row in element.elements("tr"):
        cells = row.elements("td", "th")
        rows.append((all(cell.name == "th" for cell in cells), tuple(_tidy(_in_its_order(c, Run(""))) for c in cells)))
    if rows and rows[0][0]:
        return Table(rows[0][1], tuple(cells for _is_head, cells in rows[1:]))
    return Table((), tuple(cells for _is_head, cells in rows))


def _facts(element: Element) -> Iterator[Paragraph]:
    """Names and values, a paragraph each; links beside a leaflet's dates are for screens."""
    is_for_screens = {"a"} if "dates" in element.classes else set()
    name: Inline = ()
    for one in element.elements("dt", "dd"):
        if one.name == "dt":
            name = _tidy(_runs(one.parts, Run("", is_bold=True)))
        else:
            shown = [part for part in one.parts if isinstance(part, str) or part.name not in is_for_screens]
            value = _tidy(_runs(shown, Run("")))
            yield Paragraph((*name, Run(": ", is_bold=True), *value), "small")


# --- Words ---


def _runs(parts: Iterable[Element | str], look: Run) -> Iterator[Run | Picture | People]:
    for part in parts:
        if isinstance(part, str):
            yield Run(part, look.is_bold, look.is_italic, look.href)
        elif part.name == "br":
            yield replace(look, text=_LINE_END)
        elif part.name == "img":
            yield Picture(part.attributes.get("src", ""), " ".join(part.attributes.get("alt", "").split()))
        elif part.svg:
            if not part.is_left_out:
                yield People(part.svg)
        elif part.name == "address":
            yield replace(look, text=_LINE_END)  # a block of its own within a line
            yield from _in_its_order(part, look)
        elif not part.is_left_out:
            yield from _in_its_order(part, _look_of(part, look))


def _look_of(element: Element, look: Run) -> Run:
    if element.name in ("strong", "b", "dt", "th"):
        return replace(look, is_bold=True)
    if element.name in ("em", "i"):
        return replace(look, is_italic=True)
    if element.name == "a" and element.attributes.get("href", "").startswith(_LEADS_ELSEWHERE):
        return replace(look, href=element.attributes["href"])
    return look


def _in_its_order(element: Element, look: Run) -> Iterator[Run | Picture | People]:
    """An element's words, between Unicode's signs where HTML says that they keep their own order; between them on each
    line anew, for a line that ends ends all of them (UAX #9, X8)."""
    own = _way(element.attributes.get("dir", "auto" if element.name == "bdi" else ""), element.parts)
    if not own:
        yield from _runs(element.parts, look)
        return
    is_forced = element.name == "bdo"
    opening = replace(look, text=_OPENS[own, is_forced])
    closing = replace(look, text="\u202c\u2069" if is_forced else "\u2069")
    yield opening
    for run in _runs(element.parts, look):
        if isinstance(run, Run) and run.text == _LINE_END:
            yield from (closing, run, opening)
        else:
            yield run
    yield closing


def _tidy(runs: Iterable[Run | Picture | People]) -> Inline:
    """Spaces as HTML shows them: one between words, none at the ends of lines; runs of one look are one."""
    tidy: list[Run | Picture | People] = []
    ends_in_space = True
    for run in runs:
        if not isinstance(run, Run):
            tidy.append(run)
            ends_in_space = False
            continue
        text = _as_shown(run.text, is_after_space=ends_in_space)
        if words := text.rstrip(_UNSEEN):
            ends_in_space = words.endswith((" ", "\n"))
        if text:
            _join(tidy, run, text)
    _end(tidy)
    return tuple(tidy)


def _as_shown(text: str, *, is_after_space: bool) -> str:
    text = _SPACES.sub(" ", text)
    if _LINE_END in text:
        text = _AROUND_A_LINE_END.sub("\n", text)
    if is_after_space and (space := _SPACE_AT_THE_START.match(text)):
        text = space[1] + text[space.end() :]
    return text


def _join(tidy: list[Run | Picture | People], run: Run, text: str) -> None:
    """A run, now with ``text``, comes behind the others: in the last one if both look the same."""
    last = tidy[-1] if tidy else None
    if isinstance(last, Run) and _look(last) == _look(run):
        before = last.text.rstrip(" ") if text[0] == "\n" else last.text
        tidy[-1] = Run(before + text, last.is_bold, last.is_italic, last.href)
    else:
        tidy.append(run if run.text == text else Run(text, run.is_bold, run.is_italic, run.href))


def _end(tidy: list[Run | Picture | People]) -> None:
    """Without spaces and ends of lines at the end."""
    while tidy and isinstance(tidy[-1], Run):
        kept = tidy[-1].text.rstrip(" \n")
        if kept:
            tidy[-1] = replace(tidy[-1], text=kept)
            return
        tidy.pop()


def _look(run: Run) -> tuple[bool, bool, str]:
    return run.is_bold, run.is_italic, run.href

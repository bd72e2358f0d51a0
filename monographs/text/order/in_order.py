"""HTML in which every part keeps its own order: `monographs.text.order.isolates` as ``<bdi>`` and ``<bdo>``.

Works on what a fragment reads as, across its inline tags: ``**5**-10 mg`` is one range. A tag that a stretch begins or
ends within is closed and opened again.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import unescape
from typing import Literal

from monographs.text.order.isolates import OBJECT, PART, Isolate, isolates
from monographs.text.order.letters import Direction, has_right_to_left, text_direction

_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)((?:[^<>\"']|\"[^\"]*\"|'[^']*')*)>")
_WRITTEN = re.compile(r"&(?:#\w{1,8}|\w{1,32});|[^&]+|&")
_DEEPEST = 60  # tags within tags; nobody writes that
_INLINE = {
    "a", "abbr", "b", "bdi", "bdo", "cite", "code", "del", "em", "i", "ins", "label", "mark", "q", "s", "small", "span",
    "strong", "sub", "sup", "time", "u",
}  # fmt: skip
_VOID = {"br", "hr", "img", "input", "link", "meta", "wbr"}
_VERBATIM = {"textarea", "script", "style", "title", "option"}
_DIRECTION = re.compile(r"\bdir=\"?(ltr|rtl|auto)\b")
_HAS_DIRECTION = re.compile(
    r"<bdi|\bdir=|class=\"[^\"]*(?:visually-hidden|unseen)|<(?:textarea|script|style|title|option)"
)
_BLOCK = re.compile(
    r"</?(?:p|li|ul|ol|h[1-6]|div|section|table|thead|tbody|tr|t[hd]|hr)(?: (?:[^<>\"']|\"[^\"]*\")*)?>"
)
_OPENING = re.compile(r"<(?!/|(?:br|img|wbr)\b)")
# Right-to-left letters and punctuation alone keep their order; a sign too many here costs time and nothing else.
_NEEDS_ORDER = re.compile(r"[^\s.,;:!?()\"'–—…،؛؟«»“”‘’\u05d0-\u05ea\u0600-\u065f\u066b-\u06ef\u06fa-\u06ff-]")
_UNSEEN = re.compile(r"\bclass=\"[^\"]*\b(?:visually-hidden|unseen)\b")


@dataclass(slots=True)
class _Unit:
    """What is read of a piece ("" where nothing is), how it is written, and the inline tags around it.

    Only a piece that is written as it is read has more than one sign.
    """

    read: str
    written: str
    tags: tuple["_Tag", ...] = ()


@dataclass(slots=True, eq=False)
class _Tag:
    written: str
    name: str


@dataclass(slots=True)
class _Element:
    """A tag that holds others; ``parts`` are elements, stretches of text, and void tags as written."""

    written: str
    name: str
    parts: list["_Element | str"] = field(default_factory=list)
    is_closed: bool = True


def in_order(html: str, direction: Direction | Literal["auto"]) -> str:
    """Sanitised ``html`` that stands in a text of ``direction`` ("auto": that of its own first letter), with isolates.

    What reads from left to right throughout is given back as it is. What is isolated already (``bdi``, ``dir``) stays;
    asking twice changes nothing.
    """
    if direction != "rtl" and not has_right_to_left(html):
        return html
    if direction == "rtl" and not _HAS_DIRECTION.search(html) and (written := _blocks_in_order(html)) is not None:
        return written
    root = _parsed(html)
    if not root:
        return html
    if direction == "auto":
        direction = text_direction(_words(root))
    return "".join(_written(root.parts, direction))


def _blocks_in_order(html: str) -> str | None:
    """The same for right-to-left HTML without a direction of its own: only blocks that need it are taken apart.

    None where an inline tag holds blocks.
    """
    parts, at = [], 0
    for block in (*_BLOCK.finditer(html), None):
        text = html[at : block.start()] if block else html[at:]
        is_plain = "<" not in text
        if not is_plain and len(_OPENING.findall(text)) != text.count("</"):
            return None
        if not _NEEDS_ORDER.search(text if is_plain else _TAG.sub("", text)):
            parts.append(text)
        elif is_plain and "&" not in text:
            parts.append(_tagged(text, isolates(text, "rtl"), 0, len(text)))
        elif root := _parsed(text):
            parts.extend(_written(root.parts, "rtl"))
        else:
            parts.append(text)
        if block:
            parts.append(block[0])
            at = block.end()
    return "".join(parts)


def _tagged(text: str, found: list[Isolate] | tuple[Isolate, ...], start: int, end: int) -> str:
    """A text without tags, with those of its isolates."""
    parts, at = [], start
    for isolate in found:
        inside = _tagged(text, isolate.within, isolate.start, isolate.end)
        name = "bdo" if isolate.is_forced else "bdi"
        parts.append(f'{text[at : isolate.start]}<{name} dir="{isolate.direction}">{inside}</{name}>')
        at = isolate.end
    return "".join((*parts, text[at:end]))


def _parsed(html: str) -> _Element | None:
    """The tree of a fragment, None if it is too deep; a tag closed that was not open is dropped, as browsers do."""
    root = _Element("", "")
    path, at = [root], 0
    for tag in _TAG.finditer(html):
        if tag.start() < at:
            continue
        if html[at : tag.start()]:
            path[-1].parts.append(html[at : tag.start()])
        at = tag.end()
        is_end, name = bool(tag[1]), tag[2].lower()
        if name in _VOID:
            path[-1].parts.append(_Element(tag[0], name, is_closed=False))
        elif not is_end:
            path[-1].parts.append(element := _Element(tag[0], name))
            path.append(element)
            if len(path) > _DEEPEST:
                return None
        elif any(element.name == name for element in path[1:]):
            while path.pop().name != name:
                pass
        if name in _VERBATIM and not is_end:
            end = html.find(f"</{name}", at)
            end = len(html) if end < 0 else end
            path[-1].parts.append(_Element(html[at:end], "verbatim", is_closed=False))
            at = end
    if html[at:]:
        path[-1].parts.append(html[at:])
    return root


def _words(element: _Element) -> str:
    """What counts for ``dir="auto"``: not what has a direction of its own (HTML, "the dir attribute"), nor what is
    not seen."""
    found = []
    for part in element.parts:
        if isinstance(part, str):
            found.append(unescape(part))
        elif part.is_closed and not _is_isolated(part) and not _UNSEEN.search(part.written):
            found.append(_words(part))
    return "".join(found)


def _is_isolated(element: _Element) -> bool:
    return element.name == "bdi" or bool(_DIRECTION.search(element.written))


def _own_direction(element: _Element, outside: Direction) -> Direction:
    named = _DIRECTION.search(element.written)
    if named and named[1] != "auto":
        return named[1]
    return text_direction(_words(element)) if _is_isolated(element) else outside


def _written(parts: list[_Element | str], direction: Direction) -> Iterator[str]:
    """The parts of a block: lines of text between blocks and line breaks."""
    line: list[_Unit] = []
    for part in parts:
        if not line and isinstance(part, str) and part.isspace():
            yield part
            continue
        if isinstance(part, str) or part.name in _INLINE or part.name in ("img", "wbr"):
            line.extend(_units(part, direction, ()))
            continue
        if line:
            yield from _line(line, direction)
            line = []
        yield part.written
        if part.is_closed:
            yield from _written(part.parts, _own_direction(part, direction))
            yield f"</{part.name}>"
    if line:
        yield from _line(line, direction)


def _units(part: _Element | str, direction: Direction, tags: tuple[_Tag, ...]) -> Iterator[_Unit]:
    if isinstance(part, str):
        for found in _WRITTEN.finditer(part):
            read = unescape(found[0]) if found[0][0] == "&" else found[0]
            yield _Unit(read if len(read) == 1 or read == found[0] else OBJECT, found[0], tags)
    elif part.name == "br":
        yield _Unit("\n", part.written, tags)
    elif not part.is_closed:
        yield _Unit("" if part.name == "wbr" else OBJECT, part.written, tags)
    elif _UNSEEN.search(part.written):
        yield _Unit("", _as_it_is(part), tags)
    elif _is_isolated(part):
        own = _own_direction(part, direction)
        inside = "".join(_written(part.parts, own))
        yield _Unit(PART if own == "ltr" else OBJECT, f"{part.written}{inside}</{part.name}>", tags)
    elif not part.parts:
        yield _Unit("", f"{part.written}</{part.name}>", tags)
    else:
        inner = (*tags, _Tag(part.written, part.name))
        for child in part.parts:
            yield from _units(child, direction, inner)


def _as_it_is(part: _Element | str) -> str:
    if isinstance(part, str):
        return part
    inside = "".join(_as_it_is(child) for child in part.parts)
    return f"{part.written}{inside}</{part.name}>" if part.is_closed else part.written


def _line(units: list[_Unit], direction: Direction) -> Iterator[str]:
    """Units of one block's text, with tags and isolates around them."""
    found = isolates("".join(unit.read for unit in units), direction)
    if found:
        units = _cut(units, {edge for isolate in found for edge in _edges(isolate)})
        _isolate(units, _places(units), found)
    open_tags: tuple[_Tag, ...] = ()
    for unit in units:
        if unit.tags is not open_tags:
            shared = _shared(open_tags, unit.tags)
            yield from (f"</{tag.name}>" for tag in reversed(open_tags[shared:]))
            yield from (tag.written for tag in unit.tags[shared:])
            open_tags = unit.tags
        yield unit.written
    yield from (f"</{tag.name}>" for tag in reversed(open_tags))


def _edges(isolate: Isolate) -> Iterator[int]:
    yield from (isolate.start, isolate.end)
    for inner in isolate.within:
        yield from _edges(inner)


def _cut(units: list[_Unit], edges: set[int]) -> list[_Unit]:
    """The same units, none with an edge of an isolate in it; ``edges`` count what is read."""
    waiting = sorted(edges, reverse=True)
    pieces: list[_Unit] = []
    at = 0
    for unit in units:
        end, begin = at + len(unit.read), 0
        while waiting and waiting[-1] < end:
            cut = waiting.pop() - at
            if cut > begin:
                pieces.append(_Unit(unit.read[begin:cut], unit.written[begin:cut], unit.tags))
                begin = cut
        pieces.append(_Unit(unit.read[begin:], unit.written[begin:], unit.tags) if begin else unit)
        at = end
    return pieces


def _places(units: list[_Unit]) -> dict[int, int]:
    """Which unit starts at each place of what is read."""
    places, at = {}, 0
    for number, unit in enumerate(units):
        if unit.read:
            places[at] = number
            at += len(unit.read)
    return {**places, at: len(units)}


def _isolate(units: list[_Unit], places: dict[int, int], found: list[Isolate] | tuple[Isolate, ...]) -> None:
    """Put each isolate around its units, inside of the tags that hold all of it."""
    for isolate in found:
        first, last = places[isolate.start], places[isolate.end] - 1
        while not units[last].read:
            last -= 1
        # What is not seen stays in one tag with what it is about.
        while first and not units[first - 1].read and _in_one_tag(units[first - 1], units[first]):
            first -= 1
        while last + 1 < len(units) and not units[last + 1].read and _in_one_tag(units[last], units[last + 1]):
            last += 1
        inside = units[first : last + 1]
        outer = min(_shared(inside[0].tags, unit.tags) for unit in inside)
        name = "bdo" if isolate.is_forced else "bdi"
        tag = _Tag(f'<{name} dir="{isolate.direction}">', name)
        for unit in inside:
            unit.tags = (*unit.tags[:outer], tag, *unit.tags[outer:])
        _isolate(units, places, isolate.within)


def _in_one_tag(one: _Unit, other: _Unit) -> bool:
    return bool(one.tags) and bool(other.tags) and one.tags[-1] is other.tags[-1]


def _shared(one: tuple[_Tag, ...], other: tuple[_Tag, ...]) -> int:
    """How many tags, from the outermost on, are the same."""
    count = 0
    for first, second in zip(one, other, strict=False):
        if first is not second:
            break
        count += 1
    return count

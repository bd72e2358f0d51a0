"""The article's HTML as a tree of elements, with what paper leaves out marked.

The HTML is our own templates' around the sanitiser's and well-formed, so one pattern finds its tags: Python's parser of
HTML is slow beside a typesetter (a test holds both equal).
"""

import re
from dataclasses import dataclass, field
from functools import cached_property
from html import unescape

_VOID = {"br", "hr", "img", "input", "link", "meta", "wbr"}
_LEFT_OUT = {"nav", "script", "style", "button", "form", "template"}
_LEFT_OUT_CLASSES = {
    "tools", "visually-hidden", "unseen", "contents", "address-code", "other-format", "rests-on", "supports",
}  # fmt: skip
HEADINGS = {f"h{level}": level for level in range(1, 7)}
_BLOCKS = {
    "address", "article", "aside", "blockquote", "dd", "details", "div", "dl", "dt", "figure", "figcaption", "footer",
    "header", "hr", "li", "main", "ol", "p", "section", "summary", "table", "ul", *HEADINGS,
}  # fmt: skip
_TAG = re.compile(r"""<!--.*?-->|<svg\b(.*?)</svg>|<(/?)([a-zA-Z][\w-]*)((?:[^<>"']|"[^"]*"|'[^']*')*)>""", re.DOTALL)
_ATTRIBUTE = re.compile(r"""([^\s=/>"']+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>"']+)))?""")
_PEOPLE = re.compile(r'<svg class="people\b')  # `text.markup.finished.people`


@dataclass(eq=False)
class Element:
    name: str
    attributes: dict[str, str]
    svg: str = ""  # a drawing as it is written
    parts: list["Element | str"] = field(default_factory=list)

    @cached_property
    def classes(self) -> set[str]:
        return set(self.attributes.get("class", "").split())

    @cached_property
    def holds_blocks(self) -> bool:
        """Whether it is a block or has one within it."""
        return self.name in _BLOCKS or any(not isinstance(part, str) and part.holds_blocks for part in self.parts)

    @cached_property
    def is_left_out(self) -> bool:
        if self.svg:
            return not _PEOPLE.match(self.svg)
        return (
            self.name in _LEFT_OUT
            or "hidden" in self.attributes
            or self.attributes.get("aria-hidden") == "true"
            or bool(self.classes & _LEFT_OUT_CLASSES)
        )

    def elements(self, *names: str) -> list["Element"]:
        """All within it that have one of these names, in order, not looking into those found."""
        found = []
        for part in self.parts:
            if isinstance(part, Element):
                found += [part] if part.name in names else part.elements(*names)
        return found


class _Reader:
    """``has_order``: whether elements keep an order of their own; in a text that reads from left to right throughout
    they need none."""

    def __init__(self, *, has_order: bool = True):
        self._has_order = has_order
        self.root = Element("", {})
        self._path = [self.root]

    def feed(self, html: str) -> None:
        at = 0
        for found in _TAG.finditer(html):
            if at < found.start():
                self._words(html[at : found.start()])
            at = found.end()
            drawing, ends, name, attributes = found.groups()
            if drawing:
                self._path[-1].parts.append(Element("svg", {}, found[0]))
            elif ends:
                self._end(name.lower())
            elif name:
                self._start(name.lower(), attributes)
        if at < len(html):
            self._words(html[at:])

    def _start(self, name: str, written: str) -> None:
        attributes = (
            {key.lower(): unescape(one or other or bare) for key, one, other, bare in _ATTRIBUTE.findall(written)}
            if written
            else {}
        )
        if not self._has_order:
            attributes.pop("dir", None)
            attributes |= {"dir": ""} if name in ("bdi", "bdo") else {}
        element = Element(name, attributes)
        self._path[-1].parts.append(element)
        if name not in _VOID and not written.endswith("/"):
            self._path.append(element)

    def _end(self, name: str) -> None:
        if any(element.name == name for element in self._path[1:]):
            while self._path.pop().name != name:
                pass

    def _words(self, words: str) -> None:
        self._path[-1].parts.append(unescape(words) if "&" in words else words)


def read_elements(html: str, *, has_order: bool) -> list[Element | str]:
    """What stands in it, in order. ``has_order``: whether elements keep an order of their own (`_Reader`)."""
    reader = _Reader(has_order=has_order)
    reader.feed(html)
    return reader.root.parts

"""How deep a sub-heading stands, told from the order and the likeness of headings that show no level of their own.

A heading directly above a heading is its parent: "For pain", "Adults", …, "Children", …, "For fever", "Adults".
"""

import re
from dataclasses import dataclass

from monographs.exchange.unmarked.words.labels import begins_with_people

DEEPEST = 3
"""Sub-headings have the depths 0 to 3: ``###`` to ``######``."""


@dataclass
class _Open:
    text: str
    depth: int
    is_parent: bool


class Nesting:
    """The sub-headings of one section so far; each heading is told once, by `depth`."""

    def __init__(self):
        self._path: list[_Open] = []
        self._has_text = True

    def add_text(self) -> None:
        """Text follows the last heading, so that it is no parent of the next by standing directly above it."""
        self._has_text = True

    def knows_like(self, text: str) -> bool:
        """Whether a heading that is open looks like this one."""
        return any(_alike(text, heading.text) for heading in self._path)

    def depth(self, text: str, *, is_parent: bool) -> int:
        """Where the next heading stands; ``is_parent`` says that another heading follows directly."""
        depth = min(self._depth(text, is_parent=is_parent), DEEPEST)
        self._path = [*(heading for heading in self._path if heading.depth < depth), _Open(text, depth, is_parent)]
        self._has_text = False
        return depth

    def _depth(self, text: str, *, is_parent: bool) -> int:
        if not self._path:
            return 0
        last = self._path[-1]
        if not self._has_text:
            return last.depth if _alike(text, last.text) else last.depth + 1
        for heading in reversed(self._path):
            if _alike(text, heading.text):
                return heading.depth
        parents = [heading for heading in self._path if heading.is_parent]
        if not parents:
            return last.depth
        parent = parents[-1]
        if is_parent or parent is last:
            return parent.depth if is_parent else parent.depth + 1
        if _shape(parent.text) != _shape(last.text):
            return parent.depth if _shape(text) == _shape(parent.text) else last.depth
        return parent.depth if begins_with_people(last.text) else last.depth


def _alike(text: str, other: str) -> bool:
    if begins_with_people(text) or begins_with_people(other):
        return begins_with_people(text) and begins_with_people(other)
    return _shape(text) == _shape(other) and _first_word(text) == _first_word(other)


def _first_word(text: str) -> str:
    return (re.findall(r"[^\W\d_]+", text) or [text])[0].casefold()


def _shape(text: str) -> tuple[bool, bool]:
    return text.rstrip().endswith((":", "：")), text.isupper()

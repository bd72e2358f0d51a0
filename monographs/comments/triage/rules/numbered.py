"""Very many short texts, each with a number: what a dict from text to number says, and no object for any of them, which
takes a hundred bytes beside its letters.
"""

from array import array
from collections.abc import Iterable

_ROOM = 2  # times as many slots as texts at least: then one in three looks meets another text on its way


class Numbered:
    """Texts, all different, numbered from 0 on in their order; altogether they have less than 2³² letters."""

    def __init__(self, texts: Iterable[str]):
        ends, written = array("I", [0]), bytearray()
        for text in texts:
            written += text.encode()
            ends.append(ends[-1] + len(text))
        self._text, self._ends = written.decode(), ends
        self._mask = (1 << (_ROOM * len(self)).bit_length()) - 1
        self._slots = array("I", bytes((self._mask + 1) * ends.itemsize))  # number + 1 of a text; 0: nothing
        for number in range(len(self)):
            self._slots[self._slot(self._cut(number))] = number + 1

    def __len__(self) -> int:
        return len(self._ends) - 1

    def number(self, text: str) -> int | None:
        """The number of this text, None if it is not among them."""
        found = self._slots[self._slot(text)]
        return found - 1 if found else None

    def numbers(self, texts: Iterable[str]) -> dict[str, int]:
        """Of these texts those that are among them, with their numbers."""
        return {text: number for text in texts if (number := self.number(text)) is not None}

    def _slot(self, text: str) -> int:
        """Where this text stands, or the first free place behind those that it might have stood in."""
        slots, slot = self._slots, hash(text) & self._mask
        while (there := slots[slot]) and self._cut(there - 1) != text:
            slot = slot + 1 & self._mask
        return slot

    def _cut(self, number: int) -> str:
        return self._text[self._ends[number] : self._ends[number + 1]]

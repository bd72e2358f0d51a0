"""Very many short texts as one long text: no object of Python stays for any of them, which takes fifty bytes beside
its letters. A text is cut out when it is asked for.
"""

from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import Self

LAST = "\U0010ffff"  # stands behind all that begins in the same way
_STEP = 64
_FEW = 3  # texts that are looked at before the end of more is looked for


class OneText(Sequence[str]):
    """Texts by their places, from 0 on; altogether they have less than 2³² letters."""

    def __init__(self, text: str, ends: array):
        """``ends`` says where each ends in ``text``, after a 0, where the first begins."""
        self._text, self._ends = text, ends

    @classmethod
    def of(cls, texts: Iterable[str]) -> Self:
        """These, in this order."""
        writing = Writing()
        for text in texts:
            writing.add(text)
        return cls(*writing.done())

    def __len__(self) -> int:
        return len(self._ends) - 1

    def __getitem__(self, place: int) -> str:
        return self._text[self._ends[place] : self._ends[place + 1]]

    def within(self, places: range) -> Iterator[str]:
        """The texts of neighbouring places, quicker than one by one."""
        text = self._text
        return (text[start:end] for start, end in pairwise(self._ends[places.start : places.stop + 1]))


class Ordered(Sequence[str]):
    """Texts in order, found by where they would stand. One of 64 is kept by itself: who looks for a place cuts out six
    and not seventeen."""

    def _keep_some(self) -> None:
        self._some = [self[place] for place in range(0, len(self), _STEP)]

    def between(self, first: str, last: str) -> range:
        """The places of those from ``first`` on and before ``last``."""
        start = self._place(first)
        for stop in range(start, min(start + _FEW, len(self))):
            if self[stop] >= last:
                return range(start, stop)
        return range(start, self._place(last))

    def _place(self, text: str) -> int:
        behind = bisect_left(self._some, text)
        return bisect_left(self, text, max(behind - 1, 0) * _STEP, min(behind * _STEP, len(self)))


class OrderedText(OneText, Ordered):
    """One text of texts in order."""

    def __init__(self, text: str, ends: array):
        super().__init__(text, ends)
        self._keep_some()


class Writing:
    """Texts as they come, to be made one. Nothing of them stays an object meanwhile, as it would in a `StringIO`."""

    def __init__(self):
        self._written, self._ends = bytearray(), array("I", [0])

    def add(self, text: str) -> None:
        self._written += text.encode()
        self._ends.append(self._ends[-1] + len(text))

    def done(self) -> tuple[str, array]:
        """What a `OneText` is made of."""
        return self._written.decode(), narrow(self._ends)


def narrow(numbers: array) -> array:
    """The same numbers, none negative, in as few bytes each as the largest needs, and no room for more of them."""
    largest = max(numbers, default=0)
    code = next(code for code in "BHIQ" if largest < 1 << 8 * array(code).itemsize)
    return array(code, numbers)

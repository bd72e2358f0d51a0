"""Very many spellings, of which those a few slips away from a word are found without measuring all of them.

Who holds a word against 200,000 names measures most of them for nothing: a name that is two slips away begins, in its
first letters, at most two slips away from some beginning of the word (the slips of a whole are no fewer than those of
a part). Names share their beginnings, so these are measured first, and then only what begins so.
"""

from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator

from monographs.search.spelling import within

_BEGINNING = 5  # letters


class Spellings:
    """Spellings with what they stand for (``place``), in order of their length and then of their letters."""

    def __init__(self, spellings: Iterable[tuple[str, int]]):
        rows = sorted(spellings, key=lambda row: (len(row[0]), row[0]))
        # Copies, made in this order, lie beside each other: measuring 100,000 scattered texts takes four times as long.
        self._spellings = list(_copies(spelling for spelling, _place in rows))
        self._places = array("L", (place for _spelling, place in rows))
        lengths = [len(spelling) for spelling in self._spellings]
        longest = lengths[-1] if lengths else 0
        self._starts = array("L", (bisect_left(lengths, length) for length in range(longest + 2)))
        self._begun = _by_beginning(self._spellings)
        self._beginnings = list(self._begun)

    def __iter__(self) -> Iterator[tuple[str, int]]:
        return zip(self._spellings, self._places, strict=True)

    def within(self, wanted: str, most: int) -> list[tuple[int, int]]:
        """``(slips, place)`` of each spelling at most so many slips away, in no order that means anything."""
        first, behind = self._start(len(wanted) - most), self._start(len(wanted) + most + 1)
        ranges = [(first, behind)]
        if most < _BEGINNING and behind - first > (2 * most + 1) * len(self._beginnings):
            begin_nearly_so = list(self._ranges(wanted, most, first, behind))
            if sum(end - start for start, end in begin_nearly_so) < (behind - first) // 2:
                ranges = begin_nearly_so
        spellings, places = list[str](), array("L")
        for start, end in ranges:
            spellings += self._spellings[start:end]
            places += self._places[start:end]
        return [(distance, places[place]) for distance, place in within(wanted, spellings, most)]

    def _start(self, length: int) -> int:
        """Where the spellings begin that have at least so many letters."""
        return self._starts[min(max(length, 0), len(self._starts) - 1)]

    def _ranges(self, wanted: str, most: int, first: int, behind: int) -> Iterator[tuple[int, int]]:
        """Where those stand, from ``first`` until before ``behind``, whose beginning does not rule them out. What is
        shorter than a beginning always stands first."""
        short = min(self._start(_BEGINNING), behind)
        if first < short:
            yield first, short
        ends = range(max(_BEGINNING - most, 1), min(_BEGINNING + most, len(wanted)) + 1)
        near = {place for end in ends for _slips, place in within(wanted[:end], self._beginnings, most)}
        for place in sorted(near):
            ranges = self._begun[self._beginnings[place]]
            for start, end in zip(ranges[::2], ranges[1::2], strict=True):
                if first <= start < behind:
                    yield start, end


def _copies(spellings: Iterable[str]) -> Iterator[str]:
    """A text of its own for each, and one for those that are equal, which follow each other: many names sound alike."""
    before = copy = None
    for spelling in spellings:
        if spelling != before:
            before, copy = spelling, spelling.encode().decode()
        yield copy


def _by_beginning(spellings: list[str]) -> dict[str, array]:
    """Beginning → start and end of each range of spellings that begin so: one for each length."""
    found: dict[str, array] = {}
    before = None
    for place, spelling in enumerate(spellings):
        if len(spelling) < _BEGINNING:
            continue
        begins = len(spelling), spelling[:_BEGINNING]
        ranges = found.setdefault(begins[1], array("L"))
        if begins == before:
            ranges[-1] = place + 1
        else:
            ranges.extend((place, place + 1))
        before = begins
    return found

"""Very many spellings, of which those a few slips away from a word are found without measuring all of them.

Who holds a word against 200,000 names measures most of them for nothing: a name that is a few slips away begins, in
its first letters, at most so many slips away from some beginning of the word, and what is left of both differs in
length by no more letters than slips are left. (The slips of a whole are no fewer than those of its parts; two
neighbours exchanged across the cut are one slip of the first part, and what is left of both has the same difference.)
Names share their beginnings, so these are measured first, and then only what begins so.

Two slips are what is looked for most, and a beginning two slips away is one of very many. If both are in the first
letters, all that follows is as in the word: such names are looked up by their endings, and of all others the beginning
is at most one slip away. (Of two neighbours exchanged across the cut, the second is the first letter that follows:
an ending is told without it.)
"""

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, pairwise
from typing import NamedTuple

from monographs.search.columns.one_text import LAST, Ordered, narrow
from monographs.search.spelling.compared import within

_BEGINNING = 5  # letters
_SHORT = 7  # letters of what is measured anyhow: what follows its beginning says next to nothing
_BOTH_AT_FIRST = 2  # slips, of which either both or at most one are in the beginning
_FEW = 2_000  # spellings that are measured rather than looked through by their beginnings
_AT_ONCE = 4_000  # spellings that are cut out before they are measured: more would leave the processor's cache
_BETWEEN = "\n"  # stands in no spelling
_WIDTH = _BEGINNING + len(_BETWEEN)  # of a beginning among all


class _Range(NamedTuple):
    """Spellings of one length that follow each other, by their places in the order of all."""

    length: int
    start: int
    end: int

    @property
    def count(self) -> int:
        return self.end - self.start


class Spellings:
    """Spellings with what they stand for (``place``), in order of their length and then of their letters.

    Those of one length are one text, and so are their beginnings: no object of Python stays for any of them.
    """

    def __init__(self, spellings: Iterable[tuple[str, int]]):
        """No spelling has a line break in it; a place is less than 2³²."""
        self._texts: list[str] = []  # by length
        self._starts = array("I", [0])  # by length: where those begin that have so many letters, or more
        self._places = array("I")
        for groups in _by_length(spellings):
            texts = []
            for text, places in groups:
                each = text.split(_BETWEEN)
                order = sorted(range(len(places)), key=each.__getitem__)
                texts.append(_BETWEEN.join(map(each.__getitem__, order)))
                self._places.extend(map(places.__getitem__, order))
            self._texts.append(_BETWEEN.join(texts))
            self._starts.append(len(self._places))
        self._number_beginnings()
        self._by_ending = array("I")  # the numbers of all, those of each length by what they are read backwards
        for length in range(len(self._texts)):
            self._by_ending.extend(self._in_order_of_endings(length))
        self._by_ending = narrow(self._by_ending)

    def within(self, wanted: str, most: int) -> list[tuple[int, int]]:
        """``(slips, place)`` of each spelling at most so many slips away, in no order that means anything."""
        ranges = self._of_lengths(len(wanted) - most, len(wanted) + most)
        begun = self._begun_nearly_so(wanted, most, ranges)
        if begun is None:
            return self._measured(wanted, most, ranges)
        found = self._measured(wanted, most, begun)
        if most == _BOTH_AT_FIRST:
            ended = [number for one in ranges if one.length > _SHORT for number in self._ended(wanted, one)]
            places = array("I", map(self._places.__getitem__, ended))
            found = list({*found, *_measured(wanted, list(self.spellings(ended)), places, most)})
        return found

    def _measured(self, wanted: str, most: int, ranges: Iterable[_Range]) -> list[tuple[int, int]]:
        """Those in the ranges that are near enough."""
        found, spellings, places = list[tuple[int, int]](), list[str](), array("I")
        for part in _parts(ranges):
            if len(spellings) + part.count > _AT_ONCE:
                found += _measured(wanted, spellings, places, most)
                spellings, places = list[str](), array("I")
            spellings += self._cut(part)
            places += self._places[part.start : part.end]
        return found + _measured(wanted, spellings, places, most)

    def __len__(self) -> int:
        return len(self._places)

    def stands(self) -> array:
        """By place, the number of its spelling in the order of all; the places are 0, 1, 2, …, in any order."""
        stands = array("I", bytes(len(self) * self._places.itemsize))
        for number, place in enumerate(self._places):
            stands[place] = number
        return stands

    def spelling(self, number: int) -> str:
        """The one with this number in the order of all."""
        length = bisect_right(self._starts, number) - 1
        start = (number - self._starts[length]) * (length + len(_BETWEEN))
        return self._texts[length][start : start + length]

    def spellings(self, numbers: Iterable[int]) -> Iterator[str]:
        """Those with these numbers, quicker than one by one."""
        texts, starts, more = self._texts, tuple(self._starts), len(_BETWEEN)
        for number in numbers:
            length = bisect_right(starts, number) - 1
            start = (number - starts[length]) * (length + more)
            yield texts[length][start : start + length]

    def _begun_nearly_so(self, wanted: str, most: int, ranges: Sequence[_Range]) -> list[_Range] | None:
        """The part of the ranges that has to be measured by its beginning; None where that is no small one."""
        count = sum(one.count for one in ranges)
        if count <= _FEW or most >= _BEGINNING:
            return None
        at_first = 1 if most == _BOTH_AT_FIRST else most
        beginnings = self._one_slip_away(wanted) if at_first == 1 else (range(self._beginnings_count), ())
        if count <= (2 * at_first + 1) * sum(map(len, beginnings)):
            return None
        short = [one for one in ranges if one.length <= _SHORT]
        found = [*short, *self._begun(wanted, most, at_first, *beginnings)]
        return found if sum(one.count for one in found) < count // 2 else None

    def _one_slip_away(self, wanted: str) -> tuple[range, Sequence[int]]:
        """The numbers of the beginnings that may be a slip away from one of the word: all with its first letter, and
        of the others what is the same behind the first letter, or without one of the word's own."""
        same = self._between(wanted[0], wanted[0] + LAST)
        another_first, one_more = wanted[1:_BEGINNING], wanted[: _BEGINNING - 1]
        one_less, exchanged = wanted[1 : _BEGINNING + 1], wanted[1::-1] + wanted[2:_BEGINNING]
        others = {number for tail in (another_first, one_more) for number in self._with_tail(tail)}
        others.update(number for one in (one_less, exchanged) for number in self._between(one, one + LAST))
        return same, sorted(others.difference(same))

    def _between(self, first: str, last: str) -> range:
        """The numbers of the beginnings from ``first`` on and before ``last``."""
        numbers = range(self._beginnings_count)
        start = bisect_left(numbers, first, key=self._beginning)
        return range(start, bisect_left(numbers, last, start, key=self._beginning))

    def _with_tail(self, tail: str) -> array:
        """The numbers of the beginnings that are this behind their first letter."""
        start = bisect_left(self._by_tail, tail, key=self._tail)
        return self._by_tail[start : bisect_right(self._by_tail, tail, start, key=self._tail)]

    def _beginning(self, number: int) -> str:
        start = number * _WIDTH
        return self._beginnings[start : start + _BEGINNING]

    def _tail(self, number: int) -> str:
        return self._beginning(number)[1:]

    def _begun(
        self, wanted: str, most: int, at_first: int, neighbours: range, others: Sequence[int]
    ) -> Iterator[_Range]:
        """What is not short, and whose beginning (one of these, at most ``at_first`` slips away) and length do not rule
        it out."""
        beginnings = self._beginnings[neighbours.start * _WIDTH : neighbours.stop * _WIDTH].split(_BETWEEN)
        numbers, codes, near = [*neighbours, *others], self._codes, set[int]()
        beginnings[len(neighbours) :] = map(self._beginning, others)
        for end in range(max(_BEGINNING - at_first, 1), min(_BEGINNING + at_first, len(wanted)) + 1):
            length = len(wanted) - end + _BEGINNING
            for slips, place in within(wanted[:end], beginnings, at_first):
                left = most - slips
                near.update(self._code(length + more, numbers[place]) for more in range(-left, left + 1))
        place = 0
        for code in sorted(near):
            place = bisect_left(codes, code, place)
            if place < len(codes) and codes[place] == code:
                yield _Range(code // self._beginnings_count, self._code_starts[place], self._code_starts[place + 1])

    def _ended(self, wanted: str, one: _Range) -> array:
        """The numbers of those of one length that go on behind the letter after their beginning as the word ends."""
        ending = wanted[::-1][: one.length - _BEGINNING - 1]
        start = bisect_left(self._by_ending, ending, one.start, one.end, key=self._backwards)
        end = bisect_left(self._by_ending, ending + LAST, start, one.end, key=self._backwards)
        return self._by_ending[start:end]

    def _backwards(self, number: int) -> str:
        return self.spelling(number)[::-1]

    def _in_order_of_endings(self, length: int) -> Iterator[int]:
        """The numbers of all of so many letters, put in order a few at once."""
        by_letter: dict[str, array] = {}
        for number, spelling in enumerate(self._all(length), self._starts[length]):
            by_letter.setdefault(spelling[-1:], array("I")).append(number)
        for letter in sorted(by_letter):
            yield from sorted(by_letter[letter], key=self._backwards)

    def _code(self, length: int, number: int) -> int:
        """One number for a length and the number of a beginning, in the order of all spellings."""
        return length * self._beginnings_count + number

    def _cut(self, part: _Range) -> list[str]:
        before, width = self._starts[part.length], part.length + len(_BETWEEN)
        text = self._texts[part.length]
        return text[(part.start - before) * width : (part.end - before) * width - len(_BETWEEN)].split(_BETWEEN)

    def _number_beginnings(self) -> None:
        """Put down where each beginning begins among the spellings of each length, by their `_code`."""
        long = range(_SHORT + 1, len(self._texts))
        beginnings = sorted({spelling[:_BEGINNING] for length in long for spelling in self._all(length)})
        numbers = {beginning: number for number, beginning in enumerate(beginnings)}
        self._beginnings, self._beginnings_count = _BETWEEN.join(beginnings), len(beginnings)
        self._by_tail = array("I", sorted(range(len(beginnings)), key=self._tail))
        self._codes, self._code_starts = array("Q"), array("I")
        for length in long:
            before = None
            for place, spelling in enumerate(self._all(length), self._starts[length]):
                if (beginning := spelling[:_BEGINNING]) != before:
                    self._codes.append(self._code(length, numbers[beginning]))
                    self._code_starts.append(place)
                    before = beginning
        self._code_starts.append(len(self._places))

    def _all(self, length: int) -> Iterator[str]:
        """All of so many letters."""
        return chain.from_iterable(map(self._cut, _parts([self._of_length(length)])))

    def _of_lengths(self, shortest: int, longest: int) -> list[_Range]:
        return list(map(self._of_length, range(max(shortest, 0), min(longest, len(self._texts) - 1) + 1)))

    def _of_length(self, length: int) -> _Range:
        return _Range(length, self._starts[length], self._starts[length + 1])


class InOrder(Ordered):
    """Spellings by their places, which are in the order of the letters: no letter of them is kept a second time."""

    def __init__(self, spellings: Spellings):
        self._spellings, self._stands = spellings, spellings.stands()
        self._keep_some()

    def __len__(self) -> int:
        return len(self._stands)

    def __getitem__(self, place: int) -> str:
        return self._spellings.spelling(self._stands[place])

    def within(self, places: range) -> Iterator[str]:
        """The spellings of neighbouring places, quicker than one by one."""
        return self._spellings.spellings(self._stands[places.start : places.stop])


def _by_length(spellings: Iterable[tuple[str, int]]) -> Iterator[Iterator[tuple[str, array]]]:
    """For each length, from 0 on, the spellings of so many letters and what they stand for, in groups by the first
    letter: of few at once, little memory is left in pieces."""
    groups: dict[tuple[int, str], tuple[bytearray, array]] = {}
    for spelling, place in spellings:
        begins = len(spelling), spelling[:1]
        if begins not in groups:
            groups[begins] = bytearray(), array("I")
        text, places = groups[begins]
        text += f"{spelling}{_BETWEEN}".encode()
        places.append(place)
    for length in range(max(groups, default=(0, ""))[0] + 1):
        found = sorted(begins for begins in groups if begins[0] == length)
        yield ((text.decode(), places) for text, places in map(groups.pop, found))


def _parts(ranges: Iterable[_Range]) -> Iterator[_Range]:
    """The same in pieces of at most `_AT_ONCE`, none of them empty."""
    for one in ranges:
        if 0 < one.count <= _AT_ONCE:
            yield one
        else:
            bounds = [*range(one.start, one.end, _AT_ONCE), one.end]
            yield from (_Range(one.length, start, end) for start, end in pairwise(bounds))


def _measured(wanted: str, spellings: list[str], places: array, most: int) -> list[tuple[int, int]]:
    return [(slips, places[place]) for slips, place in within(wanted, spellings, most)]

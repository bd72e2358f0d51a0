"""Names sorted by their spelling, and what of them is found by words, by slips and by sound.

A table is made once and never changes; the name of a place is put together when it is asked for.
"""

from array import array
from collections.abc import Iterable, Iterator
from itertools import accumulate, count
from typing import NamedTuple

from monographs.medicines.models import NameKind
from monographs.search.columns.one_text import LAST, OneText, OrderedText, Writing, narrow
from monographs.search.spelling.compared import joined, sounds
from monographs.search.spelling.spellings import InOrder, Spellings

KINDS = tuple(NameKind.values)


class Entry(NamedTuple):
    """A name in its place: entries of several tables are in order as those of one.

    ``key`` is its spelling (`compared.joined`), ``kind`` the place of its kind in `KINDS`, ``name`` as it is written,
    ``medicine`` a number.
    """

    key: str
    kind: int
    name: str
    medicine: int


class NameTable:
    """Names in the order of their `Entry`, by their places from 0 on."""

    def __init__(self, names: Iterable[tuple[int, str, str, str]]):
        """``names`` are ``(medicine, name, kind, folded)``."""
        rows = _Rows(names)
        order = rows.order()
        self._kinds = bytes(map(rows.kinds.__getitem__, order))
        self._words = _Words(rows.words, order)
        self._medicines = narrow(array("Q", map(rows.medicines.__getitem__, order)))
        self._written = OneText.of(map(rows.written.__getitem__, order))
        del rows.written
        self._spelt = Spellings(zip(map(rows.keys.__getitem__, order), count()))
        del rows, order
        self._keys = InOrder(self._spelt)
        self._heard = Spellings(zip(map(sounds, self._keys), count()))

    def __len__(self) -> int:
        return len(self._keys)

    def entries(self, places: Iterable[int]) -> Iterator[Entry]:
        """The names that stand there, in this order; neighbours cost least as a range."""
        if isinstance(places, range):
            there = slice(places.start, places.stop)
            keys, written = self._keys.within(places), self._written.within(places)
            rows = zip(keys, self._kinds[there], written, self._medicines[there], strict=True)
        else:
            places = list(places)
            columns = self._keys, self._kinds, self._written, self._medicines
            rows = zip(*(map(column.__getitem__, places) for column in columns), strict=True)
        return (Entry(key, kind, name or _usual(key), medicine) for key, kind, name, medicine in rows)

    def medicine(self, place: int) -> int:
        """Whose name stands there."""
        return self._medicines[place]

    def spelt(self, key: str) -> range:
        """The places of the names that are spelt so."""
        return self._keys.between(key, key + "\x00")

    def begun(self, key: str) -> range:
        """The places of the names whose spelling begins so."""
        return self._keys.between(key, key + LAST)

    def with_word(self, word: str, *, is_begun: bool = False) -> array:
        """The places of the names of several words that hold this one, or one that begins so; one may come twice."""
        return self._words.places(word, word + (LAST if is_begun else "\x00"))

    def near(self, key: str, most: int) -> list[tuple[int, int]]:
        """``(slips, place)`` of the names at most so many slips away."""
        return self._spelt.within(key, most)

    def sounding(self, sound: str, most: int) -> list[int]:
        """The places of the names whose sound (`compared.sounds`) is at most so many slips away."""
        return [place for _slips, place in self._heard.within(sound, most)]


def _usual(key: str) -> str:
    """How most names of one word are written: these are not kept beside their spelling."""
    return key.capitalize()


def words_of(folded: str) -> list[str]:
    """The words of a folded name: ``"co-codamol 8/500"`` → co, codamol, 8, 500."""
    if folded.isalnum():
        return [folded]
    return "".join(sign if sign.isalnum() else " " for sign in folded).split()


class _Rows:
    """Names as they come, column by column: of rows, each an object, something would stay behind and keep whole
    stretches of memory from others."""

    def __init__(self, names: Iterable[tuple[int, str, str, str]]):
        """``names`` as in a `NameTable`."""
        self.medicines, self.kinds = array("q"), bytearray()
        self.words, self._by_letter = dict[str, array](), dict[str, array]()
        keys, written = Writing(), Writing()
        for medicine, name, kind, folded in names:
            if key := joined(folded):
                row = len(self.medicines)
                if len(words := words_of(folded)) > 1:
                    for word in words:
                        self.words.setdefault(word, array("I")).append(row)
                self._by_letter.setdefault(key[0], array("I")).append(row)
                keys.add(key)
                written.add("" if name == _usual(key) else name)
                self.kinds.append(KINDS.index(kind))
                self.medicines.append(medicine)
        self.keys, self.written = OneText(*keys.done()), OneText(*written.done())

    def order(self) -> array:
        """The places of the rows in the order of their `Entry`; put in order letter by letter, a few at once."""
        order = array("I")
        for letter in sorted(self._by_letter):
            rows = sorted(self._by_letter[letter], key=self.medicines.__getitem__)
            for told in (self._name, self.kinds.__getitem__, self.keys.__getitem__):
                rows.sort(key=told)
            order.extend(rows)
        return order

    def _name(self, row: int) -> str:
        return self.written[row] or _usual(self.keys[row])


class _Words:
    """The words of names of several, each once, and where the names stand."""

    def __init__(self, rows: dict[str, array], order: array):
        """``rows`` has the row of each name that has a word, ``order`` the rows as they stand."""
        stands = array("I", bytes(len(order) * order.itemsize))
        for place, row in enumerate(order):
            stands[row] = place
        words = sorted(rows)
        self._words = OrderedText.of(words)
        self._ends = array("I", accumulate((len(rows[word]) for word in words), initial=0))
        self._places = array("I")
        for word in words:
            self._places.extend(sorted(map(stands.__getitem__, rows.pop(word))))

    def places(self, first: str, last: str) -> array:
        """The places of the names that have a word from ``first`` on and before ``last``, word by word."""
        words = self._words.between(first, last)
        return self._places[self._ends[words.start] : self._ends[words.stop]]

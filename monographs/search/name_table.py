"""Names sorted by their spelling, and what of them is found by words, by slips and by sound.

A table is made once and never changes; the name of a place is put together when it is asked for. 100,000 names, each an
object of its own, would take five times the memory.
"""

from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from itertools import accumulate
from operator import itemgetter
from typing import NamedTuple

from monographs.medicines.models import NameKind
from monographs.search.spelling import joined, sounds
from monographs.search.spellings import Spellings

KINDS = tuple(NameKind.values)
_LAST = "\U0010ffff"


class Entry(NamedTuple):
    """A name in its place: entries of several tables are in order as those of one.

    ``key`` is its spelling (`spelling.joined`), ``kind`` the place of its kind in `KINDS`, ``name`` as it is written,
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
        rows = sorted(_rows(names), key=itemgetter(0, 3, 2, 1))
        self._keys = [row[0] for row in rows]
        self._medicines = array("q", (row[1] for row in rows))
        self._written = "".join(row[2] for row in rows)  # one text: 100,000 of their own take five times the memory
        self._ends = array("L", accumulate(len(row[2]) for row in rows))
        self._kinds = bytes(row[3] for row in rows)
        words = sorted((word, place) for place, row in enumerate(rows) for word in row[4])
        self._word_places = array("L", (place for _word, place in words))
        self._words = [word for word, _place in words]
        del rows, words  # before what stays is copied: around one text that stays, a whole arena of theirs would
        copies = {word: word.encode().decode() for word in dict.fromkeys(self._words)}
        self._words = [copies[word] for word in self._words]
        del copies
        self._spelt = Spellings((key, place) for place, key in enumerate(self._keys))
        for key, place in self._spelt:
            self._keys[place] = key  # one text for both
        self._heard = Spellings((sounds(key), place) for place, key in enumerate(self._keys))

    def __len__(self) -> int:
        return len(self._keys)

    def entry(self, place: int) -> Entry:
        """The name that stands there."""
        begins = self._ends[place - 1] if place else 0
        written = self._written[begins : self._ends[place]]
        return Entry(self._keys[place], self._kinds[place], written, self._medicines[place])

    def medicine(self, place: int) -> int:
        """Whose name stands there."""
        return self._medicines[place]

    def spelt(self, key: str) -> range:
        """The places of the names that are spelt so."""
        return _between(self._keys, key, key + "\x00")

    def begun(self, key: str) -> range:
        """The places of the names whose spelling begins so."""
        return _between(self._keys, key, key + _LAST)

    def with_word(self, word: str, *, is_begun: bool = False) -> Iterator[int]:
        """The places of the names of several words that hold this one, or one that begins so; one may come twice."""
        found = _between(self._words, word, word + (_LAST if is_begun else "\x00"))
        return (self._word_places[place] for place in found)

    def near(self, key: str, most: int) -> list[tuple[int, int]]:
        """``(slips, place)`` of the names at most so many slips away."""
        return self._spelt.within(key, most)

    def sounding(self, sound: str, most: int) -> list[int]:
        """The places of the names whose sound (`spelling.sounds`) is at most so many slips away."""
        return [place for _slips, place in self._heard.within(sound, most)]


def _between(keys: list[str], first: str, last: str) -> range:
    return range(bisect_left(keys, first), bisect_left(keys, last))


def words_of(folded: str) -> list[str]:
    """The words of a folded name: ``"co-codamol 8/500"`` → co, codamol, 8, 500."""
    if folded.isalnum():
        return [folded]
    return "".join(sign if sign.isalnum() else " " for sign in folded).split()


def _rows(names: Iterable[tuple[int, str, str, str]]) -> Iterator[tuple[str, int, str, int, list[str]]]:
    known: dict[str, str] = {}  # one text for each word, however many names have it
    for medicine, name, kind, folded in names:
        if key := joined(folded):
            words = words_of(folded)
            kept = [known.setdefault(word, word) for word in words] if len(words) > 1 else []
            yield key, medicine, name, KINDS.index(kind), kept

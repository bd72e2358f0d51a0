"""One index of all names in each process: a search asks the memory which medicines are meant, and the database only
what of them is shown.

It is made of `MedicineName` and made again when the stamp of the names has moved (`medicines.stamp`), which is looked
up at most every `LOOK_EVERY` seconds; nothing clears it. Rows that are written past the verbs are seen when the next
verb comes. What is published is asked at the instant of the search, never here: the index only keeps in mind which
medicines ever had a publication, from a table that only grows.
"""

import gc
import threading
import time
from array import array
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Mapping
from io import StringIO
from itertools import accumulate
from operator import itemgetter
from typing import NamedTuple

from django.db.models import BigIntegerField, QuerySet

from monographs.medicines.models import Medicine, MedicineName, NameKind
from monographs.medicines.stamp import names_stamp
from monographs.prepared import Given, Prepared
from monographs.publication.models import Publication
from monographs.search.spelling import joined, most_slips, slips, sounds
from monographs.search.spellings import Spellings
from monographs.text.letters.folding import fold

LOOK_EVERY = 1.0  # seconds between two looks at the stamp
_KINDS = tuple(NameKind.values)
_LAST = "\U0010ffff"
_LONGEST_PHRASE = 4  # words of a name inside a longer query
_MANY = 10_000  # medicines: what their rows took is worth the looking for it


class Name(NamedTuple):
    """A name in the index: the medicine's number, the name as it is written, and its kind (`NameKind`)."""

    medicine: int
    name: str
    kind: str


class Near(NamedTuple):
    """A name spelt like what was looked for, ``slips`` away from it; ``typed`` where that is but one word of it."""

    slips: int
    name: Name
    typed: str = ""


class Known(NamedTuple):
    """A medicine in the index: its generic name and class."""

    name: str
    drug_class: str


class Medicines(Mapping[int, Known]):
    """All medicines by their numbers, as one text and where each begins in it: of 100,000 each by itself, the objects
    take five times the memory."""

    def __init__(self, rows: Iterable[tuple[int, str, str]]):
        """``rows`` are ``(number, name, class)``, in the order of their numbers."""
        self._numbers, self._ends, self._classes, names = array("q"), array("L"), array("L"), StringIO()
        places: dict[str, int] = {}
        for number, name, drug_class in rows:
            self._numbers.append(number)
            names.write(name)
            self._ends.append(len(name) + (self._ends[-1] if self._ends else 0))
            self._classes.append(places.setdefault(drug_class, len(places)))
        self._names, self._known_classes = names.getvalue(), tuple(places)

    def __getitem__(self, number: int) -> Known:
        place = bisect_left(self._numbers, number)
        if place == len(self._numbers) or self._numbers[place] != number:
            raise KeyError(number)
        begins = self._ends[place - 1] if place else 0
        return Known(self._names[begins : self._ends[place]], self._known_classes[self._classes[place]])

    def __iter__(self) -> Iterator[int]:
        return iter(self._numbers)

    def __len__(self) -> int:
        return len(self._numbers)


def _nothing(_phrase: str) -> bool:
    return False


class NameIndex:
    """All names, sorted by their joined spelling (`spelling.joined`)."""

    def __init__(self, medicines: Mapping[int, Known], names: Iterable[tuple[int, str, str, str]]):
        """``names`` are ``(medicine, name, kind, folded)``."""
        rows = sorted(_entries(names), key=itemgetter(0, 3, 2, 1))
        self.medicines = medicines
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

    def names(self) -> Iterator[Name]:
        """All of them, in the order of their spelling."""
        return map(self._name, range(len(self._keys)))

    def exact(self, folded: str) -> list[Name]:
        """Names that are this one, however their words are joined; generic names first."""
        key = joined(folded)
        found = list(self._between(self._keys, key, key + "\x00")) if key else []
        return sorted((self._name(place) for place in found), key=lambda name: _KINDS.index(name.kind))

    def beginning(self, folded: str) -> Iterator[Name]:
        """Names that begin so, in order of their spelling."""
        if key := joined(folded):
            yield from map(self._name, self._between(self._keys, key, key + _LAST))

    def inside(self, folded: str, *, is_begun: bool = False) -> list[Name]:
        """Names of several words that hold every word of this, in order; with ``is_begun`` the last as a beginning."""
        words = words_of(folded)
        if not words:
            return []
        found: set[int] | None = None
        for number, word in enumerate(words, 1):
            end = word + (_LAST if is_begun and number == len(words) else "\x00")
            places = {self._word_places[place] for place in self._between(self._words, word, end)}
            found = places if found is None else found & places
        return [self._name(place) for place in sorted(found or ())]

    def near(self, folded: str, *, most: int | None = None) -> list[Near]:
        """Names spelt like this with at most so many slips (`spelling.most_slips`), nearest first.

        Of equally near ones come first what sounds alike, then generic names, then the spelling. Where nothing is
        spelt like it, names that sound like it.
        """
        key = joined(folded)
        most = most_slips(len(key)) if most is None else most
        if not key or not most:
            return []
        found = self._spelt.within(key, min(most, 2)) or (self._spelt.within(key, most) if most > 2 else [])
        heard = sounds(key)
        if not found and len(heard) > 4:
            found = [(slips(key, self._keys[place]), place) for _slips, place in self._heard.within(heard, most - 1)]
        ranked = sorted(
            (distance, slips(heard, sounds(self._keys[place])), self._kinds[place], self._keys[place], place)
            for distance, place in found
        )
        return [Near(distance, self._name(place)) for distance, *_order, place in ranked]

    def __contains__(self, word: str) -> bool:
        """Whether a folded word stands in a name, or is one: such words are never taken for others of their stem."""
        return any(self._between(keys, word, word + "\x00") for keys in (self._keys, self._words))

    def named_in(self, folded: str, *, unless: Callable[[str], bool] = _nothing) -> tuple[list[list[Name]], list[str]]:
        """The names that stand in a longer text, in its order, the longest where they overlap, and the words that are
        left; ``unless`` says which words are no name there."""
        words, found, rest, start = folded.split(), [], [], 0
        while start < len(words):
            for end in range(min(start + _LONGEST_PHRASE, len(words)), start, -1):
                phrase = " ".join(words[start:end]).strip("?!.,;:()'\"")
                if len(joined(phrase)) > 2 and not unless(phrase) and (names := self.exact(phrase)):
                    found.append(names)
                    start = end
                    break
            else:
                rest.append(fold(words[start]))
                start += 1
        return found, rest

    def _between(self, keys: list[str], first: str, last: str) -> range:
        return range(bisect_left(keys, first), bisect_left(keys, last))

    def _name(self, place: int) -> Name:
        begins = self._ends[place - 1] if place else 0
        written = self._written[begins : self._ends[place]]
        return Name(self._medicines[place], written, _KINDS[self._kinds[place]])


def words_of(folded: str) -> list[str]:
    """The words of a folded name: ``"co-codamol 8/500"`` → co, codamol, 8, 500."""
    if folded.isalnum():
        return [folded]
    return "".join(sign if sign.isalnum() else " " for sign in folded).split()


def _entries(names: Iterable[tuple[int, str, str, str]]) -> Iterator[tuple[str, int, str, int, list[str]]]:
    known: dict[str, str] = {}  # one text for each word, however many names have it
    for medicine, name, kind, folded in names:
        if key := joined(folded):
            words = words_of(folded)
            kept = [known.setdefault(word, word) for word in words] if len(words) > 1 else []
            yield key, medicine, name, _KINDS.index(kind), kept


class _Kept:
    """The index of this process, and since when it is known to hold."""

    def __init__(self):
        self.lock = threading.Lock()
        self.forget()

    def forget(self) -> None:
        self.looked_at = float("-inf")
        self.stamp: tuple[str, ...] | None = None
        self.index = NameIndex({}, ())
        self.published: set[int] = set()
        self.last_publication = 0

    def refresh(self) -> None:
        stamp = names_stamp()
        if stamp != self.stamp or self.stamp is None:
            self.index, self.stamp = _read(), stamp
        for number, medicine in _published_since.rows(number=self.last_publication):
            self.published.add(medicine)
            self.last_publication = number
        self.looked_at = time.monotonic()


def _published() -> QuerySet:
    rows = Publication.objects.filter(pk__gt=Given("number", BigIntegerField()))
    return rows.order_by("pk").values_list("pk", "leaflet__medicine")


_published_since = Prepared(_published)


def _read() -> NameIndex:
    told = Medicine.objects.order_by("pk").values_list("pk", "name", "drug_class")
    medicines = Medicines(told.iterator(chunk_size=5000))
    rows = MedicineName.objects.order_by().values_list("medicine", "name", "kind", "folded")
    index = NameIndex(medicines, rows.iterator(chunk_size=5000))
    if len(medicines) > _MANY:
        gc.collect()  # Python keeps a few of the rows that are gone to use them again, and around them whole arenas
    return index


_kept = _Kept()


def the_index() -> NameIndex:
    """The index as the names stand, at most `LOOK_EVERY` seconds old."""
    _look()
    return _kept.index


def ever_published() -> set[int]:
    """The medicines that have had a publication, also one whose instant is to come, as of the last `the_index`."""
    return _kept.published


def forget() -> None:
    """Make it anew when it is asked next (for tests, whose databases go back in time)."""
    with _kept.lock:
        _kept.forget()


def _look() -> None:
    if time.monotonic() - _kept.looked_at < LOOK_EVERY:
        return
    # While one reader looks, others go on with what is there; only the very first ones wait for it.
    if _kept.lock.acquire(blocking=_kept.stamp is None):
        try:
            if time.monotonic() - _kept.looked_at >= LOOK_EVERY:
                _kept.refresh()
        finally:
            _kept.lock.release()

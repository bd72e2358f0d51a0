"""Which medicines are meant by a name, a beginning, a word or a misspelling: all names, looked up in memory."""

import heapq
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import NamedTuple

from monographs.search.index.known import ChangedMedicines, Known
from monographs.search.index.name_table import KINDS, Entry, NameTable, words_of
from monographs.search.spelling.compared import joined, most_slips, slips, sounds
from monographs.text.letters.folding import fold
from monographs.text.tokens.reading import is_written_without_spaces

_LONGEST_PHRASE = 4  # words of a name inside a longer query
_SHORTEST_RUN, _LONGEST_RUN = 3, 12  # Chinese signs of a name inside a longer query
_NOTHING: frozenset[int] = frozenset()


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


class Change(NamedTuple):
    """A medicine as it is by now: what is known of it, None for one that is gone, and its names
    ``(medicine, name, kind, folded)``."""

    known: Known | None
    names: tuple[tuple[int, str, str, str], ...] = ()


class _Layer(NamedTuple):
    """Names of which those of some medicines do not hold any more."""

    table: NameTable
    hidden: frozenset[int] = _NOTHING

    def entries(self, places: Iterable[int]) -> Iterator[Entry]:
        """The names of these places that hold."""
        found = self.table.entries(places)
        return (entry for entry in found if entry.medicine not in self.hidden) if self.hidden else found

    def has_any(self, places: Iterable[int]) -> bool:
        """Whether any name of these places holds."""
        return any(self.table.medicine(place) not in self.hidden for place in places)


def _nothing(_phrase: str) -> bool:
    return False


class NameIndex:
    """All names, sorted by their joined spelling (`compared.joined`)."""

    def __init__(self, medicines: Mapping[int, Known], names: Iterable[tuple[int, str, str, str]]):
        """``names`` are ``(medicine, name, kind, folded)``."""
        self.medicines = medicines
        self._layers = (_Layer(NameTable(names)),)

    def changed(self, changes: Mapping[int, Change]) -> "NameIndex":
        """This index with what these medicines, by their numbers, are by now: it answers as one made anew would.

        It costs as much as the changes are many: the names from before are shared with this one, and those of the
        changed medicines passed over.
        """
        names = (name for change in changes.values() for name in change.names)
        index = NameIndex(ChangedMedicines(self.medicines, {one: each.known for one, each in changes.items()}), names)
        (layer,) = self._layers
        index._layers = (layer._replace(hidden=frozenset(changes)), *index._layers)
        return index

    def names(self) -> Iterator[Name]:
        """All of them, in the order of their spelling."""
        return map(_name, self._entries(lambda table: range(len(table))))

    def exact(self, folded: str) -> list[Name]:
        """Names that are this one, however their words are joined; generic names first."""
        key = joined(folded)
        return [_name(entry) for entry in self._entries(lambda table: table.spelt(key))] if key else []

    def beginning(self, folded: str) -> Iterator[Name]:
        """Names that begin so, in order of their spelling."""
        if key := joined(folded):
            yield from map(_name, self._entries(lambda table: table.begun(key)))

    def inside(self, folded: str, *, is_begun: bool = False) -> Iterator[Name]:
        """Names of several words that hold every word of this, in order; with ``is_begun`` the last as a beginning."""
        if words := words_of(folded):
            yield from map(_name, self._entries(lambda table: _with_all(table, words, is_begun)))

    def near(self, folded: str, *, most: int | None = None) -> list[Near]:
        """Names spelt like this with at most so many slips (`compared.most_slips`), nearest first.

        Of equally near ones come first what sounds alike, then generic names, then the spelling. Where nothing is
        spelt like it, names that sound like it.
        """
        key = joined(folded)
        most = most_slips(len(key)) if most is None else most
        if not key or not most:
            return []
        found = self._spelt_like(key, min(most, 2)) or (self._spelt_like(key, most) if most > 2 else [])
        heard = sounds(key)
        if not found and len(heard) > 4:
            found = [(slips(key, entry.key), entry) for entry in self._sounding_like(heard, most - 1)]
        ranked = sorted(
            (distance, slips(heard, sounds(entry.key)), entry.kind, entry.key, entry) for distance, entry in found
        )
        return [Near(distance, _name(entry)) for distance, *_order, entry in ranked]

    def __contains__(self, word: str) -> bool:
        """Whether a folded word stands in a name, or is one: such words are never taken for others of their stem."""
        return any(
            layer.has_any(layer.table.spelt(word)) or layer.has_any(layer.table.with_word(word))
            for layer in self._layers
        )

    def named_in(self, folded: str, *, unless: Callable[[str], bool] = _nothing) -> tuple[list[list[Name]], list[str]]:
        """The names that stand in a longer text, in its order, the longest where they overlap, and the words that are
        left; ``unless`` says which words are no name there."""
        words, found, rest, start = [part for word in folded.split() for part in self._parted(word)], [], [], 0
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

    def _parted(self, word: str) -> Iterator[str]:
        """A word, which of Chinese may be a whole question, parted around the names in it, the longest first."""
        if not is_written_without_spaces(word):
            yield word
            return
        before = start = 0
        while start < len(word):
            ends = range(min(start + _LONGEST_RUN, len(word)), start + _SHORTEST_RUN - 1, -1)
            if end := next((end for end in ends if self.exact(word[start:end])), 0):
                yield from filter(None, (word[before:start], word[start:end]))
                before = start = end
            else:
                start += 1
        yield from filter(None, (word[before:],))

    def _entries(self, places: Callable[[NameTable], Iterable[int]]) -> Iterator[Entry]:
        """What holds of some places of each table, these in their order, as it would stand in one table."""
        first, *others = (layer.entries(places(layer.table)) for layer in self._layers)
        return heapq.merge(first, *others) if others else first

    def _spelt_like(self, key: str, most: int) -> list[tuple[int, Entry]]:
        return [
            (distance, entry)
            for layer in self._layers
            for distance, place in layer.table.near(key, most)
            for entry in layer.entries([place])
        ]

    def _sounding_like(self, sound: str, most: int) -> Iterator[Entry]:
        return (entry for layer in self._layers for entry in layer.entries(layer.table.sounding(sound, most)))


def _name(entry: Entry) -> Name:
    return Name(entry.medicine, entry.name, KINDS[entry.kind])


def _with_all(table: NameTable, words: list[str], is_begun: bool) -> list[int]:
    """The places of the names that hold every word, in order; with ``is_begun`` the last as a beginning."""
    *whole, last = words
    found = set(table.with_word(last, is_begun=is_begun))
    for word in whole:
        found &= set(table.with_word(word))
    return sorted(found)

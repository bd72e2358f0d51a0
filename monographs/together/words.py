"""Names and phrases in a text as whole words: never stemmed, never a part of a word."""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Generic, NamedTuple, TypeVar

from monographs.text.tokens.reading import AMOUNT, RUN, number, pieces

K = TypeVar("K")
_OWNS = re.compile(r"['’ʼ]s\b", re.IGNORECASE)


def readings(text: str, language: str) -> list[list[str]]:
    """The folded words of a text: one list, and a second one where an apostrophe may belong to a name or not
    ("ibuprofen’s", "St John’s wort"). Of Chinese and Japanese each sign is a word."""
    found = [_words(text, language)]
    if _OWNS.search(text):
        found.append(_words(_OWNS.sub("", text), language))
    return found


def _words(text: str, language: str) -> list[str]:
    found: list[str] = []
    for piece in pieces(text):
        if piece.kind == RUN:
            found += piece.text
        else:
            found.append(number(piece.text, language) if piece.kind == AMOUNT else piece.text)
    return found


class Place(NamedTuple):
    """Where in a text a phrase stands: the numbers of its first word and of the one behind it."""

    start: int
    end: int

    def is_within(self, other: "Place") -> bool:
        return other.start <= self.start and self.end <= other.end


class Phrases(Generic[K]):
    """Many phrases, looked for at once: one step for each word of a text, however many there are."""

    def __init__(self, phrases: Iterable[tuple[Sequence[str], K]]):
        self._by_first: dict[str, dict[tuple[str, ...], list[K]]] = {}
        for words, key in phrases:
            if words:
                self._by_first.setdefault(words[0], {}).setdefault(tuple(words), []).append(key)
        self._lengths = {
            first: sorted({len(phrase) for phrase in known}, reverse=True) for first, known in self._by_first.items()
        }

    def find(self, words: Sequence[str]) -> Iterator[K]:
        """The keys of every phrase in a text, one within another too: "insulin glargine" is insulin as well."""
        for _place, key in self.places(words):
            yield key

    def places(self, words: Sequence[str]) -> Iterator[tuple[Place, K]]:
        """The same, each with where it stands."""
        for start in range(len(words)):
            for length, keys in self._at(words, start):
                for key in keys:
                    yield Place(start, start + length), key

    def find_longest(self, words: Sequence[str]) -> Iterator[K]:
        """The keys of the longest phrases alone: "strong painkillers" are not "painkillers"."""
        place = 0
        while place < len(words):
            length, keys = next(self._at(words, place), (1, ()))
            yield from keys
            place += length

    def _at(self, words: Sequence[str], place: int) -> Iterator[tuple[int, list[K]]]:
        first = words[place]
        for length in self._lengths.get(first, ()):
            keys = self._by_first[first].get(tuple(words[place : place + length]))
            if keys:
                yield length, keys

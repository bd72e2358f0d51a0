"""Whole words and phrases, found in a text however they are accented, capitalised or parted.

A phrase is words: ``word`` is that word, ``word*`` whatever begins so, ``#`` a number, ``..`` up to `MOST_BETWEEN`
words of any kind. Chinese and Japanese signs are a word each, as they are written without spaces.
"""

import re
from collections.abc import Hashable, Iterable, Iterator
from functools import lru_cache
from typing import Generic, NamedTuple, TypeVar

from monographs.remembered import MOST_REMEMBERED
from monographs.text.letters.folding import fold

K = TypeVar("K", bound=Hashable)
MOST_BETWEEN = 3  # words that ".." may stand for
_SIGNS = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff"
_MARKS = "\u0300-\u036f\u0610-\u061a\u064b-\u065f\u0670\u0640\u200c\u200d"
_LETTER = rf"[^\W_{_SIGNS}]"
_WORD = re.compile(rf"[{_SIGNS}]|{_LETTER}(?:{_LETTER}|[{_MARKS}]|['’ʼ](?={_LETTER}))*")
_IN_A_PHRASE = re.compile(rf"\.\.|#|[{_SIGNS}]|{_LETTER}(?:{_LETTER}|[{_MARKS}]|['’ʼ](?={_LETTER}))*\*?")
_BETWEEN, _NUMBER = "..", "#"


class Word(NamedTuple):
    """``text[start:end]``, folded."""

    folded: str
    start: int
    end: int


class Match(NamedTuple, Generic[K]):
    """``text[start:end]`` is what a phrase matched, ``key`` whose phrase it is."""

    key: K
    start: int
    end: int


_folded = lru_cache(maxsize=MOST_REMEMBERED)(fold)


def words_of(text: str) -> list[Word]:
    """The words of a text, in order. What is left of a word when it is folded may be nothing; that is no word."""
    found = (Word(_folded(match[0]), *match.span()) for match in _WORD.finditer(text))
    return [word for word in found if word.folded]


def parsed(phrase: str) -> tuple[str, ...]:
    """The parts of a phrase, folded; empty where it says nothing, or begins or ends with a gap or is nothing else."""
    parts = []
    for part in _IN_A_PHRASE.findall(phrase):
        stem = "*" if part.endswith("*") else ""
        folded = part if part in (_BETWEEN, _NUMBER) else fold(part.removesuffix("*")) + stem
        parts.append(folded)
    says_something = any(part not in (_BETWEEN, _NUMBER) and len(part.removesuffix("*")) > 0 for part in parts)
    return tuple(parts) if says_something and _BETWEEN not in (parts[0], parts[-1]) else ()


class Phrases(Generic[K]):
    """Look-up of many phrases at once; its work grows with the text, not with the number of phrases."""

    def __init__(self, phrases: Iterable[tuple[str | tuple[str, ...], K]]):
        """A phrase as it is written above, or its folded words, which are only themselves."""
        self._by_first: dict[str, list[tuple[str, tuple[str, ...], K]]] = {}  # what must follow, the parts, the key
        for phrase, key in phrases:
            if parts := parsed(phrase) if isinstance(phrase, str) else phrase:
                self._by_first.setdefault(parts[0], []).append((_follows(parts), parts, key))
        stems = {len(first) - 1 for first in self._by_first if first.endswith("*")}
        self._stems = tuple(sorted(stems))
        self._firsts = lru_cache(maxsize=MOST_REMEMBERED)(self._find_firsts)

    @property
    def is_empty(self) -> bool:
        """Whether nothing is looked for."""
        return not self._by_first

    def find(self, words: list[Word]) -> Iterator[Match[K]]:
        """Every phrase at every place of `words_of` a text; of one phrase at one place the shortest stretch."""
        for place, word in enumerate(words):
            if not (firsts := self._firsts(word.folded)):
                continue
            following = words[place + 1].folded if place + 1 < len(words) else ""
            for first in firsts:
                for follows, parts, key in self._by_first[first]:
                    if follows and follows != following:  # of the most: a call for each takes longer than all else
                        continue
                    end = _end(words, place + 1, parts, 1)
                    if end:
                        yield Match(key, word.start, words[end - 1].end)

    def _find_firsts(self, folded: str) -> tuple[str, ...]:
        """The first words of phrases that a word may be."""
        number = _NUMBER if folded[0].isdigit() else folded
        stems = (f"{folded[:length]}*" for length in self._stems if len(folded) >= length)
        return tuple(first for first in dict.fromkeys((folded, number, *stems)) if first in self._by_first)


def _follows(parts: tuple[str, ...]) -> str:
    """The second word of a phrase, "" where there is none or it may be several."""
    second = parts[1] if len(parts) > 1 else ""
    return "" if second in (_BETWEEN, _NUMBER) or second.endswith("*") else second


def _end(words: list[Word], place: int, parts: tuple[str, ...], number: int) -> int:
    """The place behind the last word of a phrase whose parts from ``number`` on begin at ``place``; 0 for none."""
    for part in parts[number:]:
        number += 1
        if part == _BETWEEN:
            ends = (_end(words, place + skipped, parts, number) for skipped in range(MOST_BETWEEN + 1))
            return next(filter(None, ends), 0)
        if place >= len(words) or not _fits(part, words[place].folded):
            return 0
        place += 1
    return place


def _fits(part: str, folded: str) -> bool:
    if part == _NUMBER:
        return folded[0].isdigit()
    return folded.startswith(part[:-1]) if part.endswith("*") else folded == part

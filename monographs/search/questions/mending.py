"""Ordinary words with a slip in them, as our lists write them: "alchohol", "diarrhea", "hayfever", "tooth ache".

The lists are English, and hold no names of medicines here: `named` mends those. What is mended is a guess, so it is
asked only where what was typed finds nothing, and told; a leaflet that spells a word in another way is found as it is
typed.
"""

import re
from collections.abc import Callable, Container, Iterable, Iterator
from functools import cache
from typing import NamedTuple

from monographs.search.questions.concepts import words_of_questions
from monographs.search.spelling.compared import slips, within
from monographs.text.letters.folding import fold
from monographs.text.tokens.stems import stem
from monographs.text.words.classes import LISTS
from monographs.text.words.lexicon import is_everyday, lines, listed_class, looks_like_a_medicine
from monographs.text.words.spelling import key, spelt

_LANGUAGE = "en"
_WORD = re.compile(r"(?<![\w'-])[a-z]{5,}(?![\w'-])")
_PAIR = re.compile(r"(?<![\w'-])([a-z]{3,})[ -]([a-z]{3,})(?![\w'-])")
_OF_HEALTH = tuple(name for name, of_class in LISTS.items() if of_class != "medicine")
_ANY_OTHER = ("everyday", "synonyms")
_MOST_SLIPS = 2
# Letters that a word needs to have one slip, or two, in a word of illness or of questions, or in any other.
_FOR_HEALTH, _FOR_ANY = (5, 9), (7, 10)
_FOR_ANOTHER_ORDER = 6


class Mended(NamedTuple):
    """A query as our lists write its words, and how many of its letters were slips."""

    query: str
    slips: int


def mended(query: str, names: Callable[[], Container[str]]) -> Mended | None:
    """The query with its ordinary words written rightly; None where none of them has a slip.

    Left as they are: words of ``names`` (folded words of names of medicines; asked for only where there is a slip), and
    what may be a medicine by our lists or by how it ends.
    """
    typed = fold(query)
    found = _PAIR.sub(lambda pair: _as_one(*pair.groups()) or pair[0], typed)
    found = _WORD.sub(lambda word: _unless_a_name(word[0], names), found)
    return Mended(found, slips(typed, found)) if found != typed else None


def _unless_a_name(word: str, names: Callable[[], Container[str]]) -> str:
    if listed_class(word) == "medicine" or looks_like_a_medicine(word):
        return word
    rightly = _rightly(word)
    return word if rightly != word and word in names() else rightly


def _as_one(first: str, second: str) -> str:
    """The word that two make which our lists do not have as two: "tooth ache"; "" if they make none."""
    whole = first + second
    return whole if whole in _words() and f"{first} {second}" not in _phrases() else ""


def _rightly(word: str) -> str:
    """A word as our lists write it: in another spelling, as two words, or without its slip; itself where it is unknown
    which one is meant."""
    if word in _words() or is_everyday(word):
        other = next((other for other in _alike(word) if spelt(other) == spelt(word)), word)
        return word if stem(other, _LANGUAGE) == stem(word, _LANGUAGE) else other
    return _two_words().get(word) or next(iter(_alike(word)), "") or _nearest(word)


def _alike(word: str) -> list[str]:
    """The words that are spelt or bent in another way, the nearest first."""
    alike = [other for other in _by_key().get(key(word), ()) if _may_be(word, other, slips(word, other))]
    return sorted(alike, key=lambda other: (not _is_of_health(other), slips(word, other), other))


def _nearest(word: str) -> str:
    """The word that begins with the same letter and has the fewest slips, rather one of illness than any; itself where
    different words are equally near."""
    written, words = _written()
    near: dict[tuple[int, bool], set[str]] = {}
    for away, place in within(word, written, _MOST_SLIPS):
        other = words[place]
        if away and other[0] == word[0] and _may_be(word, other, away):
            near.setdefault((away, not _is_of_health(other)), set()).add(other)
    best = near[min(near)] if near else ()
    is_clear = len(set(map(_meaning, best))) == 1
    return min(best, key=lambda other: (len(other), other)) if is_clear else word


def _may_be(word: str, other: str, away: int) -> bool:
    """Whether a word is long enough to be another with so many slips. Short ones are names as well (Anadin is not
    "again", Losec not "lost"), unless they have the same letters in another order; and so is what goes on behind
    another (Vertigon)."""
    if not away:
        return True
    if away > 1 and _is_of_health(other) and sorted(word) == sorted(other):
        return len(word) >= _FOR_ANOTHER_ORDER
    letters = _FOR_HEALTH if _is_of_health(other) else _FOR_ANY
    is_name = word.startswith(other) or len(other) < len(word) == min(letters)
    return away <= _MOST_SLIPS and len(word) >= letters[away - 1] and not is_name


def _is_of_health(word: str) -> bool:
    return word in _of_health()


def _meaning(word: str) -> str:
    """Equal for words of one line of a list ("diabetes", "diabetic"), or of one key."""
    return _first_of_line().get(word) or key(word)


@cache
def _of_health() -> frozenset[str]:
    """The words of questions, and of all lists but those of medicines and of everyday life."""
    return frozenset(word for phrase in _phrases() for word in phrase.split()) | words_of_questions(_LANGUAGE)


@cache
def _words() -> frozenset[str]:
    return _of_health() | {word for phrase in _listed(_ANY_OTHER) for word in phrase.split()}


@cache
def _phrases() -> frozenset[str]:
    return frozenset(_listed(_OF_HEALTH))


def _listed(names: Iterable[str]) -> Iterator[str]:
    """The folded phrases of some lists."""
    return (fold(phrase) for name in names for phrases in lines(name) for phrase in phrases)


@cache
def _first_of_line() -> dict[str, str]:
    return {fold(phrase): key(phrases[0]) for name in _OF_HEALTH for phrases in lines(name) for phrase in phrases}


@cache
def _two_words() -> dict[str, str]:
    """By what two words are as one, both: "hay fever" by "hayfever"."""
    return {phrase.replace(" ", ""): phrase for phrase in _phrases() if phrase.count(" ") == 1}


@cache
def _by_key() -> dict[str, tuple[str, ...]]:
    """By its key (`words.spelling`) all ways to write a word."""
    found: dict[str, tuple[str, ...]] = {}
    for word in _words():
        of_word = key(word)
        found[of_word] = (*found.get(of_word, ()), word)
    return found


@cache
def _written() -> tuple[list[str], list[str]]:
    """Each word, also as it is written in America, and beside it the word."""
    words = sorted(filter(str.isalpha, _words()))
    ways = [(written, word) for word in words for written in dict.fromkeys((word, spelt(word)))]
    return [written for written, _word in ways], [word for _written, word in ways]

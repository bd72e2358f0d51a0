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
from monographs.search.spelling.compared import slips
from monographs.search.spelling.spellings import Spellings
from monographs.text.letters.folding import fold
from monographs.text.tokens.stems import stem
from monographs.text.words.classes import LISTS
from monographs.text.words.lexicon import is_everyday, lines, listed_class, looks_like_a_medicine
from monographs.text.words.spelling import key, spelt

_LANGUAGE = "en"
_WORD = re.compile(r"(?<![\w'-])[a-z]{5,}(?![\w'-])")
_PAIR = re.compile(r"(?<![\w'-])([a-z]{3,})[ -]([a-z]{3,})(?![\w'-])")
_MOST_SLIPS = 2
_LETTERS = {True: (5, 9), False: (7, 10)}
"""That a word needs to have one slip, or two: to be a word of illness or of questions, or any other of our lists."""
_LETTERS_OF_ANAGRAM = 6
_ANY_OTHER = ("everyday", "synonyms")  # lists


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
    near = set()
    for away, place in _spellings().within(word, _MOST_SLIPS):
        other = _in_order()[place]
        if away and other[0] == word[0] and _may_be(word, other, away):
            near.add((away, not _is_of_health(other), other))
    best = [other for *how_near, other in near if how_near == [*min(near)[:2]]]
    is_clear = len({_meaning(other) for other in best}) == 1
    return min(best, key=lambda other: (len(other), other)) if is_clear else word


def _may_be(word: str, other: str, away: int) -> bool:
    """Whether a word is long enough to be another with so many slips. Short ones are names as well (Anadin is not
    "again", Losec not "lost"), unless they have the same letters in another order; and so is what goes on behind
    another (Vertigon)."""
    is_of_health = _is_of_health(other)
    if away > 1 and is_of_health and sorted(word) == sorted(other):
        return len(word) >= _LETTERS_OF_ANAGRAM
    is_name = word.startswith(other) or len(other) < len(word) == min(_LETTERS[is_of_health])
    return not away or away <= _MOST_SLIPS and len(word) >= _LETTERS[is_of_health][away - 1] and not is_name


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
    return _of_health() | {word for phrase in map(fold, _listed(_ANY_OTHER)) for word in phrase.split()}


@cache
def _phrases() -> frozenset[str]:
    return frozenset(map(fold, _listed(name for name, of_class in LISTS.items() if of_class != "medicine")))


def _listed(names: Iterable[str]) -> Iterator[str]:
    return (phrase for name in names for phrases in lines(name) for phrase in phrases)


@cache
def _first_of_line() -> dict[str, str]:
    of_lines = (phrases for name, of_class in LISTS.items() if of_class != "medicine" for phrases in lines(name))
    return {fold(phrase): key(phrases[0]) for phrases in of_lines for phrase in phrases}


@cache
def _two_words() -> dict[str, str]:
    """By what two words are as one, both: "hay fever" by "hayfever"."""
    return {phrase.replace(" ", ""): phrase for phrase in _phrases() if phrase.count(" ") == 1}


@cache
def _by_key() -> dict[str, list[str]]:
    """By its key (`words.spelling`) all ways to write a word."""
    found: dict[str, list[str]] = {}
    for word in _words():
        found.setdefault(key(word), []).append(word)
    return found


@cache
def _in_order() -> tuple[str, ...]:
    return tuple(sorted(word for word in _words() if word.isalpha()))


@cache
def _spellings() -> Spellings:
    """Each word, also as it is written in America, with its place in `_in_order`."""
    return Spellings(
        (written, place) for place, word in enumerate(_in_order()) for written in dict.fromkeys((word, spelt(word)))
    )

"""Classes of medicines, as their entries and as leaflets name them (``lists/classes.txt``)."""

import re
from collections.abc import Container, Iterable, Iterator
from functools import cache, lru_cache
from pathlib import Path
from typing import NamedTuple

from monographs.remembered import MOST_REMEMBERED
from monographs.together.words import Phrases, readings

_LIST = Path(__file__).parent / "lists" / "classes.txt"
_PART = re.compile(r"[^(),;/]+")


class Spelling(NamedTuple):
    """One way to write a class, as it is told."""

    key: str
    written: str


class _Line(NamedTuple):
    key: str
    language: str
    phrases: tuple[str, ...]


@lru_cache(maxsize=MOST_REMEMBERED)
def classes_of(drug_class: str, language: str = "en") -> frozenset[str]:
    """The keys of the classes that a medicine's entry names ("Antidepressant (SSRI)"), those that these belong to, and
    the entry's own words where they are two or more: ``own:`` and these."""
    found = {each.key for words in readings(drug_class, language) for each in _spellings().find_longest(words)}
    while wider := {parent for key in found for parent in _parents().get(key, ())} - found:
        found |= wider
    return frozenset(found | {_own(each, language) for each in own_phrases(drug_class)})


def own_phrases(drug_class: str) -> list[str]:
    """The parts of an entry that can be looked for by themselves: those of two words and more."""
    return [part for each in _PART.findall(drug_class) if len((part := " ".join(each.split())).split()) > 1]


def named_in(words: list[str], own: Phrases[Spelling] | None = None) -> Iterator[Spelling]:
    """The classes that a sentence names; ``own`` are the own words of entries (`own_spellings`)."""
    yield from _spellings().find_longest(words)
    if own:
        yield from own.find_longest(words)


def written_ways(keys: Container[str], language: str) -> Iterator[str]:
    """All the ways to write these classes in a language, as they are listed."""
    for line in _lines():
        if line.key in keys and line.language == language:
            yield from line.phrases


def own_spellings(entries: Iterable[tuple[str, str]]) -> Phrases[Spelling]:
    """The own words of entries (each the class and how it is read: its language) as they may stand in a leaflet; in
    English with the plural of their last word."""
    phrases = {(part, language) for drug_class, language in entries for part in own_phrases(drug_class)}
    return Phrases(
        (words, Spelling(_own(part, language), written))
        for part, language in sorted(phrases)
        for written in ((part, f"{part}s") if language == "en" else (part,))
        for words in readings(written, language)
    )


def _own(part: str, language: str) -> str:
    return "own:" + " ".join(readings(part, language)[0])


@cache
def _spellings() -> Phrases[Spelling]:
    return Phrases(
        (words, Spelling(line.key, written))
        for line in _lines()
        if line.language != "of"
        for written in line.phrases
        for words in readings(written, line.language)
    )


@cache
def _parents() -> dict[str, tuple[str, ...]]:
    return {line.key: line.phrases for line in _lines() if line.language == "of"}


@cache
def _lines() -> tuple[_Line, ...]:
    found = []
    for line in _LIST.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            key, language, phrases = (part.strip() for part in line.split("|"))
            found.append(_Line(key, language, tuple(phrase.strip() for phrase in phrases.split(","))))
    return tuple(found)

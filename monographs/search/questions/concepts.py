"""What can be asked about a medicine: data, a file for each in ``lists/``.

A file has the kinds of sections that answer, and line by line for a language the ways to ask about it, parted by "/".
A way is words that a question has, in any order, known by their stems. ``3+`` among them is three or more of something
("took 20", "took ten"): a number without a unit, which is no time; ``<18`` is fewer than eighteen years. The other
lines:

- ``vague en``: ways that are asked with much else, so any clearer one comes first; ``vague: vague`` says so of all;
- ``beside en``: ways that ask nothing by themselves: only where a medicine is named (``beside: beside``);
- ``topic: topic``: only those sentences answer that have one of the single words; ``said en``: or one of these, where
  several words must stand in one sentence;
- ``each: each``: of these only those that stand in the question itself, where it is in the language of the leaflet;
- ``within: within``: no other section answers;
- ``words: words``: what else the question names is looked for in the section, before the section is quoted;
- ``ages: ages``: where a child is named (``children.txt``), only the sentences about children answer;
- ``urgent: urgent``: it comes before all else that is asked.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple, Protocol, TypeVar

from django.utils.translation import get_language

from monographs.remembered import MOST_REMEMBERED
from monographs.text.tokens.reading import RUN, WORD, pieces
from monographs.text.tokens.stems import stem
from monographs.text.tokens.tokens import wanted
from monographs.text.words.figures import figures
from monographs.text.words.lexicon import is_everyday

LISTS = Path(__file__).parent / "lists"
_SETTINGS = ("topic", "each", "within", "words", "vague", "beside", "urgent", "ages")
_PHRASES_REMEMBERED = 200  # sets of phrases: one for each concept and language
_URGENT, _CLEAR, _VAGUE = range(3)
_STEMMED = 3  # times at the most, until nothing more falls away
_MANY, _FEWEST = "3+", 3
_YOUNG, _GROWN_UP = "<18", 18  # years
_CHILDREN = "children"
_HOW_OFTEN_OR_WHEN = re.compile(
    r"(?<!\w)(?:at|@|um|gegen|à|a las?|o(?: godz\.?)?|الساعة)\s*\d{1,2}(?:[:.]\d\d)?(?!\w)"
    r"|(?<!\w)\d{1,2}(?:[:.]\d\d|(?:[:.]\d\d)?\s?(?:am|pm|uhr|h))(?!\w)"
    r"|(?<!\w)\w+\s?(?:times|fois|mal|veces|razy|مرات)(?!\w)",
    re.IGNORECASE,
)

Phrase = tuple[frozenset[str], ...]
"""For each word of a phrase the tokens by which a sentence has it."""


class HasKind(Protocol):
    pk: int
    kind: str


P = TypeVar("P", bound=HasKind)


class Way(NamedTuple):
    """One way to ask about something: the stems that a question in this language has.

    ``rank`` orders what is urgent before what is clear and what is vague. ``is_beside``: of the name of a
    medicine alone.
    ``place`` is the number of the concept, and its own among those of the concept.
    """

    language: str
    stems: frozenset[str]
    rank: int
    is_beside: bool
    place: tuple[int, int]


@dataclass(frozen=True, slots=True, eq=False)  # each file is itself alone
class Concept:
    """Something that is asked about. ``kinds`` of sections answer it, the best first, and no others if ``is_within``.

    Where there are ``topics``, phrases and their languages, only those sentences do that have one; ``takes_each``: one
    that the question has, too. ``is_urgent``: it comes before any other. ``by_words``: sentences with the question's
    other words are preferred.
    """

    key: str
    kinds: tuple[str, ...]
    ways: tuple[Way, ...]
    topics: tuple[tuple[str, str], ...]
    is_urgent: bool = False
    is_within: bool = False
    takes_each: bool = False
    by_words: bool = False
    by_age: bool = False

    def phrases(self, language: str, question: str = "") -> tuple[Phrase, ...]:
        """The phrases by which sentences in a language name what is asked about."""
        code = language.partition("-")[0]
        known = _phrases(self, code)
        if self.by_age and is_about_a_child(question):
            return _phrases(_children(), code)
        if not self.takes_each:
            return known
        spoken = frozenset(way for one in wanted(question, (language,)) for way in one.ways)
        return tuple(each for each in known if has_phrase(spoken, each)) or known

    def in_order(self, rows: Iterable[P]) -> list[P]:
        """Passages that may answer, those of the best kind first, else by their numbers."""
        places = {kind: place for place, kind in enumerate(self.kinds)}
        found = (row for row in rows if row.kind in places or not self.is_within)
        return sorted(found, key=lambda row: (places.get(row.kind, len(places)), row.pk))


@cache
def _phrases(concept: Concept, code: str) -> tuple[Phrase, ...]:
    words = (word for of, word in concept.topics if of == code)
    return tuple(tuple(one.ways for one in wanted(word, (code,))) for word in words)


@lru_cache(maxsize=_PHRASES_REMEMBERED)
def ways_of(phrases: tuple[Phrase, ...]) -> frozenset[str]:
    """All tokens of some phrases."""
    return frozenset(way for phrase in phrases for each in phrase for way in each)


def has_phrase(tokens: frozenset[str] | set[str], phrase: Phrase) -> bool:
    """Whether all words of a phrase stand in a sentence."""
    return all(not ways.isdisjoint(tokens) for ways in phrase)


class AskedAbout(NamedTuple):
    """What a question is about, the language it asks in, and whether it says so in words that are asked with much
    else."""

    concept: Concept
    language: str
    is_vague: bool


def concept_of(query: str, *, is_named: bool = True) -> AskedAbout | None:
    """What is asked about: what is urgent before all else, what is vague behind it, then by the
    most words; None for what is no such question. ``is_named``: a medicine is named, so that a word or two are a
    question ("baclofen asthma").

    Words of the active language are believed before those of another that has the same ("alcohol").
    """
    words = question_words(query)
    ways = [way for word in words for way in _ways_with(word)]
    if not ways:
        return None
    ours = (get_language() or "").partition("-")[0]
    stems = _stems(query, words, ways)
    asked = (way for way in ways if _is_asked(way, words, stems[way.language], is_theirs=way.language != ours))
    found = [way for way in asked if is_named or not way.is_beside]
    if not found:
        return None
    clearest = min(found, key=lambda way: (way.rank, way.language != ours, -len(way.stems), way.place))
    return AskedAbout(concepts()[clearest.place[0]], clearest.language, clearest.rank == _VAGUE)


def is_about_a_child(query: str) -> bool:
    """Whether a question names a child, or an age of one, in any language."""
    words = question_words(query)
    ways = _children().ways
    stems = _stems(query, words, ways)
    return any(way.stems <= stems[way.language] for way in ways)


def _stems(query: str, words: Sequence[str], ways: Iterable[Way]) -> dict[str, frozenset[str]]:
    """By the languages of some ways the stems that a question has, with the kinds of numbers that these ask for."""
    stems = {language: stems_of(words, language) for language in {way.language for way in ways}}
    for kind, is_there in _KINDS_OF_NUMBERS.items():
        for language in {way.language for way in ways if kind in way.stems}:
            stems[language] |= {kind} if is_there(query, language) else frozenset()
    return stems


def _names_many(query: str, language: str) -> bool:
    """Whether three or more of something are named, in digits or words: neither an amount nor a time."""
    found = figures(_HOW_OFTEN_OR_WHEN.sub(" ", query), language)
    return any(not (each.unit or isinstance(each.value, str)) and each.value >= _FEWEST for each in found)


def _names_an_age_of_a_child(query: str, language: str) -> bool:
    return any(each.unit == "year" and each.value < _GROWN_UP for each in figures(query, language))


_KINDS_OF_NUMBERS = {_MANY: _names_many, _YOUNG: _names_an_age_of_a_child}


@lru_cache(maxsize=MOST_REMEMBERED)  # of most words there is none
def _ways_with(word: str) -> tuple[Way, ...]:
    """The ways of all languages whose longest stem is that of a folded word."""
    return tuple(way for language, ways in _by_stem().items() for way in ways.get(_bare(word, language), ()))


def _is_asked(way: Way, words: Sequence[str], stems: frozenset[str], *, is_theirs: bool) -> bool:
    """Whether a question asks in this way; one that needs a name has one word less than the question. ``is_theirs``: it
    is in another language than the reader's, whose "the" is no tea and whose "never" no fridge."""
    is_enough = way.stems < stems or (way.stems == stems and not way.is_beside)
    return is_enough and not (is_theirs and len(way.stems) == 1 and _is_english(way, words))


def _is_english(way: Way, words: Iterable[str]) -> bool:
    """Whether the words by which a question has a way of another language are everyday ones of English."""
    if way.language == "en":
        return False
    return all(is_everyday(word) for word in words if _bare(word, way.language) in way.stems)


@cache
def _by_stem() -> dict[str, dict[str, list[Way]]]:
    """By language all ways, each by the longest of its stems."""
    found: dict[str, dict[str, list[Way]]] = {}
    for concept in concepts():
        for way in concept.ways:
            longest = max(sorted(way.stems - _KINDS_OF_NUMBERS.keys()), key=len)
            found.setdefault(way.language, {}).setdefault(longest, []).append(way)
    return found


@cache
def words_of_questions(language: str) -> frozenset[str]:
    """The folded words of all ways to ask in a language."""
    asked = (value for path in _paths() for name, value in _values(path).items() if name.split()[-1] == language)
    return frozenset(word for value in asked for word in question_words(value))


def question_words(text: str) -> list[str]:
    """The folded words of a question, without its amounts; of Chinese, which parts none, each sign and each two."""
    words = []
    for piece in pieces(text):
        if piece.kind == WORD:
            words.append(piece.text)
        elif piece.kind == RUN:
            words += [*piece.text, *map("".join, pairwise(piece.text))]
    return words


def stems_of(words: Iterable[str], language: str) -> frozenset[str]:
    return frozenset(_bare(word, language) for word in words)


@lru_cache(maxsize=MOST_REMEMBERED)
def _bare(word: str, language: str) -> str:
    """The stem of a word, and of that: الثلاجة loses its article first, then its ending."""
    for _time in range(_STEMMED):
        shorter = stem(word, language)
        if shorter in ("", word):
            break
        word = shorter
    return word


@cache
def refers_back() -> dict[str, frozenset[str]]:
    """For each language the words by which a sentence refers to the one before it."""
    lines = (LISTS.parent / "refers_back.txt").read_text("utf-8").splitlines()
    pairs = (line.partition(":") for line in lines if line[:1] != "#")
    return {language: frozenset(question_words(words)) for language, _colon, words in pairs}


@cache
def concepts() -> tuple[Concept, ...]:
    """All that can be asked about, in the order of their names; stopping, which may do harm, before its equals."""
    return tuple(_read(path, number) for number, path in enumerate(_paths()))


def _paths() -> list[Path]:
    return sorted(LISTS.glob("*.txt"), key=lambda path: (path.stem != "stopping", path.name))


@cache
def _children() -> Concept:
    return next(concept for concept in concepts() if concept.key == _CHILDREN)


def _values(path: Path) -> dict[str, str]:
    lines = [line.partition(":") for line in path.read_text("utf-8").splitlines() if line and line[0] != "#"]
    return {name.strip(): value.strip() for name, _colon, value in lines}


def _read(path: Path, number: int) -> Concept:
    values = _values(path)
    kinds = tuple(values.pop("sections").split())
    settings = {name for name in _SETTINGS if values.pop(name, "")}
    ways, topics = [], []
    for name, value in values.items():
        *manners, language = name.split()
        for words in map(str.strip, value.split("/")):
            if "said" not in manners:
                ways.append(_way((number, len(ways)), language, words, {*manners, *settings}))
            if "said" in manners or ("topic" in settings and not manners and " " not in words):
                topics.append((language, words))
    return Concept(
        key=path.stem,
        kinds=kinds,
        ways=tuple(ways),
        topics=tuple(topics),
        is_urgent="urgent" in settings,
        is_within="within" in settings,
        takes_each="each" in settings,
        by_words="words" in settings,
        by_age="ages" in settings,
    )


def _way(place: tuple[int, int], language: str, words: str, manners: set[str]) -> Way:
    rank = _URGENT if "urgent" in manners else _VAGUE if "vague" in manners else _CLEAR
    stems = stems_of(question_words(words), language) | (_KINDS_OF_NUMBERS.keys() & words.split())
    return Way(language, stems, rank, "beside" in manners, place)

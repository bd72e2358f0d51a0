"""The lists of words in ``lists/``, read once: which class a phrase is of, what means the same, which words are known.

A line of a list is one meaning, its spellings parted by commas, the first of which names it. Lines that begin with
``#`` say where the list comes from.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from monographs.remembered import MOST_REMEMBERED
from monographs.text.words.classes import LISTS
from monographs.text.words.spelling import key, keys
from monographs.text.words.vocabulary import FILLERS, FUNCTION_WORDS

_ILLNESS = ("disease", "illness", "disorder", "condition", "complaint", "problem", "trouble")
_SAME_IN_PHRASES = (("stomach", "tummy", "belly"), ("pain", "ache"), ("trouble", "difficulty", "problems"))
_FOLDER = Path(__file__).parent / "lists"


@dataclass(frozen=True)
class Term:
    """A word or phrase of a class (`classes`); ``meaning`` is equal for what means the same to a patient."""

    of_class: str
    meaning: str


Phrases = dict[str, list[tuple[tuple[str, ...], Term]]]
"""By the key of their first word, the phrases that begin with it, the longest first."""


@dataclass(frozen=True)
class Lexicon:
    """The classes' words, and the names of medicines that the site knows beside them."""

    phrases: Phrases
    names: Phrases

    def find(self, words: Sequence[str], at: int, ends: Callable[[int], bool]) -> tuple[int, Term] | None:
        """The longest phrase at one place of a sequence of keys that stops where ``ends``: how long, and what it is."""
        found = [
            match for phrases in (self.phrases, self.names) if (match := _longest(phrases, words, at, ends)) is not None
        ]
        return max(found, key=lambda match: match[0], default=None)

    def is_known(self, word: str) -> bool:
        """Whether the word is in any list, so that it is no typing error."""
        return is_everyday(word) or key(word) in _known_keys() or key(word) in self.names

    def class_of(self, word: str) -> Term | None:
        """What a word that is in no class's list is: a medicine by its ending, unknown, or (None) an everyday word."""
        if is_everyday(word) or word in FUNCTION_WORDS or len(word) < 3:
            return None
        return Term("medicine" if looks_like_a_medicine(word) else "unknown", key(word))


@lru_cache(maxsize=4)
def lexicon(names: frozenset[str] = frozenset()) -> Lexicon:
    """The lists, with these names of medicines.

    A name that is an everyday word ("Lead", "Relief") tells nothing by itself and is left out.
    """
    phrases = ((name, Term("medicine", name.casefold())) for name in sorted(names))
    return Lexicon(_classed(), _by_first_word((name, term) for name, term in phrases if not is_everyday(name)))


def alike(one: str, other: str) -> bool:
    """Whether two words or phrases mean the same to a patient (``synonyms.txt``)."""
    return one == other or bool(groups_of(one) & groups_of(other))


@lru_cache(maxsize=MOST_REMEMBERED)
def groups_of(phrase: str) -> frozenset[int]:
    """The groups of synonyms that a phrase is in; a word may be in several."""
    return _synonyms().get(tuple(each for each in keys(phrase) if each not in FUNCTION_WORDS), frozenset())


def are_confused(one: str, other: str) -> bool:
    """Whether two names are known to have been taken for one another (ISMP's list)."""
    return frozenset((one.casefold(), other.casefold())) in _confused()


def confused_with(name: str) -> Sequence[str]:
    """The names that are known to have been taken for this one (ISMP's list)."""
    return _confused_with().get(name.casefold(), ())


@lru_cache(maxsize=MOST_REMEMBERED)
def looks_like_a_medicine(word: str) -> bool:
    """Whether the word ends as international non-proprietary names do."""
    word = word.casefold()
    return len(word) > 5 and word.removesuffix("s").endswith(_stems())


@lru_cache(maxsize=MOST_REMEMBERED)
def is_everyday(word: str) -> bool:
    """Whether all parts of a word are common English words without weight."""
    return all(
        part in _everyday() or part.removesuffix("li") in _everyday() or not part.isalpha() for part in keys(word)
    )


@lru_cache(maxsize=MOST_REMEMBERED)
def listed_class(phrase: str) -> str:
    """The class (`classes`) in whose list a word or phrase stands as a whole: ``"medicine"`` for "fusidic acid"; "" for
    none."""
    words = keys(phrase)
    found = lexicon().find(words, 0, lambda end: end == len(words)) if words else None
    return found[1].of_class if found else ""


def means_more_than_a_name(word: str) -> bool:
    """Whether a word has a meaning of its own wherever it stands, also in the name of a medicine: it is an everyday
    word, or of a class other than medicines ("Milk of magnesia", "low-dose aspirin", "Dimetapp allergy")."""
    return is_everyday(word) or listed_class(word) not in ("", "medicine")


def lines(name: str) -> Iterator[list[str]]:
    """The lines of one list, each as its phrases."""
    for line in (_FOLDER / f"{name}.txt").read_text(encoding="utf-8").splitlines():
        if line.strip() and not line.startswith("#"):
            yield [phrase.strip() for phrase in line.split(",")]


@cache
def _classed() -> Phrases:
    return _by_first_word(
        (written, Term(of_class, phrases[0]))
        for name, of_class in LISTS.items()
        for phrases in lines(name)
        for phrase in phrases
        for written in _in_other_words(phrase)
    )  # fmt: skip


def _in_other_words(phrase: str) -> Iterator[str]:
    """The phrase; one that names an illness as "kidney disease" does, with each of the words for that."""
    yield phrase
    before, _, last = phrase.rpartition(" ")
    if before and last in _ILLNESS:
        yield from (f"{before} {word}" for word in _ILLNESS if word != last)
    first, _, behind = phrase.partition(" ")
    for alike_words in _SAME_IN_PHRASES:
        if behind and first in alike_words:
            yield from (f"{word} {behind}" for word in alike_words if word != first)
        if before and last in alike_words:
            yield from (f"{before} {word}" for word in alike_words if word != last)


def _by_first_word(phrases: Iterable[tuple[str, Term]]) -> Phrases:
    terms: dict[tuple[str, ...], Term] = {}
    for phrase, term in phrases:
        if phrase_keys := keys(phrase):
            terms.setdefault(phrase_keys, term)
    first: Phrases = {}
    for phrase_keys, term in sorted(terms.items(), key=lambda item: -len(item[0])):
        first.setdefault(phrase_keys[0], []).append((phrase_keys, term))
    return first


def _longest(
    phrases: Phrases, words: Sequence[str], at: int, ends: Callable[[int], bool]
) -> tuple[int, Term] | None:  # fmt: skip
    for phrase, term in phrases.get(words[at], ()):
        if tuple(words[at : at + len(phrase)]) == phrase and ends(at + len(phrase)):
            return len(phrase), term
    return None


@cache
def _known_keys() -> frozenset[str]:
    of_classes = (word for phrases in _classed().values() for phrase, _term in phrases for word in phrase)
    confused = (key(name) for pair in _confused() for name in pair)
    return frozenset((*of_classes, *confused, *map(key, FUNCTION_WORDS | FILLERS)))


@cache
def _everyday() -> frozenset[str]:
    common = (word for phrases in lines("everyday") for words in phrases for word in words.split())
    synonyms = (word for phrases in lines("synonyms") for phrase in phrases for word in phrase.split())
    return frozenset(part for word in (*common, *synonyms, *FILLERS, *FUNCTION_WORDS) for part in keys(word))


@cache
def _synonyms() -> dict[tuple[str, ...], frozenset[int]]:
    groups: dict[tuple[str, ...], set[int]] = {}
    for number, phrases in enumerate(lines("synonyms")):
        for phrase in phrases:
            groups.setdefault(tuple(each for each in keys(phrase) if each not in FUNCTION_WORDS), set()).add(number)
    return {phrase: frozenset(numbers) for phrase, numbers in groups.items() if phrase}


@cache
def _confused() -> Collection[frozenset[str]]:
    return frozenset(frozenset(pair[0].split()) for pair in lines("confused_names"))


@cache
def _confused_with() -> dict[str, list[str]]:
    others: dict[str, list[str]] = {}
    for pair in sorted(map(sorted, _confused())):
        for name, other in (pair, reversed(pair)):
            others.setdefault(name, []).append(other)
    return others


@cache
def _stems() -> tuple[str, ...]:
    return tuple(stem for phrases in lines("stems") for phrase in phrases for stem in phrase.split())

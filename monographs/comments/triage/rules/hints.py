"""What no single pattern says, many words together may: points for words and for rules that hold, added up.

The points are data (``<language>.hints.toml``): of a word's stem, of two stems that follow one another, of a stem that
begins a sentence ("^ how"), of how long the text is ("~0" to "~4"), and of each rule that holds; in some languages also
of four letters that follow one another in a word ("§ <pas" begins it): their words change more than a stem tells. They
are fitted to messages that we wrote for it (`tests.comments.triage.fit`), by logistic regression, so that the sum is
the logarithm of the odds. A rule that often holds in plain questions has few points, and needs words that speak for it;
one that seldom errs has many, and a text must speak against it. Each window of a text is weighed by itself: a cry for
help in the middle of a long letter is not outweighed.
"""

import math
import tomllib
from array import array
from bisect import bisect
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import NamedTuple

from monographs.comments.labels import Found, Label
from monographs.comments.triage.rules.medicine_words import MEDICINE, is_medicine
from monographs.comments.triage.rules.numbered import Numbered
from monographs.comments.triage.rules.stems import stem
from monographs.comments.triage.rules.typed import Typed, Word
from monographs.remembered import MOST_REMEMBERED

MANY_HINTS = "many-hints"  # what a rule is called that is no pattern but many words together
WINDOW = 40  # words that are weighed together; the next window begins half as many further on
_FEWEST = {
    "ar": 3,
    "es": 3,
    "pl": 3,
    "ur": 3,
}  # words that say anything by their weight (no medicine's name); elsewhere 4
_PIECE = "§ "  # before letters of a word among hints
_PIECES = {"ar": 4, "cy": 4, "es": 4, "pl": 4}  # how many letters; elsewhere stems say enough
_MOST_NAMED = 5  # words that are told
_NO_POINTS = -(2**15)  # of a hint that says nothing for the label
_LENGTHS = (5, 9, 15, 25)  # words from which a text is of the next length


class _Window(NamedTuple):
    """Words that are weighed together, and the numbers of the hints in them that say anything (`Numbered`)."""

    words: Sequence[Word]
    numbers: Mapping[str, int]


class Points:
    """Hint → points for one label: of tenths, by the numbers of the hints."""

    def __init__(self, numbered: Numbered, hints_of: Mapping[str, Sequence[str]]):
        """``hints_of``: points in tenths → hints, all of them among the numbered."""
        self._tenths = array("h", [_NO_POINTS]) * len(numbered)
        for tenths, hints_ in hints_of.items():
            for hint in hints_:
                self._tenths[numbered.number(hint)] = int(tenths)

    def of(self, numbers: Mapping[str, int]) -> dict[str, float]:
        """What each of these hints weighs that weighs anything; ``numbers`` are theirs."""
        return {hint: each / 10 for hint, number in numbers.items() if (each := self._tenths[number]) != _NO_POINTS}


@dataclass(frozen=True)
class Hints:
    """For one label: with ``at_least`` so many points it is put; ``start`` are those of an empty text, ``points`` those
    of hints, ``rules`` those of rules by their own names."""

    label: Label
    start: float
    at_least: float
    points: Points
    rules: Mapping[str, float]

    def judge(self, typed: Typed, language: str, held: Sequence[Found], windows: Sequence[_Window]) -> Iterator[Found]:
        """The rules that hold, where they and the words have points enough; the words, where they have by themselves.
        A rule that no points are known of holds whatever the words are; four words are too few to speak against any."""
        total, window, weights = self._heaviest(windows)
        of_rules = sum(self.rules.get(found.rule.rpartition(".")[2], math.inf) for found in held)
        if len(typed.words) < _LENGTHS[0] or round(total + of_rules, 1) >= self.at_least:
            yield from held
        is_enough = total >= self.at_least and sum(map(_says_something, weights)) >= _FEWEST.get(language, 4)
        if is_enough and (words := _named(typed, window, language, weights)):
            yield Found(self.label, f"{language}.{self.label}.{MANY_HINTS}", words)

    def _heaviest(self, windows: Sequence[_Window]) -> tuple[float, Sequence[Word], Mapping[str, float]]:
        """The window that weighs most, the first of several: its points, its words, what each hint in it weighs."""
        total, heaviest, weights = self.start, windows[0].words[:0], {}
        for place, window in enumerate(windows):
            here = self.points.of(window.numbers)
            points = round(self.start + sum(here.values()), 1)  # all are tenths: no sum hangs on its order
            if place == 0 or points > total:
                total, heaviest, weights = points, window.words, here
        return total, heaviest, weights


class _OfLanguage(NamedTuple):
    """What hints say for each label, and all of them with their numbers, whichever labels they speak for."""

    hints: Sequence[Hints] = ()
    numbered: Numbered = Numbered(())

    def windows(self, words: Sequence[Word], language: str) -> list[_Window]:
        """At least one; looked up once for all labels."""
        return [_Window(each, self.numbered.numbers(hints(each, language))) for each in _windows(words)]


def judged(typed: Typed, language: str, labels: frozenset[Label], held: Sequence[Found]) -> Iterator[Found]:
    """What is found in a text of this language in which these rules hold. A label without hints needs no points."""
    known = _hints_of(language)
    weighed = {each.label: each for each in known.hints if each.label in labels}
    windows = known.windows(typed.words, language) if weighed else ()
    for label, each in weighed.items():
        yield from each.judge(typed, language, [found for found in held if found.label == label], windows)
    yield from (found for found in held if found.label not in weighed)


def _says_something(hint: str) -> bool:
    return " " not in hint and hint != MEDICINE and hint[0] not in "#~"


@lru_cache(maxsize=MOST_REMEMBERED)
def _pieces(folded: str, language: str) -> tuple[str, ...]:
    """What follows one another in a word, its ends among it."""
    size, word = _PIECES.get(language, 0), f"<{folded}>"
    return tuple(_PIECE + word[at : at + size] for at in range(len(word) - size + 1)) if size else ()


def _windows(words: Sequence[Word]) -> Iterator[Sequence[Word]]:
    for first in range(0, max(1, len(words) - WINDOW // 2), WINDOW // 2):
        yield words[first : first + WINDOW]


def hints(words: Sequence[Word], language: str) -> set[str]:
    """The stems of words, pairs of them that follow one another, those that begin sentences, the pieces of words, and
    the length; a number is "#", one from six on "##"."""
    stems = [_stem(word.folded, language) for word in words]
    return {
        *stems,
        *(f"{one} {other}" for one, other in zip(stems, stems[1:], strict=False)),
        *(f"^ {each}" for each, word in zip(stems, words, strict=True) if word.breaks),
        *(piece for word in words for piece in _pieces(word.folded, language)),
        f"~{bisect(_LENGTHS, len(stems))}",
    }


def _named(typed: Typed, window: Sequence[Word], language: str, weights: Mapping[str, float]) -> str:
    """The words that weigh most, as typed and in their order."""
    by_stem: dict[str, Word] = {}
    for word in window:
        by_stem.setdefault(_stem(word.folded, language), word)
    points = {each: 0.0 for each in by_stem}
    of_piece = {piece: each for each, word in by_stem.items() for piece in _pieces(word.folded, language)}
    for hint, weight in weights.items():
        stems = [of_piece[hint]] if hint in of_piece else [each for each in hint.split() if each in points]
        for each in stems:
            points[each] += weight / len(stems)
    points = {each: round(sum_, 6) for each, sum_ in points.items()}  # whatever order they were added in
    heaviest = sorted(points, key=lambda each: -points[each])[:_MOST_NAMED]
    told = sorted({(by_stem[each].start, by_stem[each].end) for each in heaviest if points[each] > 0})
    return " … ".join(typed.between(start, end) for start, end in told)


@cache
def _hints_of(language: str) -> _OfLanguage:
    path = Path(__file__).with_name(f"{language}.hints.toml")
    if not path.exists():
        return _OfLanguage()
    data = tomllib.loads(path.read_text(encoding="utf-8"))
    numbered = Numbered({hint for row in data.values() for hints_ in row["points"].values() for hint in hints_})
    of_labels = tuple(
        Hints(Label(label), row["start"], row["at_least"], Points(numbered, row["points"]), row["rules"])
        for label, row in data.items()
    )
    return _OfLanguage(of_labels, numbered)


@lru_cache(maxsize=MOST_REMEMBERED)
def _stem(folded: str, language: str) -> str:
    if folded[:1].isdigit():
        return "#" if len(folded) == 1 and folded < "6" else "##"
    if is_medicine(folded):
        return MEDICINE
    return stem(folded, language)

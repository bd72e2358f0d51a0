"""What no single pattern says, many words together may: points for words, added up.

The points are data (``<language>.hints.toml``): of a word's stem, or of two stems that follow one another. They are
fitted to messages that we wrote for it (`tests.comments.triage.fit`), by logistic regression, so that the sum is the
logarithm of the odds. Each window of a text is weighed by itself: a cry for help in the middle of a long letter is
not outweighed.
"""

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from monographs.comments.labels import Found, Label
from monographs.comments.triage.rules.medicine_words import MEDICINE, is_medicine
from monographs.comments.triage.rules.stems import stem
from monographs.comments.triage.rules.typed import Typed, Word

WINDOW = 40  # words that are weighed together; the next window begins half as many further on
_FEWEST = {"en": 5}  # words that say anything by their weight (no medicine's name); elsewhere, where few are known, 2
_MOST_NAMED = 5  # words that are told


@dataclass(frozen=True)
class Weighed:
    """The points of a text for one label, and what is found where they are enough."""

    points: float
    found: Found | None


@dataclass(frozen=True)
class Hints:
    """For one label: with ``at_least`` so many points it is put; ``start`` are those of an empty text."""

    label: Label
    rule: str
    start: float
    at_least: float
    points: Mapping[str, float]

    def weigh(self, typed: Typed, language: str) -> Weighed:
        """The window that weighs most, the first of several."""
        total, heaviest, weights = self.start, typed.words[:0], {}
        for place, window in enumerate(_windows(typed.words)):
            here = {hint: self.points[hint] for hint in hints(window, language) if hint in self.points}
            points = round(self.start + sum(here.values()), 1)  # all are tenths: no sum hangs on its order
            if place == 0 or points > total:
                total, heaviest, weights = points, window, here
        is_enough = total >= self.at_least and sum(map(_says_something, weights)) >= _FEWEST.get(language, 2)
        words = _named(typed, heaviest, language, weights) if is_enough else ""
        return Weighed(total, Found(self.label, self.rule, words) if words else None)


def weigh(typed: Typed, language: str, labels: frozenset[Label]) -> dict[Label, Weighed]:
    """What the hints of a language say for these labels; nothing for a language that has none."""
    return {each.label: each.weigh(typed, language) for each in _hints_of(language) if each.label in labels}


def _says_something(hint: str) -> bool:
    return " " not in hint and hint != MEDICINE and hint[0] != "#"


def _windows(words: Sequence[Word]) -> Iterator[Sequence[Word]]:
    for first in range(0, max(1, len(words) - WINDOW // 2), WINDOW // 2):
        yield words[first : first + WINDOW]


def hints(words: Sequence[Word], language: str) -> set[str]:
    """The stems of words, and pairs of them that follow one another; a number is "#", one from six on "##"."""
    stems = [_stem(word.folded, language) for word in words]
    return {*stems, *(f"{one} {other}" for one, other in zip(stems, stems[1:], strict=False))}


def _named(typed: Typed, window: Sequence[Word], language: str, weights: Mapping[str, float]) -> str:
    """The words that weigh most, as typed and in their order."""
    by_stem: dict[str, Word] = {}
    for word in window:
        by_stem.setdefault(_stem(word.folded, language), word)
    points = {each: 0.0 for each in by_stem}
    for hint, weight in weights.items():
        for each in hint.split():
            points[each] += weight / len(hint.split())
    heaviest = sorted(points, key=lambda each: -round(points[each], 6))[
        :_MOST_NAMED
    ]  # whatever order they were added in
    told = sorted({(by_stem[each].start, by_stem[each].end) for each in heaviest if points[each] > 0})
    return " … ".join(typed.between(start, end) for start, end in told)


@cache
def _hints_of(language: str) -> tuple[Hints, ...]:
    path = Path(__file__).with_name(f"{language}.hints.toml")
    if not path.exists():
        return ()
    data = tomllib.loads(path.read_text(encoding="utf-8"))
    return tuple(
        Hints(Label(label), f"{language}.{label}.many-hints", row["start"], row["at_least"], _points(row))
        for label, row in data.items()
    )


def _points(row: Mapping) -> dict[str, float]:
    """Hint → points, from points in tenths → hints."""
    return {hint: int(tenths) / 10 for tenths, hints in row["points"].items() for hint in hints}


@lru_cache(maxsize=20_000)
def _stem(folded: str, language: str) -> str:
    if folded[:1].isdigit():
        return "#" if len(folded) == 1 and folded < "6" else "##"
    if is_medicine(folded):
        return MEDICINE
    return stem(folded, language)

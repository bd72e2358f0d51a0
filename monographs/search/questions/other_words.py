"""The same in other words: "nausea" where leaflets say "feeling sick", "renal impairment" for "kidney problem".

English, by the lists of what means the same to a patient. Whether a reader means just that is a guess, so it is asked
only where what was typed finds nothing, and told.
"""

from collections.abc import Iterator
from functools import cache

from monographs.text.letters.folding import fold
from monographs.text.tokens.stems import stem
from monographs.text.words.lexicon import lines
from monographs.text.words.spelling import keys

_LANGUAGE = "en"
_LISTS = ("symptoms", "conditions", "organs")
_MOST_TRIED = 5  # ways to say one thing
_ENDS = "?!.,;:"


def in_other_words(query: str) -> Iterator[str]:
    """The query with its longest phrase that has other words, in each of them; nothing where none has."""
    words = fold(query).split()
    for size in range(min(len(words), _longest()), 0, -1):
        for start in range(len(words) - size + 1):
            phrase = " ".join(words[start : start + size]).strip(_ENDS)
            if line := _said_also().get(keys(phrase)):
                for other in _others(phrase, line):
                    yield " ".join([*words[:start], other, *words[start + size :]])
                return


def _others(phrase: str, line: tuple[str, ...]) -> list[str]:
    """Those that stand nearest to it in the line; of those that differ in an ending alone, which a search finds
    together, the first."""
    place = next(place for place, other in enumerate(line) if keys(other) == keys(phrase))
    first: dict[tuple[str, ...], str] = {}
    for other in line:
        first.setdefault(_stems(other), other)
    near = sorted(range(len(line)), key=lambda each: abs(each - place))
    others = dict.fromkeys(first[stems] for each in near if (stems := _stems(line[each])) != _stems(phrase))
    return list(others)[:_MOST_TRIED]


def _stems(phrase: str) -> tuple[str, ...]:
    return tuple(stem(word, _LANGUAGE) for word in phrase.split())


@cache
def _said_also() -> dict[tuple[str, ...], tuple[str, ...]]:
    """By its key (`words.spelling`) each phrase's whole line, folded; the first that has it."""
    found: dict[tuple[str, ...], tuple[str, ...]] = {}
    for name in _LISTS:
        for phrases in lines(name):
            line = tuple(map(fold, phrases))
            for phrase in line if len(line) > 1 else ():
                found.setdefault(keys(phrase), line)
    return found


@cache
def _longest() -> int:
    """Words of the longest phrase."""
    return max(map(len, _said_also()))

"""How names are held against each other: joined, as they sound, and how far one is from another.

Damerau and Levenshtein's distance decides (its optimal string alignment: one for a letter too many, too few, another
one, or two neighbours exchanged); how both sound only orders what is equally far. What other measures do to names of
medicines: Jaro–Winkler takes *prednisilone* for prednisone and *nalexone* for naltrexone, a ratio of parts takes "iron"
for buspirone, and sound codes are empty for every Arabic name.
"""

import re
from collections.abc import Sequence

from rapidfuzz import process
from rapidfuzz.distance import OSA, Indel

_BETWEEN_DIGITS = re.compile(r"(?<=\d)[^\w%]+(?=\d)")
_SIGNS = re.compile(r"[^\w%]+|_")
_SOUNDS = (
    (re.compile("ph"), "f"),
    (re.compile("[ck]h|ck|c(?=[^eiy]|$)|q(?:u)?|k"), "k"),
    (re.compile("sc(?=[eiy])|c|z"), "s"),
    (re.compile("x"), "ks"),
    (re.compile("y|ij"), "i"),
    (re.compile("th|dt"), "t"),
    (re.compile("w"), "v"),
    (re.compile("(?<!^)h"), ""),
    (re.compile("[aeo]*e[aeo]*|ae|oe"), "e"),
    (re.compile(r"(.)\1+"), r"\1"),
)


def joined(folded: str) -> str:
    """A folded name without what joins or parts its words: "co-codamol", "co codamol" and "cocodamol" are one.

    Two numbers keep apart: ``"co-codamol 8/500"`` → ``"cocodamol8 500"``; a decimal point stays one.
    """
    if folded.isalnum():
        return folded
    parts = _BETWEEN_DIGITS.split(folded)
    between = ["." if match in (".", ",") else " " for match in _BETWEEN_DIGITS.findall(folded)]
    return "".join(f"{_SIGNS.sub('', part)}{gap}" for part, gap in zip(parts, [*between, ""], strict=True))


def sounds(joined_name: str) -> str:
    """About how a name sounds to somebody who writes it by ear; no letter for what is not heard twice."""
    for pattern, instead in _SOUNDS:
        joined_name = pattern.sub(instead, joined_name)
    return joined_name


def most_slips(letters: int) -> int:
    """How many slips a misspelling of so many letters may have: three in ten, none in what is shorter than four."""
    return (0, 0, 0, 0, 1, 2, 2, 2, 3, 3, 3, 3)[letters] if letters < 12 else 4


def slips(one: str, other: str) -> int:
    """How many slips make one of the other."""
    return OSA.distance(one, other)


def within(wanted: str, names: Sequence[str], most: int) -> list[tuple[int, int]]:
    """The names at most so many slips away: how many, and their places in ``names``. ``wanted`` is not empty.

    First only letters too many and too few are counted, which takes half the time: a slip is two of them at most.
    """
    few = process.extract(wanted, names, scorer=Indel.distance, score_cutoff=2 * most, limit=None)
    found = process.extract(wanted, [name for name, *_ in few], scorer=OSA.distance, score_cutoff=most, limit=None)
    return [(distance, few[place][2]) for _name, distance, place in found]

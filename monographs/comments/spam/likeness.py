"""The same words sent again and again, however they are cased, parted or decorated.

Compared are whole texts by their plain ratio (Indel distance, `rapidfuzz`): ratios of sorted words or of sets of words
call "5 tablets 10 mg" and "10 tablets 5 mg" the same. Texts whose numbers differ are never alike: a dose is what they
say.
"""

import re
from collections.abc import Iterable
from functools import lru_cache

from rapidfuzz import fuzz, process

from monographs.text.letters.folding import fold

ALIKE = 90  # of 100
SHORTEST = 40  # letters: "Thank you, that helped" is sent by many
LONGEST, MOST = 2_000, 500  # characters that are compared of a text; texts
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_NOT_A_WORD = re.compile(r"[\W_]+")


def like_one_of(text: str, recent: Iterable[str]) -> str | None:
    """The first of ``recent`` (the newest `MOST` of them, newest first) that says nearly the same, or None.

    Too short to tell is never alike.
    """
    sought, numbers = _compared(text)
    if len(sought) < SHORTEST:
        return None
    known = [other for _place, other in zip(range(MOST), recent, strict=False)]
    plain = map(_compared, known)
    same_numbers = {place: words for place, (words, its_numbers) in enumerate(plain) if its_numbers == numbers}
    alike = process.extract_iter(sought, same_numbers, scorer=fuzz.ratio, score_cutoff=ALIKE)
    return next((known[place] for _words, _ratio, place in alike), None)


@lru_cache(maxsize=200)  # each new reply is held against the same hundred; in memory alone
def _compared(text: str) -> tuple[str, tuple[str, ...]]:
    """Its words, whatever stands between them, and its numbers."""
    folded = fold(text[:LONGEST])
    return _NOT_A_WORD.sub(" ", folded).strip(), tuple(_NUMBER.findall(folded))

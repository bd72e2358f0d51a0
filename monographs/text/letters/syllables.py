"""How many syllables an English word has, counted offline: what a reading grade is made of.

Hyphenation (the Hunspell patterns that `pyphen` carries) finds where neighbouring vowels part
(``se-ri-ous``); inside each hyphenated piece, groups of vowels count one each, silent endings none.
The patterns are loaded at the first count, not at import.
"""

import re
from functools import cache, lru_cache

import pyphen

from monographs.remembered import MOST_REMEMBERED

_VOWELS = re.compile(r"[aeiouyàâäåæèéêëìíîïòóôöœùúûü]+")
_SILENT_E = re.compile(r"[^aeiouyl]e$|[aeiouy]le$")
_SILENT_ED = re.compile(r"[^aeiouytd]ed$")
_SILENT_ES = re.compile(r"[^aeiouyscgxz]es$")


@cache
def _hyphenators() -> tuple[pyphen.Pyphen, ...]:
    """British and American patterns: each finds breaks that the other leaves out."""
    return tuple(pyphen.Pyphen(lang=language, left=2, right=1) for language in ("en_GB", "en_US"))


def _pieces(word: str) -> list[str]:
    breaks = sorted({int(place) for hyphenator in _hyphenators() for place in hyphenator.positions(word)})
    return [word[start:end] for start, end in zip([0, *breaks], [*breaks, len(word)], strict=True)]


def _vowel_groups(piece: str) -> int:
    groups = len(_VOWELS.findall(piece))
    if groups > 1 and (_SILENT_E.search(piece) or _SILENT_ED.search(piece) or _SILENT_ES.search(piece)):
        return groups - 1
    return groups


def _letters(word: str) -> int:
    return max(1, sum(_vowel_groups(piece) for piece in _pieces(word)))


@lru_cache(maxsize=MOST_REMEMBERED)
def syllables(word: str) -> int:
    """The syllables of one English word, at least 1: ``syllables("paracetamol") == 5``.

    An estimate, meant for averages over a text. Hyphens and apostrophes part or join words as speech
    does (``long-term`` 2, ``don't`` 1). A number counts as one syllable.
    """
    parts = re.findall(r"[^\W\d_]+", word.casefold().replace("'", "").replace("’", ""))
    return sum(_letters(part) for part in parts) or 1

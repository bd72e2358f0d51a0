"""Which words are names of medicines, for the rules of every language: the list and the endings of `text.words`."""

from functools import cache

from monographs.text.letters.folding import fold
from monographs.text.words.lexicon import lines, looks_like_a_medicine

MEDICINE = "@medicine"
"""The word of patterns that stands for all of them; no reader's word is written so."""


def is_medicine(folded: str) -> bool:
    """Whether a word is the name of a medicine, or ends as those do."""
    return folded in _listed() or looks_like_a_medicine(folded)


@cache
def _listed() -> frozenset[str]:
    return frozenset(word for names in lines("medicines") for name in names for word in fold(name).split()
                     if len(word) > 5)  # fmt: skip

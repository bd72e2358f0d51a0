"""What somebody asks for when they type more than a name: with a strength, a form, another medicine, a question."""

import re
import unicodedata
from functools import cache, lru_cache

from monographs.text.amounts.units import FORMS, MEASURES, any_of
from monographs.text.letters.folding import fold
from monographs.text.letters.signs import cleaned
from monographs.text.words.lexicon import LISTS, is_everyday, lines, listed_class, looks_like_a_medicine

MAX_LENGTH = 100  # characters of a query that are looked at
_MOST_OF_A_NAME = 2  # words of what may be a name that nobody knows
_LOOKED_AT = 10 * MAX_LENGTH  # before signs that nobody sees are taken out


def _folded(patterns: str) -> str:
    """Patterns in the letters that folding leaves; their own signs stay."""
    return "".join(fold(sign) or sign for sign in patterns)


_UNITS = any_of(*map(_folded, MEASURES.values()))
_FORMS = any_of(
    *map(_folded, FORMS.values()), "syrup liquid solution suspension cream ointment gel lotion spray shampoo"
)
_NUMBER = r"\d+(?:[.,/^-]\d+|\s\d+/\d+)*"
_STRENGTH = re.compile(rf"(?<![\d.,/])(?:(?<=\s)|^|(?<=[^\W\d_]))-?{_NUMBER}\s*{_UNITS}(?:\s*/\s*\S+)?(?![^\W_])")
_AT_AN_END = re.compile(rf"^(?:{_FORMS}|{_NUMBER})\s+(?=\S)|(?<=\S)\s+(?:{_FORMS}|{_NUMBER})$")
_AND = re.compile(r"\s*[/+&,;]\s*|\s+(?:and|or|plus|und|et|و)\s+")


def tidy_query(query: str) -> str:
    """What is looked for: at most `MAX_LENGTH` characters, without signs that nobody sees; control characters and
    doubled spaces made one space."""
    query = query[:_LOOKED_AT]
    shown = "".join(" " if unicodedata.category(character) in ("Cc", "Cs") else character for character in query)
    shown = cleaned(shown)
    return " ".join(shown.split())[:MAX_LENGTH].strip()


def barer(folded: str) -> list[str]:
    """A folded query, and what is left of it as strengths, forms and numbers fall away one by one:
    ``"co-codamol 8/500 tablets"`` → that, ``"co-codamol 8/500"``, ``"co-codamol"``. Never an empty text."""
    forms = [folded, fold(_STRENGTH.sub(" ", folded))]
    while forms[-1] and (barer_still := fold(_AT_AN_END.sub("", forms[-1], count=1))) != forms[-1]:
        forms.append(barer_still)
    return list(dict.fromkeys(filter(None, forms)))


def without_strength(folded: str) -> str:
    """``"panadol tablets 500 mg"``, ``"500mg panadol"`` and ``"panadol500mg"`` → ``"panadol"``."""
    return barer(folded)[-1]


def parts(folded: str) -> list[str]:
    """What is joined by "/", "+", "&", a comma or a word for "and": ``"ibuprofen/codeine"`` → two names."""
    return [part for each in map(fold, _AND.split(folded)) if each and (part := without_strength(each))]


@lru_cache(maxsize=2000)
def may_be_misspelt(word: str) -> bool:
    """Whether a folded word may be a name with a slip: no everyday word, illness, food or medicine, written rightly.

    The lists are English; in another language a word is a name sooner, and only where it is nearly one.
    """
    if len(word) < 4 or word in _known_words():
        return False
    return not (word.isalpha() and is_everyday(word))


def may_be_unknown_name(folded: str) -> bool:
    """Whether what no name fits may be the name of a medicine that the clinic does not know: a medicine of our lists
    stands in it, or it is a word or two, beside amounts, that are no everyday words, illnesses or food."""
    words = [word for word in _STRENGTH.sub(" ", folded).split() if not word.isdecimal()]
    if any(listed_class(phrase) == "medicine" for phrase in (folded, *words)):
        return True
    return len(words) <= _MOST_OF_A_NAME and any(map(may_be_misspelt, words))


def medicines_in(folded: str) -> list[str]:
    """The words of a question that are medicines by our lists or by how they end, whatever names the clinic knows."""
    words = dict.fromkeys(_STRENGTH.sub(" ", folded).replace("?", " ").split())
    return [word for word in words if listed_class(word) == "medicine" or looks_like_a_medicine(word)]


@cache
def _known_words() -> frozenset[str]:
    phrases = (phrase for name in LISTS for listed in lines(name) for phrase in listed)
    words = {fold(word) for phrase in phrases for word in phrase.split()}
    return frozenset(words | {f"{word}s" for word in words})

"""One key for all the ways in which an English word is spelled and bent: what words are compared by."""

import re
import unicodedata
from functools import cache, lru_cache
from pathlib import Path

from monographs.remembered import MOST_REMEMBERED

_BRITISH = (  # (British or older spelling, what stands for it and for the American one)
    (re.compile(r"ae|oe(?!s?$)"), "e"),
    (re.compile(r"(?<=\w{2})our(?=\w{0,3}$)"), "or"),
    (re.compile(r"(?<=\w{2})([iy])s(?=(?:e[drs]?|ing|ation)$)"), r"\1z"),
    (re.compile(r"(?<=[tb])re(?=s?$)"), "er"),
    (re.compile(r"ph"), "f"),
    (re.compile(r"ll"), "l"),
    (re.compile(r"(?<=[^aeiou])y(?=[^aeiou])"), "i"),
    (re.compile(r"gramme"), "gram"),
    (re.compile(r"ogue(?=s?$)"), "og"),
    (re.compile(r"yogh"), "yog"),
)
_HISSING_PLURAL = re.compile(r"(?:s|x|z|ch|sh)es$")
_ENDING = re.compile(r"(.{3,})(?:ing|(?<!e)ed)")
_VOWEL = re.compile("[aeiouy]")


@lru_cache(maxsize=MOST_REMEMBERED)
def key(word: str) -> str:
    """Equal for ``diarrhoea`` and ``diarrhea``, ``rash`` and ``Rashes``, ``swell`` and ``swelling``.

    Different words may share a key, too; what is known is looked up by it, and no danger hangs on one ending.
    """
    return _stem(spelt(word))


def spelt(word: str) -> str:
    """Equal for ``diarrhoea`` and ``diarrhea``, and for no word that is bent, but those that are bent in their own
    way."""
    plain = word.casefold().replace("’", "'").removesuffix("'s").rstrip("'")
    if not plain.isascii():
        plain = "".join(each for each in unicodedata.normalize("NFKD", plain) if not unicodedata.combining(each))
    plain = _irregular().get(plain, plain)
    for pattern, instead in _BRITISH:
        plain = pattern.sub(instead, plain)
    return plain


@lru_cache(maxsize=MOST_REMEMBERED)
def keys(phrase: str) -> tuple[str, ...]:
    """The keys of a phrase's words; a hyphen parts words as a space does."""
    return tuple(key(word) for word in re.split(r"[\s-]+", phrase) if word)


@cache
def _irregular() -> dict[str, str]:
    lines = (Path(__file__).parent / "lists" / "irregular.txt").read_text(encoding="utf-8").splitlines()
    return dict(line.split() for line in lines if line and not line.startswith("#"))


def _stem(word: str) -> str:
    if len(word) < 4:
        return word
    word = _without_ending(_singular(word))
    if len(word) > 3 and word[-1] == "e":
        return word[:-1]
    return word[:-1] + "i" if len(word) > 3 and word[-1] == "y" else word


def _singular(word: str) -> str:
    if word.endswith("ies"):
        return word[:-3] + "y"
    if _HISSING_PLURAL.search(word):
        return word[:-2]
    return word[:-1] if word[-1] == "s" and word[-2] not in "sui" else word


def _without_ending(word: str) -> str:
    """Without -ing or -ed, and without the consonant doubled before it."""
    match = _ENDING.fullmatch(word)
    if not match or not _VOWEL.search(match[1]):
        return word
    rest = match[1]
    return rest[:-1] if rest[-1] == rest[-2] != "s" else rest

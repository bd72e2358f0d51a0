"""The order of names in a language, and the letter under which each stands: worked out here, never by a database.

A database compares by rules of its own (ICU, glibc, or none), which differ between machines. The order of a language is
that of its dictionaries, as the Unicode CLDR has it (collation charts, release 46): in Welsh ``ll`` and ``ch`` are
letters, in Spanish ``ñ``, in Polish ``ł`` and ``ó``; in English ``Ł`` stands with ``L``, as other letters' accents do.
"""

import unicodedata
from functools import cache

from monographs.text.letters.folding import fold

NOT_A_LETTER = "0-9"  # where names stand that begin with a digit or a sign
VERSION = 1  # of these rules: rows that were sorted by others are sorted anew

_LATIN = "a b c d e f g h i j k l m n o p q r s t u v w x y z"
_ALPHABETS = {
    "ar": "ا ب ت ث ج ح خ د ذ ر ز س ش ص ض ط ظ ع غ ف ق ك ل م ن ه و ي",
    "cy": "a b c ch d dd e f ff g ng h i j k l ll m n o p ph q r rh s t th u v w x y z",
    "es": "a b c d e f g h i j k l m n ñ o p q r s t u v w x y z",
    "pl": "a ą b c ć d e ę f g h i j k l ł m n ń o ó p q r s ś t u v w x y z ź ż",
    "ur": "ا ب پ ت ٹ ث ج چ ح خ د ڈ ذ ر ڑ ز ژ س ش ص ض ط ظ ع غ ف ق ک گ ل م ن و ہ ی ے",
}
_OUTSIDE = "~"  # behind every letter of the alphabet


@cache
def alphabet(language: str) -> tuple[str, ...]:
    """The letters of a language in their order, small: ``alphabet("cy")[:4] == ("a", "b", "c", "ch")``."""
    return tuple(_ALPHABETS.get(language.partition("-")[0], _LATIN).split())


@cache
def _places(language: str) -> dict[str, str]:
    """Letter → its place, two signs that any database compares alike."""
    return {letter: f"{place:02}" for place, letter in enumerate(alphabet(language), 10)}


def sort_key(name: str, language: str) -> str:
    """Text whose order, sign by sign, is the order of names in this language. ASCII but for letters of other scripts.

    Small and capital letters, spaces and hyphens make no difference; digits come first, other scripts last.
    """
    return "".join(_place(letter, language) for letter in _letters(name, language))


def letter_of(name: str, language: str) -> str:
    """Under which letter a name stands: one of the alphabet, the first of another script, or `NOT_A_LETTER`."""
    first = next((letter for letter in _letters(name, language) if letter.strip()), "")
    if first in _places(language) or first.isalpha():
        return first
    return NOT_A_LETTER


def label_of(letter: str) -> str:
    """As it stands over the names: ``"Ll"``, ``"Ñ"``, ``"0-9"``."""
    return letter.capitalize()


def _place(letter: str, language: str) -> str:
    if letter in _places(language):
        return _places(language)[letter]
    return f"0{letter}" if letter.isdecimal() else f"{_OUTSIDE}{letter}"


def _letters(name: str, language: str) -> list[str]:
    """The name as letters of the language, the longest first; what is none of them as it is folded."""
    places, longest = _places(language), max(map(len, alphabet(language)))
    text, found, start = unicodedata.normalize("NFC", name.casefold()), [], 0
    while start < len(text):
        for length in range(longest, 0, -1):
            if text[start : start + length] in places:
                found.append(text[start : start + length])
                start += length
                break
        else:
            found += [sign for sign in fold(text[start]) if sign.isalnum()]
            start += 1
    return found

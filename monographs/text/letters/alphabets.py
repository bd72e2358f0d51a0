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
_FIRST = 10  # the place of the first letter: digits take 00 to 09
_DIGITS, _OTHERS = "98", "99"  # as a group of names: behind every letter


@cache
def alphabet(language: str) -> tuple[str, ...]:
    """The letters of a language in their order, small: ``alphabet("cy")[:4] == ("a", "b", "c", "ch")``."""
    return tuple(_ALPHABETS.get(language.partition("-")[0], _LATIN).split())


def sort_key(name: str, language: str, *, under: str = "") -> str:
    """ASCII digits alone, so that every database, whatever its rules, orders names as this language does.

    It begins with the place of the letter (`letter_of`, or ``under``), so all names of a letter stand together: the
    alphabet's, then digits and signs, then other scripts by their code points. Case, spaces and signs make no
    difference, nor do accents that make no letter of their own.
    """
    letter = under or letter_of(name, language)
    group = _DIGITS if letter == NOT_A_LETTER else _place(letter, language)
    return group + "".join(_place(letter, language) for letter in _letters(name, language))


def letter_of(name: str, language: str) -> str:
    """Under which letter a name stands: one of the alphabet, the first of another script, or `NOT_A_LETTER`."""
    first = next(iter(_letters(name, language)), "")
    return first if first.isalpha() else NOT_A_LETTER


def as_letter(text: str, language: str) -> str:
    """One letter that somebody typed, as `letter_of` has it; "" for what is none: ``as_letter("LL", "cy") == "ll"``.

    In a language without that letter ``Ll`` is two, so none.
    """
    text = text.strip()
    if text == NOT_A_LETTER:
        return text
    is_plain = all(sign.isalpha() or unicodedata.combining(sign) for sign in text)
    letters = _letters(text, language) if is_plain else []
    return letters[0] if len(letters) == 1 and letters[0].isalpha() else ""


def label_of(letter: str) -> str:
    """As it stands over the names: ``"Ll"``, ``"Ñ"``, ``"0-9"``."""
    return letter.capitalize()


@cache
def _places(language: str) -> dict[str, str]:
    """Letter → its place, in two digits."""
    return {letter: str(place) for place, letter in enumerate(alphabet(language), _FIRST)}


@cache
def _meant(language: str) -> dict[str, str]:
    """Folded sign → the letter that it is in this language, where folding leads out of the alphabet (Urdu ی, ک)."""
    places = _places(language)
    return {fold(letter): letter for letter in reversed(places) if fold(letter) not in places}


def _place(letter: str, language: str) -> str:
    if letter in _places(language):
        return _places(language)[letter]
    return f"0{letter}" if letter in "0123456789" else f"{_OTHERS}{ord(letter):07}"


def _letters(name: str, language: str) -> list[str]:
    """The name as letters of the language, the longest first; what is none of them as it is folded."""
    places, meant, longest = _places(language), _meant(language), max(map(len, alphabet(language)))
    text, found, start = unicodedata.normalize("NFC", name.casefold()), [], 0
    while start < len(text):
        for length in range(longest, 0, -1):
            if text[start : start + length] in places:
                found.append(text[start : start + length])
                start += length
                break
        else:
            found += [meant.get(sign, sign) for sign in fold(text[start]) if sign.isalnum()]
            start += 1
    return found

"""How numbers are written, in digits of every script, in English words and in fractions, and what they mean."""

import re
import unicodedata
from fractions import Fraction

from monographs.text.amounts.units import any_of

# Languages whose comma is a decimal mark.
_DECIMAL_COMMA = {
    "bg", "cs", "da", "de", "el", "es", "et", "fi", "fr", "hr", "hu", "it", "lt", "lv", "nb", "nl", "no", "pl", "pt",
    "ro", "ru", "sk", "sl", "sq", "sr", "sv", "tr", "uk", "vi",
}  # fmt: skip
# Regions of theirs where the point is the decimal mark, as in CLDR.
_DECIMAL_POINT_AFTER_ALL = {
    "es-mx", "es-gt", "es-hn", "es-sv", "es-ni", "es-pa", "es-do", "es-pr", "es-us", "es-pe", "es-419", "de-ch",
    "de-li", "it-ch",
}  # fmt: skip
_SPACE_IN_NUMBER = re.compile(r"(?<=\d)[\u00a0\u2009\u202f](?=\d{3}(?!\d))")
_WHOLE = re.compile(r"[1-9]\d{3,11}|[1-9]\d{0,2}(?:,\d{3}){1,3}|[1-9]\d{0,2}(?:\.\d{3}){1,3}", re.ASCII)
_ONES = {
    "zero": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
    "ten": 10,
}  # fmt: skip
_TEENS = {
    "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16, "seventeen": 17,
    "eighteen": 18, "nineteen": 19,
}  # fmt: skip
_TENS = {
    "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90,
}  # fmt: skip
_SCALES = {"hundred": 100, "thousand": 1000, "million": 1_000_000, "billion": 1_000_000_000, "dozen": 12}
_WORD_VALUES = _ONES | _TEENS | _TENS
_GLYPH = r"[\u00bc-\u00be\u2150-\u215e]"  # vulgar fractions

END = r"(?![^\W_])"
"""No letter or digit follows."""

_WORD_NUMBER = (
    rf"(?:{any_of(*_TENS)}(?:[\s-]{any_of(*list(_ONES)[1:10])})?|{any_of(*_TEENS)}|{any_of(*_ONES)}"
    rf"|(?={any_of(*_SCALES)}))(?:\s?{any_of(*_SCALES)})?{END}"
)
DIGITS = (
    r"(?:(?<![^\s(])-)?(?:\d+\s\d+/\d+(?![\d/])|\d+(?:[/:]\d+)+|\d{1,3}(?:[\u2009\u202f ]\d{3})+(?!\d)"
    rf"|\d{{1,3}}(?:'\d{{3}})+(?!\d)|\d+(?:[.,·]\d+)*\s?{_GLYPH}|\d+(?:[.,·]\d+)*[\u00b2\u00b3\u00b9\u2070-\u2079]*|(?<!\d)[.·]\d+|{_GLYPH})"
)
"""A number in digits, a fraction among them; after `mentions` has read digits of other scripts as 0–9."""

_HALF = (
    rf"(?:(?:an?\s+)?(?:half|quarter|two[\s-]thirds|three[\s-]quarters|double|twice\s+the)"
    rf"|(?:a|one)[\s-]third(?=\s+of)){END}(?:\s+(?:of\s+)?an?(?=\s))?|a\s+(?:couple|pair)\s+of{END}"
)
NUMBER = rf"(?>(?:{_HALF}|(?:{DIGITS}|{_WORD_NUMBER})(?:\s+and\s+an?\s+(?:half|quarter){END})?))"
"""Any number."""


def has_decimal_comma(language: str) -> bool:
    """Whether ``1,5`` is one and a half in ``language`` and ``1.000`` a thousand (CLDR, number symbols of each)."""
    code = language.replace("_", "-").lower()
    return code.split("-")[0] in _DECIMAL_COMMA and code not in _DECIMAL_POINT_AFTER_ALL


def keep_groups(text: str) -> str:
    """The text with every no-break or thin space that parts groups of three digits as U+202F, which does only that."""
    return _SPACE_IN_NUMBER.sub("\u202f", text)


def ways_to_write(word: str) -> tuple[str, ...]:
    """The word as it is, and a number from a thousand on in each way to part its groups: for looking it up.

    ``1000`` and ``1,000`` are each looked for as ``1000``, ``1,000``, ``1.000`` and with a thin or no-break space.
    """
    if not _WHOLE.fullmatch(word):
        return (word,)
    digits = re.sub(r"\D", "", word)
    return tuple(
        dict.fromkeys((word, digits, *(f"{int(digits):,}".replace(",", mark) for mark in ",.\u202f\u00a0\u2009")))
    )


def value(written: str, language: str) -> Fraction | str:
    """The number that is written, or the writing itself where that is not one plain number (``1 200``, ``12.5.2026``).

    A thousand is a thousand whether its groups are parted by a comma, a thin or no-break space or not at all, in a
    language with a decimal comma also by a point, in Switzerland by an apostrophe. What could be a thousand or a
    number with three decimals there (``1,000`` in German, ``1.000`` in English) means only itself.
    """
    text = " ".join(keep_groups(written).casefold().split(" "))
    if len(text) > 40:
        return text
    if text[0].isalpha():
        return _word_value(text)
    whole, _, part = text.partition(" and a")
    if part:
        amount = value(whole, language)
        return amount + Fraction(1, 2 if "half" in part else 4) if isinstance(amount, Fraction) else text
    if re.fullmatch(_GLYPH, text[-1]):
        amount = value(text[:-1].strip(), language) if text[:-1].strip() else Fraction(0)
        glyph = Fraction(unicodedata.numeric(text[-1])).limit_denominator(10)
        return amount + glyph if isinstance(amount, Fraction) else text
    if match := re.fullmatch(r"(?:(\d+) )?([1-9])/([2-9]|10)", text):
        top, bottom = int(match[2]), int(match[3])
        return int(match[1] or 0) + Fraction(top, bottom) if top < bottom else text
    text = re.sub(r"(?<=\d):00$", "", text.replace("·", "."))  # of a clock
    return _digits_value(text, language)


def _digits_value(text: str, language: str) -> Fraction | str:
    """As `value`, of digits with points, commas, apostrophes and spaces."""
    text = re.sub(r"(?<=\d)[\u202f'](?=\d{3})", "", text)
    if re.fullmatch(r"[1-9]\d{0,2}(?: 000)+", text):  # "1 200 mg" may be one tablet of 200 mg; "000 mg" is no dose
        text = text.replace(" ", "")
    decimal, group = (",", ".") if has_decimal_comma(language) else (".", ",")
    if re.fullmatch(rf"-?[1-9]\d{{0,2}}(?:\{group}\d{{3}})+(?:\{decimal}\d+)?", text):
        return Fraction(text.replace(group, "").replace(decimal, "."))
    if re.fullmatch(rf"-?[1-9]\d{{0,2}}(?:\{decimal}\d{{3}}){{2,}}", text):  # twice cannot be a decimal mark
        return Fraction(text.replace(decimal, ""))
    if group == "," and re.fullmatch(r"[1-9]\d?(?:,\d{2})+,\d{3}", text):  # lakhs, as in Indian English
        return Fraction(text.replace(",", ""))
    if re.fullmatch(rf"-?[1-9]\d{{0,2}}\{decimal}\d{{3}}", text):
        return text
    if re.fullmatch(r"-?[0-9]*[.,]?[0-9]+", text):
        return Fraction(text.replace(",", "."))
    return text


def _word_value(text: str) -> Fraction | str:
    """Numbers in words: ``"twenty-four"`` → 24, ``"two and a half"`` → 5/2, ``"half a"`` → 1/2."""
    whole, _, part = text.partition(" and a")
    if part and whole.split("-")[0].split()[0] in _WORD_VALUES:
        amount = _word_value(whole)
        return amount + Fraction(1, 2 if "half" in part else 4)
    if text.startswith(("a couple", "a pair")):
        return Fraction(2)
    if "double" in text or "twice" in text:
        return "double"
    return _fraction_in(text) or _cardinal(text)


def _fraction_in(text: str) -> Fraction | None:
    """``"two thirds"`` → 2/3, ``"a quarter"`` → 1/4; None where no part of a whole is named."""
    if "quarters" in text:
        return Fraction(3, 4)
    if "third" in text:
        return Fraction(2 if "two" in text else 1, 3)
    if "half" in text:
        return Fraction(1, 2)
    return Fraction(1, 4) if "quarter" in text else None


def _cardinal(text: str) -> Fraction:
    """``"one hundred twenty-four"`` → 124."""
    amount = 0
    for word in text.replace("-", " ").split():
        amount = (amount or 1) * _SCALES[word] if word in _SCALES else amount + _WORD_VALUES[word]
    return Fraction(amount)

"""Which letters are written from right to left and which from left to right, as parts of regular expressions.

Source: Unicode Standard Annex #9, table 4 (classes R and AL, L), by Python's own copy of the Unicode data.
"""

import re
import unicodedata
from typing import Literal

Direction = Literal["ltr", "rtl"]

_BLOCKS = (*range(0x0590, 0x0900), *range(0xFB1D, 0xFE00), *range(0xFE70, 0xFF00))
_PLANES = "\U00010800-\U00010fff\U0001e800-\U0001efff"


def _signs(*kinds: str, punctuation: bool = True) -> str:
    """The signs of these classes, as the inside of a regular expression's class."""
    signs = [chr(code) for code in _BLOCKS if unicodedata.bidirectional(chr(code)) in kinds]
    kept = [sign for sign in signs if punctuation or not unicodedata.category(sign).startswith("P")]
    return re.escape("".join(kept)) + _PLANES


STRONG = _signs("R", "AL")
"""Letters and punctuation that are written from right to left."""

RTL = _signs("R", "AL", "NSM") + "\u200c\u200d"
"""The same with the marks upon them and the joiners between them."""

RTL_IN_WORD = _signs("R", "AL", "NSM", punctuation=False) + "\u200c\u200d"
"""What a right-to-left word consists of."""

RTL_WORD = re.compile(rf"[{RTL_IN_WORD}]+(?:[\"'״׳][{RTL_IN_WORD}]+)?")

_NUMERALS = "\u00b2\u00b3\u00b9\u00bc-\u00be\u2070-\u209c\u2150-\u2189"  # raised figures, fractions: no letters
LTR_LETTER = re.compile(rf"[^\W\d_{RTL}{_NUMERALS}]")

_STRONG = re.compile(f"[{STRONG}]")


def has_right_to_left(text: str, start: int = 0, end: int | None = None) -> bool:
    """Whether any letter in it is written from right to left."""
    if text.isascii():
        return False
    return bool(_STRONG.search(text, start, len(text) if end is None else end))


def text_direction(text: str) -> Direction:
    """The direction of a text by its first letter, as ``dir="auto"`` finds it (UAX #9, P2 and P3)."""
    rtl, ltr = _STRONG.search(text), LTR_LETTER.search(text)
    return "rtl" if rtl and (not ltr or rtl.start() < ltr.start()) else "ltr"

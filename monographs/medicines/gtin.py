"""The number on a pack: a GTIN of 8, 12, 13 or 14 digits, the last of which checks the others.

GS1 General Specifications, section 7.9 (check digit); GS1 Digital Link URI Syntax, section 4 (``/01/`` and a GTIN; what
shorter ones lack is filled with noughts from the left).
"""

from django.utils.translation import gettext as _

LENGTHS = (8, 12, 13, 14)
_DIGITS = 14


class WrongCheckDigit(ValueError):
    """It looks like a GTIN, but one digit is another than was printed."""


def gtin_of(text: str) -> str:
    """As 14 digits, from whatever length was printed; spaces and hyphens between them don't count.

    Raises WrongCheckDigit, or ValueError for anything that is no GTIN.
    """
    digits = text.replace(" ", "").replace("\u00a0", "").replace("-", "")
    if not (digits.isascii() and digits.isdecimal() and len(digits) in LENGTHS):
        raise ValueError(_("A GTIN has 8, 12, 13 or 14 digits."))
    whole = digits.zfill(_DIGITS)
    if not int(whole):
        raise ValueError(_("A GTIN has 8, 12, 13 or 14 digits."))
    if whole[-1] != check_digit(whole[:-1]):
        raise WrongCheckDigit(_("One digit of this number is another than on the pack: its check digit does not fit."))
    return whole


def check_digit(digits: str) -> str:
    """Of the 13 digits before it: each second one from the right counts three times."""
    total = sum(int(digit) * (3 if place % 2 == 0 else 1) for place, digit in enumerate(reversed(digits)))
    return str(-total % 10)

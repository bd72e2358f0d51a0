"""Typed text as lines: what ends one, what is blank, and which amount one begins or ends with.

Every reader of Markdown source (the parser, the word account, the checks) counts lines as `normal` makes them.
"""

import re
from functools import lru_cache

from monographs.text.amounts.units import FORMS, MEASURES, OTHER_UNITS, any_of

# Word's and the Mac's line and page ends as well (Unicode Standard Annex 14, class BK): two numbers are no one number.
_LINE_END = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_NOT_TEXT = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\ud800-\udfff]")
_BLANK_LINE = re.compile(r"^[^\S\n]+$", re.MULTILINE)

_FRACTION = "¼½¾⅐-⅞"
_TEMPERATURE = r"°\s?[cf]|℃|℉"
_UNIT = any_of(*MEASURES.values(), *OTHER_UNITS.values())
_COUNTED = any_of(*MEASURES.values(), *FORMS.values(), *OTHER_UNITS.values())
_IN_WORDS = "half|quarter|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty|thirty|forty|fifty|hundred"
_BEGINS = re.compile(rf"[<>≤≥±~≈+−–-]?\s?[.,]?[\d{_FRACTION}]|(?:{_TEMPERATURE}|{_UNIT})(?![^\W_])", re.IGNORECASE)
_ENDS = re.compile(rf"(?:[\d{_FRACTION}]|(?<![^\W\d_])(?:{_TEMPERATURE}|{_COUNTED}|{_IN_WORDS}))[ \t]*$", re.IGNORECASE)
_LONGEST_UNIT = 40  # letters; more of a line's end need not be read


@lru_cache(maxsize=64)  # the parser and both halves of the word account ask
def normal(source: str) -> str:
    """The text with one kind of line end, blank lines empty, and U+FFFD for what is no character of a text."""
    return _BLANK_LINE.sub("", _NOT_TEXT.sub("\ufffd", _LINE_END.sub("\n", source)))


def begins_with_amount(text: str) -> bool:
    """Whether the text begins with a number (a sign of comparing before it or not), a measure or a span of time."""
    return bool(_BEGINS.match(text))


def ends_with_amount(text: str) -> bool:
    """Whether the text ends with a number, or with what is counted: "5", "500 mg", "2 tablets", "ten"."""
    return bool(_ENDS.search(text[-_LONGEST_UNIT:]))


def introduces(text: str) -> bool:
    """Whether a list may be expected after this line: it ends in a colon."""
    return text.rstrip().rstrip("*_").endswith((":", "：", "؛"))

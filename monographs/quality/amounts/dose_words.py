"""How a dose is written: its number, its unit, and a passage as an eye reads it.

Units are those of `monographs.text.amounts.units`, in every language and whatever their capitals.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

from monographs.leaflets.content import Content
from monographs.quality.pieces.passages import Passage, passages
from monographs.text.amounts.units import FORMS, MEASURES, any_of

# No number of a dose is longer and no range has more of them; so a text of nothing but digits is read in time, too.
NUMBER = r"(?:\d{1,12}(?:[.,]\d{1,12}){0,4}|[.,]\d{1,12})"
TO = r"\s?(?:-|–|—|/|to\b|or\b|and\b)\s?"
RANGE = rf"{NUMBER}(?:{TO}{NUMBER}){{0,3}}"
SERIES = rf"(?:(?:{NUMBER},\s){{1,3}}{NUMBER},?{TO}{NUMBER}|{RANGE})"  # also 2.5, 5 or 10
WHOLE_RANGE = rf"\d{{1,12}}(?:{TO}\d{{1,12}}){{0,3}}"
SPACED = r"\d{1,3}(?:\s000){1,4}"  # 10 000
COUNT = rf"\d{{1,3}}(?:\s[1-9]/\d)?(?:{TO}\d{{1,3}})?"
SHORT_MICROGRAM = r"(?:(?:[mM][cC]|\u00b5\s?|u)[gG][mMsS]?|\u338d)"  # no UG: postcodes end so; the last is one sign
UNIT = (
    rf"(?:{SHORT_MICROGRAM}|(?i:"
    rf"{any_of(*(spellings for name, spellings in MEASURES.items() if '%' not in name))}))"
)
FORM = rf"(?i:{any_of(*FORMS.values())})"
END = r"(?![^\W_\u00b2\u00b3\u00b9\u2070-\u2079])"
"""No letter or digit follows; the raised number of a footnote may."""


class _AsRead(dict):
    """For `str.translate`: each character as the one that it looks like or stands for, a digit of any script as 0–9."""

    def __missing__(self, code: int) -> int:
        character = chr(code)
        if 0xFF01 <= code <= 0xFF5E:  # full width
            read = code - 0xFEE0
        elif unicodedata.category(character) == "Nd":
            read = ord(str(unicodedata.digit(character)))
        else:
            read = code
        self[code] = read
        return read


_AS_READ = _AsRead(
    str.maketrans({"·": ".", "∙": ".", "⋅": ".", "٫": ".", "٬": ",", "٪": "%", "−": "-", "‑": "-", "μ": "µ"})
)
_BARE_NUMBER = re.compile(rf"{RANGE}")
_UNIT_OF_COLUMN = re.compile(
    rf"(?:[(\[]\s?|^|\bin |[,:/]\s?)(?P<unit>(?:{UNIT}|%){END}[^()\[\]]{{0,20}})[)\]]?$", re.IGNORECASE
)


@lru_cache(maxsize=4)  # each rule on doses asks for those of the same leaflet
def dose_texts(content: Content) -> tuple[tuple[Passage, str], ...]:
    """Every passage with its text as it is read, web addresses blanked out; each character keeps its place.

    Behind a bare number in a table stands the unit that its column's head names: "5.0" under "Dose (mg)" or "mg".
    """
    return tuple(_read(content))


def _read(content: Content) -> Iterator[tuple[Passage, str]]:
    for passage in passages(content):
        text = passage.bare.translate(_AS_READ)
        head = passage.block.head
        column = _UNIT_OF_COLUMN.search(head.translate(_AS_READ)) if head else None
        if column and _BARE_NUMBER.fullmatch(text):
            text += column["unit"]
        yield passage, text

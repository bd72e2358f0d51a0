"""Short and special numbers of a country, such as 999, 116 123 and 85258: which there are, which can be rung."""

import csv
import re
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

import phonenumbers

CALL, TEXT, BOTH = "call", "text", "both"
_FILE = Path(__file__).with_name("short_numbers.csv")
ANYWHERE = "*"


@dataclass(frozen=True)
class ShortNumber:
    """One number as it is printed (``116 123``). ``how`` is `CALL`, `TEXT` (no telephone can ring it) or `BOTH`."""

    number: str
    how: str

    @property
    def is_in_groups(self) -> bool:
        return " " in self.number


def short_number(digits: str, *, groups: int, country: str) -> ShortNumber | None:
    """The number of ``country`` that is written with these ASCII digits in so many groups, or None.

    A number in one piece is known by ``112``, never by ``1 12``; one in groups also when it is written in one piece.
    Emergency numbers are known for every country that `phonenumbers` knows.
    """
    found = _numbers_of(country).get(digits)
    if found and groups in (1, found.number.count(" ") + 1):
        return found
    if groups == 1 and len(digits) >= 3 and phonenumbers.is_emergency_number(digits, country):
        return ShortNumber(digits, CALL)
    return None


@lru_cache(maxsize=1_000)
def is_assigned(digits: str, country: str) -> bool:
    """Whether a country's numbering plan has this short number, by `phonenumbers`; the year 2026 may be one, too."""
    if not re.fullmatch(r"[0-9]{2,8}", digits):
        return False
    if phonenumbers.is_emergency_number(digits, country):
        return True
    try:
        number = phonenumbers.parse(digits, country)
    except phonenumbers.NumberParseException:
        return False
    return phonenumbers.is_valid_short_number_for_region(number, country)


@cache
def _numbers_of(country: str) -> dict[str, ShortNumber]:
    with _FILE.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(line for line in file if not line.startswith("#")))
    return {
        row["number"].replace(" ", ""): ShortNumber(row["number"], row["how"])
        for row in sorted(rows, key=lambda row: row["country"] != ANYWHERE)
        if row["country"] in (ANYWHERE, country)
    }

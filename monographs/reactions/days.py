"""A day of which perhaps only the month or the year is known, kept as ``2026-11-03``, ``2026-11`` or ``2026``.

ICH E2B(R3) takes a day, a month or a year for what the reporter remembers, written CCYYMMDD, CCYYMM or CCYY, and none
that is still to come (Implementation Guide 5.01, section 3.3.6, p. 35, and E.i.4, p. 105).
"""

import datetime as dt
import re

from django.utils import timezone
from django.utils.translation import gettext as _

from monographs.text.amounts.dates import FIRST_YEAR, NotADay, in_words, read_day
from monographs.text.letters.signs import UNSEEN

LONGEST = 10  # characters of what is kept
_YEAR, _MONTH = re.compile(r"\d{4}"), re.compile(r"(\d{4})-(\d{1,2})")


def read_day_or_part(written: str) -> str:
    """What is kept of a day, month or year that was typed. Raises `NotADay`, whose text says what to type instead."""
    text = written.translate(UNSEEN).strip()
    if match := _MONTH.fullmatch(text):
        year, month = int(match[1]), int(match[2])
        found = f"{year:04}-{month:02}" if 1 <= month <= 12 else ""
    elif _YEAR.fullmatch(text):
        year, found = int(text), f"{int(text):04}"
    else:
        day = read_day(text)
        year, found = day.year, day.isoformat()
    if not found or year < FIRST_YEAR:
        raise NotADay(_("“%(written)s” is no day, month or year of our time.") % {"written": text}, "invalid")
    return past(found, written=text)


def past(day: str, *, written: str = "") -> str:
    """The same, as it has come. Raises `NotADay` for one that is still to come."""
    if day > timezone.localdate().isoformat()[: len(day)]:
        raise NotADay(_("“%(written)s” has not come yet.") % {"written": written or day}, "future")
    return day


def as_e2b(day: str | dt.date | None) -> str:
    """``"20261103"``, ``"202611"``, ``"2026"``, or "" for none."""
    return (day.isoformat() if isinstance(day, dt.date) else day or "").replace("-", "")


def shown(day: str) -> str:
    """A whole day in words, as it is read back beside the field; a month or a year as it was typed."""
    return in_words(dt.date.fromisoformat(day)) if len(day) == LONGEST else day

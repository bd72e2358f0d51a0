"""Days on which nobody reads replies, such as public holidays, as a clinic types them and as they are kept.

One a line, a day or a first and a last one, and behind a colon why: "25 December 2026: Christmas Day". They are kept
with ISO dates, which are read alike whatever language a page is in.
"""

import datetime as dt
import re
from collections.abc import Container, Mapping
from functools import lru_cache
from itertools import pairwise

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from monographs.text.amounts.dates import NotADay, in_words, read_day
from monographs.text.letters.signs import cleaned

LONGEST_SPAN = 100  # days of one line
_TO = re.compile(r"\s+(?:-|–|—|to)\s+")
_DAY = dt.timedelta(days=1)
_MOMENT = dt.timedelta(microseconds=1)

DaysOff = Mapping[dt.date, str]
"""Each day with its reason, in order."""


def settled(text: str) -> str:
    """``"25 December 2026: Christmas Day"`` → ``"2026-12-25: Christmas Day"``, the earliest line first.

    ValidationError, in a sentence, for a line that names no day, or no reason."""
    lines = _lines(cleaned(text))
    return "\n".join(f"{first}{f' to {last}' if last > first else ''}: {reason}" for first, last, reason in lines)


def known_days(text: str) -> None:
    """A validator: what `settled` can read."""
    settled(text)


@lru_cache(maxsize=20)
def read_days(text: str) -> DaysOff:
    """The days of a settled text; none where it can't be read."""
    try:
        lines = _lines(text)
    except ValidationError:
        return {}
    return {first + _DAY * ahead: reason for first, last, reason in lines for ahead in range((last - first).days + 1)}


def told(days: DaysOff, since: dt.date, *, ahead: int) -> list[str]:
    """``["Not on 25 December 2026 to 28 December 2026: Christmas"]`` in the active language: days off from ``since`` to
    ``ahead`` days later; days in a row with one reason are one line."""
    coming = sorted(day for day in days if since <= day <= since + _DAY * ahead)
    starts = [day for before, day in pairwise([None, *coming]) if not _goes_on(days, before, day)]
    lines = []
    for first, following in pairwise([*starts, None]):
        last = coming[coming.index(following) - 1] if following else coming[-1]
        span = _("%(first)s to %(last)s") % {"first": in_words(first), "last": in_words(last)}
        words = {"days": span if last > first else in_words(first), "reason": days[first]}
        lines.append(_("Not on %(days)s: %(reason)s") % words)
    return lines


def earlier(at: dt.datetime, wait: dt.timedelta, days: Container[dt.date]) -> dt.datetime:
    """The moment from which on ``wait`` has gone by at ``at``, days off not counted."""
    if not days:
        return at - wait
    moment = at.astimezone(dt.UTC)
    while True:
        day = timezone.localdate(moment - _MOMENT)
        start = timezone.make_aware(dt.datetime.combine(day, dt.time())).astimezone(dt.UTC)
        if day not in days:
            if moment - start >= wait:
                return moment - wait
            wait -= moment - start
        moment = start


def _goes_on(days: DaysOff, before: dt.date | None, day: dt.date) -> bool:
    return before is not None and day - before == _DAY and days[before] == days[day]


def _lines(text: str) -> list[tuple[dt.date, dt.date, str]]:
    return sorted(_line(line) for line in text.splitlines() if line.strip())


def _line(line: str) -> tuple[dt.date, dt.date, str]:
    written, _colon, reason = (part.strip() for part in line.partition(":"))
    if not reason:
        raise ValidationError(
            _("“%(line)s” says no reason. Write it behind a colon: 25 December 2026: Christmas Day"),
            params={"line": line.strip()[:60]},
        )
    ends = _TO.split(written)
    try:
        days = [read_day(end) for end in ends[:2]]
    except NotADay as error:
        raise ValidationError(str(error)) from error
    if len(ends) > 2 or not days[0] <= days[-1] <= days[0] + _DAY * LONGEST_SPAN:
        raise ValidationError(
            _("“%(line)s” is no span of days: write the first, “to”, and the last, at most %(most)s days later."),
            params={"line": line.strip()[:60], "most": LONGEST_SPAN},
        )
    return days[0], days[-1], reason

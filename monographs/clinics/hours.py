"""When somebody is there: days of the week and times, as a clinic types them and as readers read them."""

import datetime as dt
import re
from collections.abc import Collection, Container
from functools import lru_cache
from itertools import groupby, pairwise

from django.core.exceptions import ValidationError
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _

Span = tuple[int, int]
"""From and to, in minutes since midnight; the end is not in it, and may be 1440."""

Hours = tuple[tuple[Span, ...], ...]
"""Spans of each day, Monday first, in order and apart; () if nothing is known."""

_DAY = 24 * 60
_ENGLISH = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
_LINE = re.compile(r"(?P<days>[^\d]+?)[\s:,]*(?P<times>\d.*)", re.DOTALL)
_TIME = r"(\d{1,2})(?:[:.h](\d{2}))?"
_SPAN = re.compile(rf"{_TIME}\s*(?:-|–|—|to)\s*{_TIME}")
_RANGE = re.compile(r"\s*(?:-|–|—|\bto\b)\s*")
_LONGEST = 5_000  # characters


def parse(text: str) -> Hours:
    """``"Mon-Fri 09:00-13:00, 14:00-17:30\\nSat 9-12"`` → spans of the seven days. Days have their English
    names, in full or short. ValidationError, in a sentence, for what can't be read; () for nothing."""
    days: list[list[Span]] = [[] for _day in range(7)]
    lines = [line.strip() for line in re.split(r"[\n;]", text[:_LONGEST]) if line.strip()]
    for line in lines:
        named, spans = _line(line)
        for day in named:
            days[day] += spans
    for spans in days:
        spans.sort()
        if any(later[0] < earlier[1] for earlier, later in pairwise(spans)):
            raise ValidationError(_("Two of the times of one day overlap. Write each time of a day once."))
    return tuple(map(tuple, days)) if lines else ()


def _line(line: str) -> tuple[list[int], list[Span]]:
    """``"Mon-Fri 09:00-13:00"`` → the days, Monday as 0, and the spans of each. ValidationError without both."""
    found = _LINE.fullmatch(line)
    named = _days(found["days"]) if found else []
    spans = [_span(part) for part in re.split(r"[,&]", found["times"])] if found else []
    if not named or None in spans:
        raise ValidationError(
            _("“%(line)s” is no day with times. Write it like this: Mon-Fri 09:00-13:00, 14:00-17:30"),
            params={"line": line[:60]},
        )
    return named, spans


def known_hours(text: str) -> None:
    """A validator: what `parse` can read."""
    parse(text)


@lru_cache(maxsize=100)
def read_hours(text: str) -> Hours:
    """What `parse` reads, or () where it can't."""
    try:
        return parse(text)
    except ValidationError:
        return ()


def is_staffed(hours: Hours, since: dt.datetime, until: dt.datetime, *, off: Container[dt.date] = ()) -> bool:
    """Whether somebody is there all the time between two local moments, less than a day apart; on none of the days
    ``off``."""
    if not hours:
        return False
    first = since.hour * 60 + since.minute
    last = first + int((until - since).total_seconds()) // 60
    today = _spans(hours, since.date(), off)
    next_day = _spans(hours, since.date() + dt.timedelta(days=1), off)
    tomorrow = tuple((start + _DAY, end + _DAY) for start, end in next_day)
    reached = first
    for start, end in (*today, *tomorrow):
        if start <= reached < end:
            reached = end
    return reached >= last


def opens_next(hours: Hours, at: dt.datetime, *, off: Collection[dt.date] = ()) -> tuple[int, int] | None:
    """In how many days, and at which minute of that day, somebody comes, after a local moment; None if never."""
    minute = at.hour * 60 + at.minute
    for ahead in range(8 + 7 * len(off)):
        for start, _end in _spans(hours, at.date() + dt.timedelta(days=ahead), off) if hours else ():
            if ahead or start > minute:
                return ahead, start
    return None


def _spans(hours: Hours, day: dt.date, off: Container[dt.date]) -> tuple[Span, ...]:
    return () if day in off else hours[day.weekday()]


def told(hours: Hours) -> list[str]:
    """``["Monday to Friday 09:00–17:30", "Saturday 09:00–12:00"]`` in the active language; days that nobody is there
    are left out."""
    lines = []
    for spans, days in groupby(range(7), key=lambda day: hours[day] if hours else ()):
        named = [str(WEEKDAYS[day]) for day in days]
        if spans:
            name = _("%(first)s to %(last)s") % {"first": named[0], "last": named[-1]} if named[1:] else named[0]
            lines.append(f"{name} {', '.join(map(_digits, spans))}")
    return lines


def clock(minute: int) -> str:
    """``540`` → ``"09:00"``."""
    return f"{minute // 60:02}:{minute % 60:02}"


def _digits(span: Span) -> str:
    return f"{clock(span[0])}–{clock(span[1])}"


def _span(text: str) -> Span | None:
    found = _SPAN.fullmatch(text.strip())
    if not found:
        return None
    from_hour, from_minute, to_hour, to_minute = (int(part or 0) for part in found.groups())
    start, end = from_hour * 60 + from_minute, to_hour * 60 + to_minute
    is_time = from_minute < 60 and to_minute < 60 and start < end <= _DAY
    return (start, end) if is_time else None


def _days(text: str) -> list[int]:
    """``"Mon-Wed, Fri"`` → 0, 1, 2, 4; [] where one of them is no day."""
    found: list[int] = []
    for part in filter(None, re.split(r"[,&]|\s+and\s+", text.strip(" \t:,"))):
        ends = [_day(name) for name in _RANGE.split(part.strip())]
        if None in ends or len(ends) > 2:
            return []
        length = (ends[-1] - ends[0]) % 7
        found += [(ends[0] + ahead) % 7 for ahead in range(length + 1)]
    return list(dict.fromkeys(found))


def _day(name: str) -> int | None:
    wanted = name.strip(" .").casefold()
    for day in range(7):
        known = {_ENGLISH[day], _ENGLISH[day][:3], _ENGLISH[day][:4], _ENGLISH[day][:5]}
        if wanted in known:
            return day
    return None

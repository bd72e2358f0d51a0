"""When somebody reads: as a clinic types it, as readers meet it."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError

from monographs.clinics.hours import is_staffed, opens_next, parse, read_hours, told

WEEK = "Mon-Fri 09:00-13:00, 14:00-17:30\nSat 9-12"
MONDAY = dt.datetime(2026, 11, 30)


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("Mon-Fri 09:00-17:30", ["Monday to Friday 09:00–17:30"]),
        ("monday to friday: 8.30 – 18.30; Sat 9-12", ["Monday to Friday 08:30–18:30", "Saturday 09:00–12:00"]),
        (
            "Mon, Wed & Fri 9-12, 13-17",
            [f"{day} 09:00–12:00, 13:00–17:00" for day in ("Monday", "Wednesday", "Friday")],
        ),
        ("Sun 00:00-24:00", ["Sunday 00:00–24:00"]),
        ("Fri-Mon 10-11", ["Monday 10:00–11:00", "Friday to Sunday 10:00–11:00"]),
        ("Mon 14-17\nMon 9-12", ["Monday 09:00–12:00, 14:00–17:00"]),
        ("", []),
    ],
)
def test_hours_are_read_as_people_type_them(typed, shown):
    assert told(parse(typed)) == shown


@pytest.mark.parametrize(
    "typed",
    ["Mon", "9-17", "Mon 17-9", "Mon 9-25", "Mon 9:75-10", "Someday 9-17", "Mon-Fri-Sun 9-10", "Mon 9", "🙂 9-10"],
)
def test_what_is_no_day_with_times_is_named_back(typed):
    with pytest.raises(ValidationError, match="is no day with times"):
        parse(typed)
    assert read_hours(typed) == ()


def test_times_of_a_day_do_not_overlap():
    with pytest.raises(ValidationError, match="overlap"):
        parse("Mon-Fri 9-12\nMon 11-13")


@pytest.mark.parametrize(
    ("hour", "is_there"), [(8, False), (9, True), (12, True), (13, False), (14, True), (16, True), (17, False)]
)
def test_somebody_is_there_only_for_a_whole_hour(hour, is_there):
    since = MONDAY.replace(hour=hour)
    assert is_staffed(parse(WEEK), since, since + dt.timedelta(hours=1)) is is_there


def test_somebody_is_there_over_midnight_too():
    since = dt.datetime(2026, 11, 30, 23, 30)
    all_day = parse("Mon-Sun 00:00-24:00")
    assert is_staffed(all_day, since, since + dt.timedelta(hours=1))
    assert not is_staffed(parse("Mon 00:00-24:00"), since, since + dt.timedelta(hours=1))


@pytest.mark.parametrize(
    ("at", "again"),
    [
        (MONDAY.replace(hour=7), (0, 540)),
        (MONDAY.replace(hour=13), (0, 840)),
        (MONDAY.replace(hour=18), (1, 540)),
        (MONDAY + dt.timedelta(days=5, hours=15), (2, 540)),
    ],
)
def test_when_somebody_comes_again(at, again):
    assert opens_next(parse(WEEK), at) == again


def test_nobody_comes_where_nothing_is_said():
    assert opens_next((), MONDAY) is None
    assert not is_staffed((), MONDAY, MONDAY + dt.timedelta(hours=1))

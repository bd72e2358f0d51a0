"""Days on which nobody reads: as a clinic types them, as they are kept, and as they count."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone, translation
from hypothesis import given, settings
from hypothesis import strategies as st

from monographs.clinics.actions import change_clinic
from monographs.clinics.days_off import earlier, read_days, settled, told
from monographs.clinics.hours import is_staffed, opens_next, parse
from monographs.clinics.models import Clinic, the_clinic
from monographs.refusals import Unacceptable

WEEK = parse("Mon-Fri 09:00-17:30")
CHRISTMAS = "2026-12-24 to 2026-12-28: Holidays\n2027-01-01: New Year's Day"
HOUR = dt.timedelta(hours=1)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("25 December 2026: Christmas Day", "2026-12-25: Christmas Day"),
        ("2026-12-25:Christmas: closed", "2026-12-25: Christmas: closed"),
        ("24 December 2026 to 2 January 2027: Holidays", "2026-12-24 to 2027-01-02: Holidays"),
        ("2026-12-24 – 2026-12-24: One day", "2026-12-24: One day"),
        ("\n1 January 2027: New Year\n\n25 December 2026: Christmas\n", "2026-12-25: Christmas\n2027-01-01: New Year"),
        ("", ""),
    ],
)
def test_days_are_read_as_people_type_them_and_kept_with_iso_dates(typed, kept):
    assert settled(typed) == kept
    assert settled(kept) == kept


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("25 December 2026", "says no reason"),
        ("25 December 2026: ", "says no reason"),
        ("Christmas: closed", "is not a date"),
        ("1/6/2027: Holiday", "1/6/2027"),
        ("30 February 2027: Holiday", "no day of the calendar"),
        ("2 January 2027 to 24 December 2026: Holidays", "no span of days"),
        ("1 January 2027 to 31 December 2027: Closed", "at most 100 days later"),
        ("2027-01-01 to 2027-01-02 to 2027-01-03: Three", "no span of days"),
    ],
)
def test_what_is_no_day_or_has_no_reason_is_named_back(typed, sentence):
    with pytest.raises(ValidationError, match=sentence):
        settled(typed)
    assert read_days(typed) == {}


def test_what_is_kept_is_read_alike_in_every_language():
    with translation.override("ar"):
        days = read_days(CHRISTMAS)
    assert list(days) == [dt.date(2026, 12, day) for day in range(24, 29)] + [dt.date(2027, 1, 1)]
    assert days[dt.date(2026, 12, 28)] == "Holidays"


def test_days_that_come_are_told_in_spans():
    days = read_days(CHRISTMAS)
    assert told(days, dt.date(2026, 12, 20), ahead=14) == [
        "Not on 24 December 2026 to 28 December 2026: Holidays",
        "Not on 1 January 2027: New Year's Day",
    ]
    assert told(days, dt.date(2026, 12, 28), ahead=2) == ["Not on 28 December 2026: Holidays"]
    assert told(days, dt.date(2026, 12, 1), ahead=14) == told({}, dt.date(2026, 12, 1), ahead=14) == []
    assert told(read_days("2026-12-24: One\n2026-12-25: Two"), dt.date(2026, 12, 24), ahead=1) == [
        "Not on 24 December 2026: One",
        "Not on 25 December 2026: Two",
    ]


def test_nobody_is_there_on_a_day_off_and_the_next_that_is_none_is_named():
    off, eve = read_days(CHRISTMAS), dt.datetime(2026, 12, 23, 18)
    assert is_staffed(WEEK, dt.datetime(2026, 12, 25, 10), dt.datetime(2026, 12, 25, 11))
    assert not is_staffed(WEEK, dt.datetime(2026, 12, 25, 10), dt.datetime(2026, 12, 25, 11), off=off)
    assert is_staffed(WEEK, dt.datetime(2026, 12, 29, 10), dt.datetime(2026, 12, 29, 11), off=off)
    assert opens_next(WEEK, eve, off=off) == (6, 9 * 60)
    assert opens_next(parse("Fri 9-10"), eve, off=off) == (16, 9 * 60)
    all_day = parse("Mon-Sun 00:00-24:00")
    midnight = dt.datetime(2026, 12, 23, 23, 30)
    assert not is_staffed(all_day, midnight, midnight + HOUR, off=off)


def at(*moment) -> dt.datetime:
    return timezone.make_aware(dt.datetime(*moment))


def test_days_off_do_not_count_for_what_waits():
    off = read_days(CHRISTMAS)
    assert earlier(at(2026, 12, 29, 9), 48 * HOUR, off) == at(2026, 12, 22, 9)
    assert earlier(at(2026, 12, 26, 9), 48 * HOUR, off) == at(2026, 12, 22)
    assert earlier(at(2026, 12, 29), 24 * HOUR, off) == at(2026, 12, 23)
    assert earlier(at(2026, 12, 29, 9), 48 * HOUR, {}) == at(2026, 12, 27, 9)
    assert earlier(at(2027, 3, 28, 12), 24 * HOUR, off) == at(2027, 3, 27, 11)  # the clocks went forward in London


@given(st.integers(1, 300), st.integers(0, 24 * 14), st.sets(st.integers(0, 20), max_size=8))
@settings(max_examples=150, deadline=None)
def test_as_many_hours_that_count_have_gone_by_as_were_asked_for(wait, after, off):
    days = {dt.date(2026, 12, 1) + dt.timedelta(days=one) for one in off}
    now = at(2026, 12, 10) + after * HOUR
    since = earlier(now, wait * HOUR, days)
    hours = int((now - since) / HOUR)
    counted = sum(timezone.localdate(since + one * HOUR) not in days for one in range(hours))
    assert counted == wait


@pytest.mark.django_db
def test_a_clinic_keeps_them_settled_and_refuses_others_in_a_sentence(ada):
    clinic = the_clinic()
    clinic.days_off = "25 December 2026: Christmas Day"
    change_clinic(clinic, by=ada)
    assert Clinic.objects.get().days_off == "2026-12-25: Christmas Day"
    assert Clinic.objects.get().off == {dt.date(2026, 12, 25): "Christmas Day"}
    clinic.days_off = "25 December 2026"
    with pytest.raises(Unacceptable, match="days off: “25 December 2026” says no reason"):
        change_clinic(clinic, by=ada)

"""What makes no sense is told at its field; what is only missing is not. No name and no birthday comes in."""

import datetime as dt

import pytest
from django.utils import timezone

from monographs.reactions.days import as_e2b, read_day_or_part
from monographs.reactions.models import SuspectedReaction
from monographs.reactions.rules import problems_of
from monographs.text.amounts.dates import NotADay

NOW = dt.datetime(2026, 11, 30, 23, 59, tzinfo=dt.UTC)
TOMORROW, NEXT_YEAR = "2026-12-01", "2027"


@pytest.fixture(autouse=True)
def _midnight_does_not_come(monkeypatch):
    monkeypatch.setattr(timezone, "now", lambda: NOW)


@pytest.mark.parametrize(
    ("fields", "where"),
    [
        ({"patient_initials": "Anna"}, "patient_initials"),
        ({"patient_initials": "Ana B"}, "patient_initials"),
        ({"patient_initials": "ANNABELL"}, "patient_initials"),
        ({"local_number": "13/06/1980"}, "local_number"),
        ({"local_number": "1980-06-13"}, "local_number"),
        ({"patient_age": 44}, "patient_age_unit"),
        ({"patient_age_unit": "a"}, "patient_age"),
        ({"patient_age": 440, "patient_age_unit": "a"}, "patient_age"),
        ({"patient_age": 44, "patient_age_unit": "a", "patient_age_group": "5"}, "patient_age_group"),
        ({"began_on": "TOMORROW"}, "began_on"),
        ({"taken_from": "NEXT_YEAR"}, "taken_from"),
        ({"began_on": "2026-11-03", "ended_on": "2026-10"}, "ended_on"),
        ({"taken_from": "2026", "taken_until": "2025-12-31"}, "taken_until"),
    ],
)
def test_what_makes_no_sense_is_told_at_its_field(fields, where):
    days = {"TOMORROW": TOMORROW, "NEXT_YEAR": NEXT_YEAR}
    reaction = SuspectedReaction(**{name: days.get(value, value) for name, value in fields.items()})
    assert list(problems_of(reaction)) == [where]


def test_nothing_was_received_on_a_day_to_come():
    assert list(problems_of(SuspectedReaction(received_on=dt.date.fromisoformat(TOMORROW)))) == ["received_on"]


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"patient_initials": "A.B."},
        {"patient_initials": "a b"},
        {"patient_initials": "ABC"},
        {"patient_initials": "م.ع."},
        {"local_number": "17-2026"},
        {"patient_age": 0, "patient_age_unit": "d"},
        {"began_on": "2026-11-03", "ended_on": "2026-11"},
        {"taken_from": "2026", "taken_until": "2026-01-01"},
    ],
)
def test_initials_numbers_ages_and_days_as_people_know_them_are_taken(fields):
    assert problems_of(SuspectedReaction(**fields)) == {}


@pytest.mark.parametrize(
    ("written", "kept", "sent"),
    [
        ("2026-11-03", "2026-11-03", "20261103"),
        ("3 November 2026", "2026-11-03", "20261103"),
        ("2026-11", "2026-11", "202611"),
        ("2026-1", "2026-01", "202601"),
        ("2026", "2026", "2026"),
    ],
)
def test_a_day_may_be_known_to_the_month_or_the_year(written, kept, sent):
    assert read_day_or_part(written) == kept
    assert as_e2b(kept) == sent


@pytest.mark.parametrize("written", ["2026-13", "1/6/2026", "yesterday", "0999", "2026-02-30", "2²26"])
def test_what_names_no_day_is_refused_in_a_sentence(written):
    with pytest.raises(NotADay, match="“"):
        read_day_or_part(written)


def test_what_is_still_to_come_is_refused():
    for written in (NEXT_YEAR, TOMORROW, f"{NEXT_YEAR}-01"):
        with pytest.raises(NotADay, match="not come yet"):
            read_day_or_part(written)

"""A day is read the one way it can be read, or refused in a sentence that names the readings."""

import datetime as dt

import pytest
from django.conf import settings
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from monographs.text.amounts.dates import NotADay, in_words, read_day, with_weekday

LANGUAGES = [code for code, _name in settings.LANGUAGES]
JUNE = dt.date(2028, 6, 1)


def refused(written: str, language: str = "en") -> NotADay:
    with translation.override(language), pytest.raises(NotADay) as refusal:
        read_day(written)
    return refusal.value


@pytest.mark.parametrize("language", LANGUAGES)
@given(day=st.dates(dt.date(1900, 1, 1), dt.date(2199, 12, 31)))
def test_a_day_in_words_is_read_as_the_same_day(language, day):
    with translation.override(language):
        assert read_day(in_words(day)) == read_day(with_weekday(day)) == read_day(day.isoformat()) == day


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "written",
    ["2028-06-01", " 2028-6-1 ", "2028/06/01", "2028.06.01", "٢٠٢٨-٠٦-٠١", "۲۰۲۸-۰۶-۰۱", "2028\u201106\u201101",
     "\u200f2028-06-01", "1 June 2028", "1 Jun 2028", "1st June, 2028", "1st of June 2028",
     "June 1, 2028", "01-Jun-2028", "1 JUNE 2028",
     "Thursday 1 June 2028", "Thu, 1 Jun 2028", "2028 June 1", "1\u00a0June\u00a02028"],
)  # fmt: skip
def test_every_site_takes_iso_and_the_month_as_an_english_word(written, language):
    with translation.override(language):
        assert read_day(written) == JUNE


@pytest.mark.parametrize(
    ("language", "written"),
    [
        ("pl", "1 czerwca 2028"), ("pl", "1 czerwca 2028 r."), ("pl", "1 Czerwiec 2028"), ("pl", "1 cze 2028"),
        ("es", "1 de junio de 2028"), ("es", "1 junio 2028"), ("es", "1 jun 2028"),
        ("es", "jueves, 1 de junio de 2028"),
        ("de", "1. Juni 2028"), ("fr", "1er juin 2028"), ("pt", "1º de junho de 2028"), ("it", "1º giugno 2028"),
        ("cy", "1 Mehefin 2028"), ("cy", "1af Mehefin 2028"), ("ar", "1 يونيو 2028"), ("ar", "١ يونيو ٢٠٢٨"),
        ("ar", "1 حزيران 2028"), ("ar", "١ جوان ٢٠٢٨"), ("ur", "1 جون 2028"), ("ur", "۱ جون ۲۰۲۸"),
        ("zh-hans", "2028年6月1日"), ("zh-hans", "2028年06月01日 星期四"), ("en", "2028 年 6 月 1 日"),
    ],
)  # fmt: skip
def test_a_site_takes_its_own_words(language, written):
    with translation.override(language):
        assert read_day(written) == JUNE


def test_a_short_month_is_not_taken_for_the_beginning_of_another():
    with translation.override("ar"):
        assert read_day("1 آب 2028") == dt.date(2028, 8, 1)
        assert read_day("1 كانون الثاني 2028") == dt.date(2028, 1, 1)


def test_welsh_march_is_no_tuesday():
    with translation.override("cy"):
        assert read_day("1 Mawrth 2028") == dt.date(2028, 3, 1)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "written", ["1/6/2028", "01-06-2028", "1.6.2028", "1 6 2028", "١/٦/٢٠٢٨", "6/1/2028", "1. 6. 2028"]
)
def test_what_can_be_read_two_ways_is_refused_with_both_readings(written, language):
    refusal = refused(written, language)
    with translation.override(language):
        assert in_words(JUNE) in str(refusal)
        assert in_words(dt.date(2028, 1, 6)) in str(refusal)
    assert "2028-06-01" in str(refusal)
    assert "2028-01-06" in str(refusal)
    assert refusal.code == "ambiguous"


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("13/6/2028", dt.date(2028, 6, 13)),
        ("6/13/2028", dt.date(2028, 6, 13)),
        ("31.12.2028", dt.date(2028, 12, 31)),
        ("5/5/2028", dt.date(2028, 5, 5)),
        ("29/02/2028", dt.date(2028, 2, 29)),
    ],
)
def test_numbers_with_one_reading_are_taken(written, day):
    assert read_day(written) == day


@pytest.mark.parametrize(
    ("written", "readings"),
    [
        ("05-12-28", ["5 December 2028", "12 May 2028", "28 December 2005"]),
        ("6/1/28", ["6 January 2028", "1 June 2028"]),
        ("13/6/28", ["13 June 2028"]),
        ("1 June 28", ["1 June 2028", "28 June 2001"]),
        ("28 June 31", ["31 June"]),
    ],
)
def test_a_year_of_two_digits_is_refused_with_what_it_may_mean(written, readings):
    refusal = refused(written)
    if readings != ["31 June"]:
        assert all(reading in str(refusal) for reading in readings)
    assert refusal.code == "short-year"


@pytest.mark.parametrize(
    "written",
    ["", "soon", "June 2028", "2028", "2028-06", "31/06/2028", "31 June 2028", "2028-13-06", "2028-02-30", "1 June",
     "20280601", "2028-W22-4", "2028-06-01T10:00", "1 June 2028 10:00", "1/6/1449", "1 June 0028", "1 June 12028",
     "Friday 1 June 2028", "1 ju 2028", "1 June July 2028", "0/6/2028", "1/6/028", "²/6/2028",
     "x" * 100_000, "1/" * 50_000],
)  # fmt: skip
def test_anything_else_is_refused_in_a_sentence(written):
    assert str(refused(written)).endswith(".")


def test_an_abbreviation_of_two_months_is_refused():
    assert refused("1 jui 2028", "fr").code == "invalid"


def test_a_weekday_that_does_not_fit_is_named():
    assert str(refused("Friday 1 June 2028")) == "“Friday 1 June 2028”: that day is a Thursday. Check the date."
    assert refused("2028年6月1日星期五").code == "invalid"

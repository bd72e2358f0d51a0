"""Dates and moments as readers meet them: the month a word wherever a month is one, the same order in both."""

import datetime as dt

import pytest
from django.conf import settings
from django.template import Context, Template
from django.utils import formats, translation

from monographs.clinics.hours import parse, told
from monographs.text.amounts.dates import in_words, read_day

DAY = dt.date(2026, 12, 5)
MOMENT = dt.datetime(2026, 12, 5, 14, 7)
WRITTEN = {
    "en": ("5 December 2026", "5 December 2026, 14:07"),
    "ar": ("5 ديسمبر 2026", "5 ديسمبر 2026، 14:07"),
    "cy": ("5 Rhagfyr 2026", "5 Rhagfyr 2026, 14:07"),
    "es": ("5 de diciembre de 2026", "5 de diciembre de 2026, 14:07"),
    "pl": ("5 grudnia 2026", "5 grudnia 2026, 14:07"),
    "ur": ("5 دسمبر 2026", "5 دسمبر 2026، 14:07"),
    "zh-hans": ("2026年12月5日", "2026年12月5日 14:07"),
}
OF_DJANGO = ("DATE_FORMAT", "DATETIME_FORMAT", "SHORT_DATE_FORMAT", "SHORT_DATETIME_FORMAT")


@pytest.mark.parametrize("language", WRITTEN)
def test_a_day_and_a_moment_are_written_in_full(language):
    with translation.override(language):
        assert (in_words(DAY), formats.date_format(MOMENT, "DATETIME_FORMAT")) == WRITTEN[language]
        assert formats.date_format(DAY) == in_words(DAY)
        filtered = Template("{{ day|date }}|{{ moment|date:'DATETIME_FORMAT' }}")
        assert tuple(filtered.render(Context({"day": DAY, "moment": MOMENT})).split("|")) == WRITTEN[language]


@pytest.mark.parametrize("language", [code for code, _name in settings.LANGUAGES])
@pytest.mark.parametrize("format_", OF_DJANGO)
def test_no_format_of_any_language_writes_a_month_as_a_bare_number(language, format_):
    """05/12/2026 is a day in December to some and in May to others. Chinese says of each number what it is."""
    with translation.override(language):
        december = formats.date_format(MOMENT, format_).split("14:07")[0]
        may = formats.date_format(MOMENT.replace(month=5), format_).split("14:07")[0]
    if language == "zh-hans":
        assert ("12月5日" in december, "5月5日" in may) == (True, True)
        return
    assert [word for word in december.replace("،", " ").replace(",", " ").split() if word.strip(".").isdigit()] == [
        "5." if language == "de" else "5",
        "2026",
    ]
    assert december != may


@pytest.mark.parametrize("language", [code for code, _name in settings.LANGUAGES])
def test_a_time_of_day_has_twenty_four_hours(language):
    with translation.override(language):
        assert formats.time_format(MOMENT.time()) == "14:07"


@pytest.mark.parametrize("language", [code for code, _name in settings.LANGUAGES])
def test_no_sign_stands_between_the_digits_of_a_number(language):
    """“1,000 mg” is one milligram to some readers."""
    assert settings.USE_THOUSAND_SEPARATOR is False
    with translation.override(language):
        assert Template("{{ number }}").render(Context({"number": 1_234_567})) == "1234567"


@pytest.mark.parametrize(
    ("language", "monday", "saturday"),
    [
        ("ar", "الاثنين", "السبت"),
        ("cy", "Dydd Llun", "Dydd Sadwrn"),
        ("es", "lunes", "sábado"),
        ("pl", "poniedziałek", "sobota"),
        ("ur", "پیر", "ہفتہ"),
        ("zh-hans", "星期一", "星期六"),
    ],
)
def test_the_days_of_the_week_have_our_own_names(language, monday, saturday):
    """Django's Urdu writes Saturday with another letter than Urdu does (U+06BE for U+06C1), its Polish begins each with
    a capital (5.2)."""
    with translation.override(language):
        assert told(parse("Mon-Fri 09:00-17:00\nSat 9-12"))[1] == f"{saturday} 09:00–12:00"
        assert told(parse("Mon 09:00-17:00")) == [f"{monday} 09:00–17:00"]


def test_july_is_written_right_in_welsh():
    """Django's Welsh writes “Gorffenaf” (5.2)."""
    with translation.override("cy"):
        assert in_words(dt.date(2026, 7, 1)) == "1 Gorffennaf 2026"
        assert read_day("1 Gorffennaf 2026") == dt.date(2026, 7, 1)

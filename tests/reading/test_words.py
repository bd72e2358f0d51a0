"""Days and telephone numbers as pages spell them."""

import datetime as dt

import pytest
from django.utils import translation

from monographs.templatetags.leaflet_language import spoken
from monographs.templatetags.leaflet_text import day, for_readers, telephone, telephones


@pytest.mark.parametrize("value", ["2026-11-02", dt.date(2026, 11, 2)])
def test_day_has_its_month_in_words(value):
    assert day(value) == '<time datetime="2026-11-02">2 November 2026</time>'


def test_moment_counts_as_its_day_where_the_clinic_is():
    just_after_midnight_in_london = dt.datetime(2026, 6, 30, 23, 30, tzinfo=dt.UTC)
    assert day(just_after_midnight_in_london) == '<time datetime="2026-07-01">1 July 2026</time>'


def test_day_speaks_the_pages_language():
    with translation.override("de"):
        assert day("2026-11-02") == '<time datetime="2026-11-02">2. November 2026</time>'


@pytest.mark.parametrize("value", ["", None])
def test_no_day_is_nothing(value):
    assert day(value) == ""


def test_telephone_number_can_be_dialled():
    assert telephone("+44 (0)1632 960-100") == '<a href="tel:+441632960100" dir="ltr">+44 (0)1632 960-100</a>'


def test_words_where_a_number_should_be_stay_words():
    assert telephone("ask at the desk") == "ask at the desk"


def test_numbers_in_a_line_can_be_dialled_and_the_rest_is_escaped():
    assert telephones("<b>Listeners</b>: 116 123, day 7 of 24") == (
        '&lt;b&gt;Listeners&lt;/b&gt;: <a href="tel:116123" dir="ltr">116 123</a>, day 7 of 24'
    )


def test_numbers_outside_care_headings_stay_text():
    html = "<p>Take 500 mg.</p>"
    assert for_readers(html) == html


def test_only_a_text_in_another_language_says_which():
    assert spoken("en", "en") == ""
    assert spoken("ar", "en") == ' lang="ar" dir="rtl"'
    assert spoken("fr", "ar") == ' lang="fr" dir="ltr"'

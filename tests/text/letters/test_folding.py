"""One folding: what means the same name is spelt the same, and numbers that differ stay apart."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monographs.text.letters.folding import fold


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("  Méthadone ", "methadone"),
        ("METHADONE", "methadone"),
        ("St John’s wort", "st johns wort"),
        ("st john's wort", "st johns wort"),
        ("St Johnʼs Wort", "st johns wort"),
        ("ibuprofen®", "ibuprofen"),
        ("Panadol™ Extra", "panadol extra"),
        ("(baclofen)", "baclofen"),
        ("“baclofen”,", "baclofen"),
        ("alcohol?", "alcohol"),
        ("¿ibuprofeno?", "ibuprofeno"),
        ("ıbuprofen", "ibuprofen"),
        ("İbuprofen", "ibuprofen"),
        ("Øre Łódź Đ Ħ Æ Œ ß", "ore lodz d h ae oe ss"),
        ("ibu\u00adpro\u200bfen", "ibuprofen"),
        ("ﬁbrate", "fibrate"),
        ("５ｍｇ", "5mg"),
        ("5 \u00b5g", "5 \u03bcg"),
        ("5 \u03bcg", "5 \u03bcg"),
        ("Vitamin B₁₂", "vitamin b12"),
    ],
)
def test_what_means_the_same_is_spelt_the_same(written, folded):
    assert fold(written) == folded


@pytest.mark.parametrize("dash", "-‐‑‒–—―−﹣－")
def test_all_hyphens_and_dashes_are_one(dash):
    assert fold(f"Co{dash}codamol") == "co-codamol"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("أحمد", "احمد"),
        ("إيبوبروفين", "ايبوبروفين"),
        ("آزاد", "ازاد"),
        ("ٱسم", "اسم"),
        ("دوی", "دوي"),
        ("مستشفى", "مستشفي"),
        ("کلسیم", "كلسيم"),
        ("مادة", "ماده"),
        ("بَارَاسِيتَامُول", "باراسيتامول"),
        ("بـــاراسيتامول", "باراسيتامول"),
        ("ﺑﺎراسيتامول", "باراسيتامول"),
        ("٥٠٠", "500"),
        ("۵۰۰", "500"),
        ("٢٫٥٪", "2.5%"),
    ],
)
def test_arabic_letters_have_one_form(one, other):
    assert fold(one) == fold(other) == fold(fold(one))


@pytest.mark.parametrize(("one", "other"), [("ガ", "カ"), ("パ", "ハ"), ("क्षय", "कषय"), ("ก่า", "กา")])
def test_marks_that_make_another_letter_stay(one, other):
    assert fold(one) != fold(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("1'5", "15"), ("1\u00ad5", "15"), ("1\u200b5", "15"), ("1®5", "15"), (".5", "5"), ("-5", "5"), ("2.5%", "2.5"),
     ("٢٫٥", "25"), ("1½", "11/2"), ("10⁵", "105")],
)  # fmt: skip
def test_numbers_that_differ_stay_apart(one, other):
    assert fold(one) != fold(other)


@pytest.mark.parametrize("empty", ["", "  ", "'", "´", "®", "\u00ad", "()", "?!…", "́", "-", "_", "ـ"])
def test_nothing_is_left_of_signs_alone(empty):
    assert fold(empty) == ""


@given(st.text(max_size=40))
def test_folding_the_folded_changes_nothing(text):
    once = fold(text)
    assert fold(once) == once
    assert fold(unicodedata.normalize("NFD", text)) == fold(unicodedata.normalize("NFC", text))


def test_plain_letters_and_signs_are_folded_like_those_beside_an_accent():
    """Most of what is typed is plain, and goes a shorter way."""
    signs = [chr(code) for code in range(32, 127)]
    differ = [
        (one, other) for one in signs for other in signs if fold(f"7{one}{other}7 é") != fold(f"7{one}{other}7 e")
    ]
    assert differ == []

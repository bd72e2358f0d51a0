"""A fraction typed with a stroke is asked about, and the words for its number are offered."""

import pytest

from monographs.quality.findings import Severity
from monographs.quality.gate import findings_for
from tests.quality.makers import found_by, with_body


def advice(body: str, **fields) -> list[tuple[str, str]]:
    return [(finding.excerpt, finding.instead) for finding in found_by("dose-fraction", with_body(body, **fields))]


@pytest.mark.parametrize(
    ("typed", "excerpt", "words"),
    [
        ("Take 1 1/2 tablets.", "1 1/2 tablets", "one and a half tablets"),
        ("Take 1\u00a01/2 tablets.", "1 1/2 tablets", "one and a half tablets"),
        ("Take 11/2 tablets.", "11/2 tablets", "one and a half tablets"),
        ("Take 1-1/2 tablets.", "1-1/2 tablets", "one and a half tablets"),
        ("Take 1 and 1/2 tablets.", "1 and 1/2 tablets", "one and a half tablets"),
        ("Take 1 1/2tablets.", "1 1/2tablets", "one and a half tablets"),
        ("Take 21/2 tablets.", "21/2 tablets", "two and a half tablets"),
        ("Take 2 3/4 tablets.", "2 3/4 tablets", "two and three-quarter tablets"),
        ("Take 12 1/2 capsules.", "12 1/2 capsules", "12 and a half capsules"),
        ("Take 1/2 tablet.", "1/2 tablet", "half a tablet"),
        ("Take 1/2 a tablet.", "1/2 a tablet", "half a tablet"),
        ("Take 1/4 of a tablet.", "1/4 of a tablet", "a quarter of a tablet"),
        ("Take 3/4 of a tablet.", "3/4 of a tablet", "three quarters of a tablet"),
        ("Use 1/3 sachet.", "1/3 sachet", "a third of a sachet"),
        ("Take 2/3 of the dose.", "2/3", "two thirds"),
        ("Take 1/2 in the morning.", "1/2", "half"),
        ("Wait 1/2 hour.", "1/2 hour", "half an hour"),
        ("Use 1 1/2 patches.", "1 1/2 patches", "one and a half patches"),
        ("Take 1/2mg.", "1/2mg", "0.5mg"),
        ("Take 2 1/2 ml.", "2 1/2 ml", "2.5 ml"),
        ("Take 1⁄2 tablet.", "1⁄2 tablet", "half a tablet"),
        ("Take ¹/₂ tablet.", "¹/₂ tablet", "half a tablet"),
        ("Take 1 / 2 tablet.", "1 / 2 tablet", "half a tablet"),
        ("Take 1/10 tablet.", "1/10 tablet", "a tenth of a tablet"),
        ("Take ١/٢ tablet.", "١/٢ tablet", "half a tablet"),
    ],
)
def test_the_words_for_a_fraction_are_offered(typed, excerpt, words):
    assert advice(typed) == [(excerpt, f"Write “{words}”.")]


def test_a_fraction_of_a_plural_may_be_two_numbers():
    assert advice("Take 1/2 tablets.") == [
        ("1/2 tablets", "Write “half a tablet”. If it means two numbers, write “1 or 2 tablets”.")
    ]


def test_a_third_of_a_measure_is_a_decimal_number():
    assert advice("Take 1/3 ml.") == [("1/3 ml", "Write the amount as a decimal number.")]


@pytest.mark.parametrize(
    ("language", "typed"), [("de", "1 1/2 Tabletten"), ("ar", "١ ١/٢ قرص"), ("pl", "1 1/2 tabletki")]
)
def test_other_languages_are_offered_the_one_sign(language, typed):
    assert advice(typed, language=language) == [(typed, "Write “1½”, or the number in words.")]


def test_a_fraction_between_chinese_words_is_asked_about():
    assert advice("每次1/2片", language="zh") == [("1/2", "Write “½”, or the number in words.")]


@pytest.mark.parametrize(
    "typed",
    [
        "On page 1 / 2 you read more.",
        "Take 1½ tablets, or ½ tablet.",
        "It is on 1/6/2028, or on 1/2, or 1/2/28.",
        "Somebody answers 24/7.",
        "Your blood pressure should be under 120/80.",
        "Take co-codamol 8/500 tablets, two at a time.",
        "It has 5 mg/5 ml, or 125/5 ml, or 12.5/4 mg, or 5/2.5 mg.",
        "Suboxone 8/2 mg is a strength.",
        "Take it with food and/or milk.",
        "Kidney disease of stage 3/4, with 6/6 vision.",
        "About 1/10 people feel sick.",
        "Take it for 1/12, or 3/7, or 2/52.",
        "See [the page](https://example.org/1/2/tablets).",
    ],
)
def test_what_is_no_fraction_is_not_asked_about(typed):
    assert advice(typed) == []


def test_it_warns_at_the_gate(db):
    (finding,) = [one for one in findings_for(with_body("Take 1 1/2 tablets.")) if one.rule == "dose-fraction"]
    assert finding.severity == Severity.WARNS

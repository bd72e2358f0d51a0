"""What an easy-read leaflet says in numbers stands in the full leaflet: doses, how often, at most, ages, telephones."""

from dataclasses import replace

import pytest

from monographs.leaflets.content import Content
from monographs.quality.findings import Severity
from monographs.quality.gate import findings_for
from monographs.quality.held_against.editions import RULE, easy_read_numbers
from tests.makers import make_content

FULL = """Most adults start with 5mg, 3 times a day. Take no more than 8 tablets in 24 hours.

Children under 12 years have another dose. People over 65 start with half a tablet. Take one or two tablets at night.

Leave 6 to 8 hours between doses. Keep it below 25°C. Ask on 01632 960100. It may take 1,000 people a week."""


def found(easy: str, full: str = FULL, *, language: str = "en", **easy_fields) -> list[tuple[str, str]]:
    """(severity, the words) of each finding."""
    content = replace(_of(easy, language), edition="easy-read", **easy_fields)
    findings = list(easy_read_numbers(content, _of(full, language)))
    assert {one.rule for one in findings} <= {RULE}
    return [(one.severity.value, one.excerpt) for one in findings]


def _of(dosage: str, language: str) -> Content:
    return make_content(dosage=dosage, language=language)


@pytest.mark.parametrize(
    "easy",
    [
        "Start with 5 mg.\nTake it 3 times a day.",
        "Start with 5mg, three times a day. Start with 5mg. Start with 5mg.",
        "Take it 3 times daily.",
        "Never take more than 8 tablets in 24 hours.",
        "Take two tablets at night.",
        "Take half a tablet.",
        "Are you under 12 years old?",
        "Are you over 65?",
        "Wait 6 to 8 hours.",
        "Keep it below 25 °C.",
        "Call 01632 960100.",
        "1000 people take it.",
        "Three things to know. Two of them are about food.",
        "Take it with food.",
    ],
)
def test_what_the_full_leaflet_says_may_be_said_again_in_other_words(easy):
    assert found(easy) == []


@pytest.mark.parametrize(
    ("easy", "words"),
    [
        ("Start with 50mg.", "50mg"),
        ("Start with 5g.", "5g"),
        ("Start with 0.5 mg.", "0.5 mg"),
        ("Start with 5 mg, 2 times a day.", "2 times a day"),
        ("Start with 5 mg, 9 times a day.", "9 times a day"),
        ("Start with 5 mg, twice a day.", "twice a day"),
        ("Start with 5 mg, four times a day.", "four times a day"),
        ("Never take more than 9 tablets in 24 hours.", "9"),
        ("Take three tablets at night.", "three tablets"),
        ("Are you under 16 years old?", "16 years"),
        ("Are you over 75?", "75"),
        ("Wait 4 hours.", "4 hours"),
        ("Call 01632 960101.", "960101"),
    ],
)
def test_another_dose_frequency_maximum_age_or_telephone_blocks(easy, words):
    (finding,) = found(easy)
    assert finding[0] == Severity.BLOCKS
    assert words in finding[1]


@pytest.mark.parametrize(
    "easy",
    [
        "Are you over 12 years old?",
        "Take up to 2 tablets at night.",
        "Leave 6 to 12 hours.",
        "Take 5mg to 20mg at night.",
    ],
)
def test_a_number_on_another_side_or_in_another_range_is_asked_about(easy):
    full = FULL + " Not for longer than 12 hours. Some people take 20mg."
    (finding,) = found(easy, full)
    assert finding[0] == Severity.WARNS


def test_a_number_that_the_full_leaflet_says_of_something_else_is_asked_about():
    full = make_content(dosage="Take 5mg once a day.")
    sections = tuple(
        replace(one, body="It was studied with 40mg.") if one.kind == "uses" else one for one in full.sections
    )
    full = replace(full, sections=sections)
    easy = replace(make_content(dosage="Take 40mg."), edition="easy-read")
    (finding,) = easy_read_numbers(easy, full)
    assert (finding.severity, finding.excerpt, finding.place) == (Severity.WARNS, "40mg", "dosage")
    assert "says it elsewhere" in finding.message


def test_key_facts_and_title_are_held_against_all_of_it():
    assert found("Take 5mg.", key_facts=("Take 5mg.", "Never more than 8 tablets in 24 hours.")) == []
    assert found("Take 5mg.", key_facts=("Take 7mg.",)) == [("blocks", "7mg")]
    assert found("Take 5mg.", title="Testamol 7mg") == [("blocks", "7mg")]


@pytest.mark.parametrize(
    ("language", "easy", "full", "is_right"),
    [
        ("es", "Tome 5 mg.", "Tome 5 mg, 3 veces al día.", True),
        ("es", "Tome 0,5 mg.", "Tome 5 mg.", False),
        ("ar", "خذ ٥ ملغ.", "خذ 5 ملغ مرتين في اليوم.", True),
        ("ar", "خذ ٥٠ ملغ.", "خذ 5 ملغ مرتين في اليوم.", False),
        ("zh-hans", "每次5毫克。", "每次5毫克，每天3次。", True),
        ("zh-hans", "每次6毫克。", "每次5毫克，每天3次。", False),
    ],
)
def test_digits_are_read_in_every_language(language, easy, full, is_right):
    assert (found(easy, full, language=language) == []) is is_right


@pytest.mark.django_db
def test_a_number_that_is_asked_about_stands_behind_what_blocks_in_the_text_itself():
    easy = replace(make_content(dosage="Take up to 2 tablets at night. Take 5.0mg."), edition="easy-read")
    found = findings_for(easy, full=make_content(dosage=FULL))
    severities = [one.severity for one in found]
    assert {RULE, "dose-trailing-zero"} <= {one.rule for one in found}
    assert severities == sorted(severities, key=lambda severity: severity != Severity.BLOCKS)
    assert len(set(severities)) == 2

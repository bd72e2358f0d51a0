"""What patients would not read as typed blocks; what can be meant in two ways is asked about, once."""

import dataclasses

import pytest

from monographs.leaflets.content import SourceContent
from tests.makers import make_content
from tests.quality.makers import excerpts, found_by, with_body

MARKS = "Patients would see the stars or underscores in “%s”: they begin or end no bold words."
NO_LINK = "Patients would see these brackets as typed: “%s” is no link."
NOT_CLOSED = "This care card, opened on line 1, is not closed before line %d begins another."
WORDS_BEHIND = "There are words behind the card's kind, so this is no care card, and patients would see its colons."
NO_CARD = "This line opens or closes no care card, so patients would see its colons."
LEAVES_A_LIST = "This care card begins within a list and ends outside of it, so patients would see its colons."


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ("Take **5**mg.", MARKS % "Take **5**mg."),
        ("**Take 5 mg.**2 tablets", MARKS % "**Take 5 mg.**2 tablets"),
        ("Call [us](www.clinic.org).", NO_LINK % "Call [us](www.clinic.org)."),
        ("Keep below 25 °C\n---\nand dry", "Patients would see this line of marks: “---”."),
        ("Store at:\n- 20 °C", "You typed “- 20 °C”; patients would read “20 °C” behind a bullet, without a minus."),
        ("|a|\n|---|\n|5|\n|---|\n|6|", "Patients would see this line of marks: “|---|”."),
        ("Take ~~5 mg~~ 10 mg.",
         "Patients would see the marks in “Take ~~5 mg~~ 10 mg.”: nothing is struck out, raised or coloured here."),
        ("Drink H~2~O.",
         "Patients would see the marks in “Drink H~2~O.”: nothing is struck out, raised or coloured here."),
        ("On the 1^st^ day",
         "Patients would see the marks in “On the 1^st^ day”: nothing is struck out, raised or coloured here."),
        ("[5](#10) mg", NO_LINK % "[5](#10) mg"),
        ("Take 5[mg](/a).", "You typed “Take 5[mg](/a).”; patients would read “Take 5mg.”."),
    ],
)  # fmt: skip
def test_what_patients_would_not_read_as_typed_blocks(body, message):
    (finding,) = found_by("typed-is-read", with_body(body))
    assert (finding.severity, finding.message) == ("blocks", message)
    assert finding.instead


@pytest.mark.parametrize(
    ("body", "excerpt"),
    [
        ("Take 2*5 mg.", "2*5 mg"),
        ("if you weigh\n> 50 kg", "> 50 kg"),
        (">75 years: take 5 mg", ">75 years: take 5 mg"),
        ("Keep it at\n- 20 °C.", "- 20 °C."),
        ("Take 5\n- 10 mg once a day.", "- 10 mg once a day."),
        ("Paracetamol 500 mg\n+ codeine 8 mg.", "+ codeine 8 mg."),
        ("# 5 tablets", "# 5 tablets"),
        ("Use size\n## 5 mg", "## 5 mg"),
        ("- 5 mg\n- 10 mg\n- 20 mg", "- 5 mg"),
        ("### 10 tablets\n\nSwallow them.", "### 10 tablets"),
        ("|Dose*|\n|---|\n|5 mg|\n* only adults", "* only adults"),
        ("Take 5 mg*.\n\n* Only for adults.", "* Only for adults."),
        ("* Take one*\n* Rest\n* Only for adults", "* Take one*"),
        ("a | b\n---|---\n1 | 2\nTake 3 | 4 tablets", "Take 3 | 4 tablets"),
        ("1 tablet\n- in the morning", "- in the morning"),
        ("- Adults\n  - Take 5\n    - 10 mg once a day.", "- 10 mg once a day."),
        ("Take ten\n- twenty tablets", "- twenty tablets"),
        ("The most in a day is\n1. Do not take more.", "1. Do not take more."),
        ("*5 mg* daily", "*5 mg*"),
        ("Take:\n1. 5 tablets\n2. 6 tablets", "1. 5 tablets"),
        ("The most is\n\n20. 5 mg is enough.", "20. 5 mg is enough."),
        ("1. Take it.\n3. Wait.\n7. Rest.", "3. Wait."),
        ("|When|How much|\n|---|---|\n|Morning|5 mg|10 mg|", "|Morning|5 mg|10 mg|"),
        ("|When|How much|\n|---|---|\n|Morning|", "|Morning|"),
        ("|Age|Dose|\n|---|---|\n|Adult|400 mg|\n3 | 5 a day", "3 | 5 a day"),
        ("Take 5\n10 minutes before food.", "Take 5 / 10 minutes before food."),
        ("Do not drive if you:\n- feel ill\nTake it with food.", "Take it with food."),
    ],
)
def test_what_can_be_meant_in_two_ways_is_asked_about_once(body, excerpt):
    (finding,) = found_by("typed-in-doubt", with_body(body))
    assert (finding.severity, finding.excerpt) == ("warns", excerpt)
    assert finding.instead


@pytest.mark.parametrize(
    "body",
    [
        "Take:\n\n- 1 tablet in the morning\n- 2 tablets at night",
        "Take:\n- 1 tablet in the morning\n- 2 tablets at night",
        "### Adults\n\n- 5 mg in the morning\n- 5 mg at night",
        "- Adults\n  - 5 mg\n- Children\n  - 2 mg",
        "### 12 years and over\n\nTake **5 mg** once a day.",
        "1. Take it.\n2. Wait 5 minutes.",
        "1. Take it.\n\n2. Wait.\n\nThen:\n1. Rest.",
        "Week 1: 5 mg\nWeek 2: 10 mg",
        "Call 999.\n\n+44 20 7946 0000 is our number.",
        "Call [0800 111 222](tel:+44800111222) or [our nurse](tel:999).",
        "| Age | Dose |\n|---|---|\n| 5 | 10 mg |\n\nRest.",
        "Dose: ____ mg. Use a\\_b and 5\\*\\*.",
        "::: tell\n- 1 of these\n- a rash\n:::",
        "[![Hold it](/media/a.png)](/hold/)",
        "* Swallow it whole.\n* Do not chew.",
        "*Only for adults.* Rest.\n\n* One.\n* Two.",
        "| Week | Night |\n|---|---|\n| - | - |",
        "### 12 years\n\nTake **5 mg**.\n\n### 500 mg tablets\n\nTake one.",
        "See [4] (page 5) and [a\\](b).",
        "First line.\n\n---\n\nMore.",
    ],
)
def test_ordinary_writing_passes(body):
    assert excerpts("typed-is-read", body) == []
    assert [text for text in excerpts("typed-in-doubt", body) if text != "- 1 of these"] == []


def test_all_that_patients_read_is_looked_at():
    content = make_content(
        title="**Testamol", key_facts=("Take 2*5 mg.", "> 50 kg", "Three."), sources=(SourceContent("A [b](c)."),)
    )
    first = dataclasses.replace(content.sections[0], heading="__Uses")
    content = dataclasses.replace(content, sections=(first, *content.sections[1:]))
    blocked = [(finding.place, finding.label) for finding in found_by("typed-is-read", content)]
    assert blocked == [("title", "Title"), (first.key, "__Uses"), ("sources", "Source 1")]
    asked = [(finding.label, finding.excerpt) for finding in found_by("typed-in-doubt", content)]
    assert asked == [("Key fact 1", "2*5 mg"), ("Key fact 2", "> 50 kg")]


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ("::: emergency Call 999 if your lips swell\nYou faint.\n:::", WORDS_BEHIND),
        ("::: emergency\nYou faint.\n\n::: tell\nA rash.\n:::", NOT_CLOSED % 4),
        ("::: emergency\n::: tell\nA rash.\n:::\n:::", NOT_CLOSED % 2),
        ("- one\n  ::: tell\n  A rash.\n:::", LEAVES_A_LIST),
        ("::: tell\nA rash.\n::: 5 mg", NOT_CLOSED % 3),
        (":: emergency\nYou faint.\n::", NO_CARD),
        ("：：： emergency\nYou faint.\n：：：", NO_CARD),
    ],
)  # fmt: skip
def test_a_card_that_is_not_whole_blocks_with_its_lines(body, message):
    found = found_by("care-card", with_body(body))
    assert found[0].message == message
    assert {finding.severity for finding in found} == {"blocks"}


@pytest.mark.parametrize(
    ("body", "instead"),
    [
        ("above 1.5 × 10^9/L", "10⁹"),
        ("75 mg/m^2", "m²"),
        ("75 mg/m^2^", "m²"),
        ("5 mg·kg^-1", "kg⁻¹"),
        ("(a + b)^2", ")²"),
    ],
)
def test_number_behind_a_caret_is_asked_about(body, instead):
    (finding,) = found_by("typed-in-doubt", with_body(f"{body} is usual."))
    assert finding.instead == f"Write “{instead}”, or say the number in words."


@pytest.mark.parametrize("body", ["Press ^ twice.", "About ~5 mg or ~10 mg.", "^1 and [^1]", "10⁹/L"])
def test_other_carets_and_tildes_are_not(body):
    content = with_body(body)
    assert found_by("typed-in-doubt", content) + found_by("typed-is-read", content) == []


@pytest.mark.parametrize(
    ("body", "line"),
    [
        ("Time\tMorning\tNight\nTablets\t1\t2", "Time Morning Night"),
        ("Age\tDose\nAdult\tone tablet", "Age Dose"),
        ("Adults    one    two\nChildren  half   one", "Adults one two"),
        ("- Adults\tone\ttwo", "Adults one two"),
    ],
)
def test_lines_in_columns_are_asked_about_once_as_they_are_read_as_sentences(body, line):
    (finding,) = found_by("typed-in-doubt", with_body(body))
    assert finding.message == f"This line stands in columns; patients would read it as a sentence: “{line}”."


@pytest.mark.parametrize(
    "body",
    [
        "Take\tone tablet.",
        "Monday:\tone tablet\nTuesday:\ttwo tablets",
        "Rest.   Then take one.",
        "\tIndented\n\ttwice",
    ],
)
def test_wide_space_that_parts_no_columns_is_not(body):
    assert found_by("typed-in-doubt", with_body(body)) == []

"""Heads and feet of pages are told from the text, and never end a sentence."""

import pytest

from monographs.exchange.unmarked.plain_text import read_plain_text


def imported(text: str):
    return read_plain_text(f"How to take Testamol\n\n{text}\n\nStorage\n\nKeep it dry.", medicine="Testamol")


def body(text: str) -> str:
    return imported(text).content.sections[0].body


@pytest.mark.parametrize("foot", ["Page 2 of 6", "page 2", "– Page 2 of 6 –", "2/6", "Seite 2 von 6", "صفحة 2 من 6"])
@pytest.mark.parametrize("gap", ["\n", "\n\n"])
def test_foot_does_not_end_a_sentence(foot, gap):
    found = imported(f"You may take it in the morning before you{gap}{foot}{gap}have eaten something.")

    assert found.content.sections[0].body == "You may take it in the morning before you have eaten something."
    assert [section.heading for section in found.content.sections][-1] == "Left over from the page"
    assert found.content.sections[-1].body.replace("\\", "") == foot
    assert foot in found.remarks[0].text


def test_dated_foot_that_counts_pages_is_told():
    text = "Take it with\n\nRevised 11/2024 · 2\n\nwater each day.\n\nRest.\n\nRevised 11/2024 · 3\n\nDrink."
    assert body(text) == "Take it with water each day.\n\nRest.\n\nDrink."


def test_head_of_two_lines_between_pages_is_taken_out():
    head = "Testamol 10 mg tablets\nThe clinic's leaflet"
    text = f"Adults\n\nTake 1.\n\nPage 1 of 3\n{head}\n\nChildren\n\nTake half.\n\nPage 2 of 3\n{head}\n\nRest."
    assert body(text) == "### Adults\n\nTake 1.\n\n### Children\n\nTake half.\n\nRest."


def test_list_that_a_page_parts_stays_one_list():
    assert (
        body("- lie down\n- take it with\n\nPage 2 of 6\n\nfood\n- rest") == "- lie down\n- take it with food\n- rest"
    )


@pytest.mark.parametrize("line", ["Adults", "Take 1 tablet.", "5 mg", "For pain", "Once a day", "Common"])
def test_line_that_comes_again_in_the_text_is_no_head(line):
    text = "\n\n".join(f"Words {number}.\n\n{line}\n\nMore words {number}." for number in range(1, 5))
    assert body(text).count(line) == 4


@pytest.mark.parametrize("line", ["1/2", "Step 1", "Week 1", "1 tablet", "20", "See page 4"])
def test_number_in_the_text_counts_no_page(line):
    assert line in body(f"First words.\n\n{line}\n\nLast words.").replace("\\", "")


@pytest.mark.parametrize("label", ["Week", "Day", "Step"])
def test_steps_that_count_are_no_pages(label):
    text = "\n\n".join(f"{label} {number}\n\nTake {number} mg." for number in range(1, 6))
    assert body(text).count(label) == 5


def test_half_a_tablet_between_two_lines_stays():
    assert "1/2" in body("Children take\n\n1/2\n\ntablet each day.")


def test_two_numbers_at_a_pages_end_are_not_joined_to_one():
    assert "5 10" not in body("Take 5\n\nPage 2 of 6\n\n10 mg tablets.").replace("\n", " ").replace("5  10", "")


def test_page_break_sign_ends_no_sentence():
    text = (
        "Take it with food and\n\n3\n\f\nwater.\n\n"
        + "\n\n".join(f"Sentence {n}." for n in range(20))
        + "\n\n4\n\fEnd."
    )
    assert body(text).startswith("Take it with food and water.\n\nSentence 0.")


@pytest.mark.parametrize(
    "line", ["Take 1 tablet twice a day.", "For fever\n\nAdults", "10 mg at night", "For fever\n\n5 mg"]
)
def test_advice_that_stands_twice_beside_a_pages_number_stays(line):
    text = f"Page 1 of 3\n\n{line}\n\nWords.\n\nPage 2 of 3\n\n{line}\n\nMore words."
    for part in line.split("\n\n"):
        assert body(text).count(part) == 2


def test_fractions_count_pages_up_to_the_last():
    assert body("Take it.\n\n5/6\n\nRest.\n\n6/6\n\nDrink.") == "Take it.\n\nRest.\n\nDrink."
    assert "6/5" in body("Take it.\n\n5/5\n\nRest.\n\n6/5\n\nDrink.").replace("\\", "")


@pytest.mark.parametrize(("second", "is_foot"), [(2, True), (3, True), (4, False)])
def test_a_foot_may_be_missing_on_one_page_and_on_no_more(second, is_foot):
    text = f"Take it.\n\nThe clinic, page 1\n\nRest.\n\nThe clinic, page {second}\n\nDrink."
    assert ("The clinic" not in body(text)) == is_foot


@pytest.mark.parametrize(("first", "apart", "is_foot"), [(1, 10, True), (3, 10, True), (4, 10, False), (1, 9, False)])
def test_bare_numbers_count_pages_where_they_begin_early_and_stand_a_page_apart(first, apart, is_foot):
    between = "\n\n".join(f"Sentence {'x' * number}." for number in range(apart))
    text = f"Take it with food and\n\n{first}\n\nwater.\n\n{between}\n\n{first + 1}\n\nEnd."
    assert body(text).startswith("Take it with food and water.") == is_foot

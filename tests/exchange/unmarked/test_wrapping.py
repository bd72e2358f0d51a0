"""Wrapped lines are one line again; lines that are lines stay."""

import textwrap

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monographs.exchange.formats import read
from monographs.exchange.unmarked.wrapping import join, unwrap, usual_width

PROSE = (
    "Take this anti-inflammatory medicine with food, and take each day between 5 and 10 mg of it, as your doctor told "
    "you. If you forget a dose, take it as soon as you remember it; but if it is almost time for the next one, skip "
    "the one that you forgot. Never take two doses at once to make up for it, because that may harm your kidneys."
)


def bodies(text: str, filename: str) -> str:
    heading = "How to take Testamol\n\n" if filename.endswith("txt") else "## How to take Testamol\n\n"
    return read((heading + text).encode(), filename=filename, medicine="Testamol").content.sections[0].body


@pytest.mark.parametrize("filename", ["a.txt", "a.md"])
@pytest.mark.parametrize("width", [60, 66, 72, 80, 90, 100])
def test_wrapped_paragraph_is_one_line_again(filename, width):
    assert bodies(textwrap.fill(PROSE, width, break_on_hyphens=False), filename) == PROSE


@pytest.mark.parametrize("filename", ["a.txt", "a.md"])
@pytest.mark.parametrize(
    "lines",
    [
        ["Week 1: 5 mg", "Week 2: 10 mg", "Week 3: 20 mg"],
        ["Take 5", "10 minutes before food."],
        ["The clinic", "1 High Street", "Anytown"],
        ["Adults: take one or two 500 mg tablets every four to six hours when you need them",
         "Children: take half a 500 mg tablet every six hours, and not more than four times"],
        ["Take one 500 mg tablet in the morning with a glass of water and with some food.",
         "Take one 250 mg tablet in the evening with a glass of water before going to bed."],
        ["1 tablet in the morning for the first week of your treatment with this medicine",
         "2 tablets in the morning for the second week of your treatment with this medicine"],
        ["Swallow the tablet whole", "with a glass of water."],
    ],
)  # fmt: skip
def test_lines_stay_lines(filename, lines):
    assert bodies("\n".join(lines), filename) == "\n".join(lines)
    among_prose = bodies(textwrap.fill(PROSE, 80) + "\n\n" + "\n".join(lines), filename)
    assert among_prose.endswith("\n\n" + "\n".join(lines))


@pytest.mark.parametrize("filename", ["a.txt", "a.md"])
def test_wrapped_items_of_a_list_are_one_line_each(filename):
    items = [f"- {part}." for part in PROSE.split(". ")[:2]]
    text = "\n".join(textwrap.fill(item, 70, subsequent_indent="  ", break_on_hyphens=False) for item in items)
    assert bodies(f"{textwrap.fill(PROSE, 70, break_on_hyphens=False)}\n\n{text}", filename).endswith(
        "\n\n" + "\n".join(items)
    )


@pytest.mark.parametrize(
    ("above", "below", "together"),
    [
        ("an anti-", "inflammatory", "an anti-inflammatory"),
        ("between 5-", "10 mg", "between 5-10 mg"),
        ("between 5–", "10 mg", "between 5–10 mg"),
        ("a 12-", "hour day", "a 12-hour day"),
        ("take it -", "or not", "take it - or not"),
        ("with", "food", "with food"),
    ],
)
def test_hyphen_at_a_lines_end_stays(above, below, together):
    assert join(above, below) == together


def test_two_numbers_are_never_joined():
    text = textwrap.fill(PROSE, 72).split("\n")
    text[1] = text[1][:66].rstrip() + " 5"
    text[2] = "10 mg " + text[2]
    assert any(line.endswith(" 5") for line in unwrap(text, 72))


WORDS = ["Take", "5", "10 mg", "a", "day", "with food,", "Then", "rest.", "5-", "-", "•", "50"]


@given(st.lists(st.sampled_from(WORDS), max_size=60), st.integers(20, 120))
def test_every_word_stays_in_its_place(words, width):
    typed = " ".join(words)
    lines = textwrap.wrap(typed, width, break_on_hyphens=False)
    joined = unwrap(lines, usual_width(lines))

    assert "".join("".join(joined).split()) == "".join(typed.split())
    for word in " ".join(joined).split():
        assert word in typed.split() or word.startswith("5-")

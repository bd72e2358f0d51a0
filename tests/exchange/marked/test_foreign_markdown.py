"""Markdown that other people wrote, for other programs: its words and its structure come in, its tricks do not."""

import random
import re

import pytest

from monographs.exchange.marked.markdown import read_markdown
from monographs.text.markup.markdown import plain, render


def imported(text: str):
    return read_markdown(f"## How to take Testamol\n\n{text}\n", medicine="Testamol")


def body(text: str) -> str:
    (section,) = imported(text).content.sections
    return section.body


def shown(text: str) -> str:
    return " ".join(plain(body(text)).split())


@pytest.mark.parametrize(
    ("theirs", "ours"),
    [
        ("* one\n* two", "- one\n- two"),
        ("+ one\n+ two", "- one\n- two"),
        ("* one\n    + deeper\n* two", "- one\n  - deeper\n- two"),
        ("1) one\n2) two", "1) one\n2) two"),
        ("*now* and _then_ and __never__", "*now* and *then* and **never**"),
        ("&lt; 5 mg &amp; rest &#8211; now", "< 5 mg & rest – now"),
        ("`5 mg` a day", "5 mg a day"),
        ("```\nTake 5 mg.\n\nRest.\n```", "Take 5 mg.\n\nRest."),
        ("    Take 5 mg.", "Take 5 mg."),
        ("> Words.\n> More.", "Words.\nMore."),
        ("one  \ntwo", "one\ntwo"),
        ("one\\\ntwo", "one\ntwo"),
        ("one<br>two", "one\ntwo"),
        ("[site][1]\n\n[1]: https://a.example/x", "[site](https://a.example/x)"),
        ("[site]\n\n[site]: https://a.example/x 'Title'", "[site](https://a.example/x) (Title)"),
        ("<https://a.example/x>", "[https://a.example/x](https://a.example/x)"),
        ("[call](tel:999 'not 112')", "[call](tel:999) (not 112)"),
        ("One.\n\n***\n\nTwo.", "One.\n\nTwo."),
    ],
)
def test_what_ours_can_say_is_said_in_ours(theirs, ours):
    assert body(theirs) == ours


@pytest.mark.parametrize(
    "typed",
    [
        "Take 2*5 mg in the morning and 3*5 mg at night.",
        "Take 5*2*3 mg",
        "Doses:\n\n[Children]: half-dose",
        "[5]: 10mg",
        '[Note]: Stop "if you feel faint"',
        "Take 500 mg twice a day if you weigh\n> 50 kg. Otherwise take 250 mg.",
        ">75 years: take 5 mg",
        "Keep it at\n- 20 °C.",
        "Take 5\n- 10 mg once a day.",
        "Each tablet has paracetamol 500 mg\n+ codeine 8 mg.",
        "The most in a day is\n\n20. Do not take more.",
        "1. 12. 2026 first dose",
        "Take your first dose on:\n1. 5 tablets",
        "1. Take 5 mg.\n3. Wait.\n4. Repeat step 3.",
        "[5 mg](10)",
        "Stop if <Day:5> and take <mg:10>",
        "Below <5 mg and >7 mg",
    ],
)
def test_signs_that_no_other_program_knows_as_words_are_words(typed):
    assert shown(typed) == " ".join(typed.split())


def test_no_cell_of_a_table_is_cut():
    assert (
        shown("|When|How much|\n|---|---|\n|Morning|5 mg|10 mg if severe|")
        == "When How much Morning 5 mg 10 mg if severe"
    )


def test_sentence_below_a_table_is_no_row():
    text = "|Age|Dose|\n|---|---|\n|Adult|400 mg|\nNever more than 3 | 5 tablets a day.\nChildren: ask first."
    assert shown(text) == "Age Dose Adult 400 mg Never more than 3 | 5 tablets a day. Children: ask first."


def test_line_under_an_amount_makes_no_heading():
    found = imported("Keep below 25 °C\n---\nand dry")
    assert found.content.sections[0].body == "Keep below 25 °C\n\nand dry"
    assert "Keep below 25 °C" in found.remarks[0].text


def test_heading_that_names_no_kind_stays_in_its_section_with_all_below_it():
    text = (
        "Swallow it whole.\n\n## For pain\n\n### Adults\n\nOne.\n\n### Children\n\nTwo.\n\n"
        "## For fever\n\n### Adults\n\nThree."
    )
    assert body(text) == (
        "Swallow it whole.\n\n### For pain\n\n#### Adults\n\nOne.\n\n#### Children\n\nTwo.\n\n"
        "### For fever\n\n#### Adults\n\nThree."
    )


def test_underlined_headings_are_sections():
    content = read_markdown("Uses\n====\n\nPain.\n\nStorage\n-------\n\nDry.", medicine="Testamol").content
    assert [(section.kind, section.body) for section in content.sections] == [("uses", "Pain."), ("storage", "Dry.")]


def test_bold_words_before_a_letter_are_bold():
    assert "<strong>Do not drive.</strong>" in render(body("**Do not drive.**Call us."))


def test_what_was_changed_is_told_with_its_line():
    found = imported("> Quoted\n\n```\ncode\n```\n\n<!-- hidden -->\n")
    assert [(remark.line, remark.text) for remark in found.remarks] == [
        (3, "A quotation became ordinary text: “Quoted”."),
        (5, "Code became ordinary text: “code”."),
        (9, "A comment was left out: “hidden”."),
    ]


def test_words_on_the_line_of_a_fence_stay():
    assert body("```Take 5 mg\nand rest.") == "Take 5 mg\nand rest."


def test_file_with_marked_sections_is_taken_as_it_is():
    text = "## How to take it {#dosage}\n\n* one\n* two\n\n> 50 kg\n\nLong line\nshort"
    assert (
        read_markdown(text, medicine="Testamol").content.sections[0].body
        == "* one\n* two\n\n> 50 kg\n\nLong line\nshort"
    )


BITS = [
    "a1", "B7 ", " ", "\n", "\n\n", "    ", "* ", "*", "**", "_", "`", "```", "~~~", "[", "](", "]: ", "<", "> ", "## ",
    "- ", "+ ", "---\n", "|", "|\n|---|---|\n", ":::", "\\", "1. ", "20. ", "3) ", "!", "(x)", "\t", "5", "10 mg", "5-",
    "•", "'q'", "<mg:10>", "  \n", "\\\n",
]  # fmt: skip


def test_no_letter_and_no_number_of_any_typing_is_lost_joined_or_moved():
    rnd = random.Random(11)  # noqa: S311 - a test's choice of characters, no secret
    for _round in range(600):
        typed = "x9" + "".join(rnd.choice(BITS) for _ in range(rnd.randint(1, 22))) + "y8"
        content = read_markdown(typed, medicine="Testamol").content
        read = "\n".join(
            f"{section.heading.removeprefix('In short')}\n{plain(section.body)}" for section in content.sections
        )
        assert re.findall(r"\d+", read) == re.findall(r"\d+", typed), typed
        assert sorted(re.findall(r"[^\W_]", read)) == sorted(re.findall(r"[^\W_]", typed)), typed


def headings(text: str) -> list[str]:
    return [section.heading for section in read_markdown(text, medicine="Testamol").content.sections]


def test_a_table_of_contents_is_no_section():
    text = "# Testamol\n\n## What is in this leaflet\n\n- Uses\n\n## Uses of Testamol\n\nPain.\n"
    assert headings(text) == ["In short", "Uses of Testamol"]


def test_a_heading_that_has_an_amount_is_no_section_either():
    text = "## Uses of Testamol\n\nPain.\n\n# %s\n\nNever more.\n"
    assert headings(text % "5 mg twice a day") == ["Uses of Testamol"]
    assert headings(text % "Above all") == ["Uses of Testamol", "Above all"]


def test_headings_below_one_that_names_no_kind_go_down_with_it_until_the_next_section():
    text = "## Dosage\n\n## Fever\n\n### Adults\n\n5 mg.\n\n## Side effects\n\n### Common\n\nSleep.\n"
    sections = {one.kind: one.body for one in read_markdown(text, medicine="Testamol").content.sections}
    assert sections["dosage"] == "### Fever\n\n#### Adults\n\n5 mg."
    assert sections["side_effects"] == "### Common\n\nSleep."

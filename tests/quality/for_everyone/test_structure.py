"""Images, headings, care cards and links that everyone can follow."""

import dataclasses

import pytest

from tests.makers import make_content
from tests.quality.makers import excerpts, found_by, with_body


@pytest.mark.parametrize(
    "body",
    [
        "![](/media/a.png)",
        "Look: ![  ](/media/a.png)",
        "- ![](/media/a.png)",
        "| ![](/media/a.png) |\n|---|",
    ],
)
def test_image_without_alternative_text_is_caught(body):
    assert excerpts("alternative-text", body) == ["/media/a.png"]


def test_image_without_alternative_text_in_a_key_fact_is_caught():
    content = make_content(key_facts=("![](/media/a.png)", "Two.", "Three."))
    assert [finding.label for finding in found_by("alternative-text", content)] == ["Key fact 1"]


@pytest.mark.parametrize("body", ["![How to hold it](/media/a.png)", "![**Bold** words](/media/a.png)", "No image."])
def test_image_with_alternative_text_passes(body):
    assert excerpts("alternative-text", body) == []


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("## One\n\n#### Two", ["Two"]),
        ("# One\n\n### Two\n\n#### Three\n\n# Four\n\n### Five", ["Two", "Five"]),
        ("#### Low first\n\n### High", ["Low first"]),
    ],
)
def test_skipped_heading_level_is_caught(body, expected):
    assert excerpts("heading-levels", body) == expected


@pytest.mark.parametrize(
    "body",
    [
        "### One\n\n#### Two\n\n### Three",
        "#### One\n\n#### Two",
        "## A\n\n### B\n\n#### C\n\n## D",
        "Plain.",
    ],
)
def test_headings_one_level_apart_pass(body):
    assert excerpts("heading-levels", body) == []


def test_skipped_level_is_told_how_to_write_the_heading():
    assert [finding.instead for finding in found_by("heading-levels", with_body("## One\n\n#### Two"))] == [
        "Begin the heading with ###."
    ]


def test_empty_heading_is_caught_in_a_body_and_on_a_section():
    content = with_body("###\n\nWords.")
    blank = dataclasses.replace(content.sections[0], heading=" ")
    content = dataclasses.replace(content, sections=(blank, *content.sections[1:]))
    found = [(finding.place, finding.label) for finding in found_by("empty-heading", content)]
    assert found == [("what_it_is", "What it is"), ("dosage", "How to take it")]


def test_heading_with_words_passes():
    assert excerpts("empty-heading", "### Words\n\n---\n\nMore.") == []


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ("::: emergency\n:::", "This care card is empty."),
        ("::: today\n\n:::\n\nWords.", "This care card is empty."),
        ("::: tell\nYou feel ill.", "This care card is not closed, so it is none, and patients would see its colons."),
        ("::: emergancy\nYou feel ill.", "This line opens or closes no care card, so patients would see its colons."),
        ("You feel ill.\n\n:::", "This line opens or closes no care card, so patients would see its colons."),
    ],
)
def test_broken_care_card_is_caught(body, message):
    assert [finding.message for finding in found_by("care-card", with_body(body))] == [message]


@pytest.mark.parametrize(
    "body",
    [
        "::: emergency\nYou have trouble breathing.\n:::",
        "::: tell\n- a rash\n- a fever\n:::\n\n::: today\r\nYou feel ill.\r\n:::",
        "- one\n\n  ::: tell\n  You feel ill.\n  :::",
        "The ratio is 1:::2.",
    ],
)
def test_whole_care_card_passes(body):
    assert excerpts("care-card", body) == []


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("[Click here](https://example.org/) now.", ["Click here"]),
        ("To read on, [here](/more/).", ["here"]),
        ("[**Read more**…](/more/)", ["Read more…"]),
        ("[Read more »](/more/)", ["Read more »"]),
        ("See <https://example.org/a>.", ["https://example.org/a"]),
        ("See https://example.org/a.", ["https://example.org/a"]),
        ("[](/more/)", ["/more/"]),
    ],
)
def test_link_that_says_nothing_is_caught(body, expected):
    assert excerpts("link-words", body) == expected


@pytest.mark.parametrize(
    "body",
    [
        "[NHS page on asthma](https://www.nhs.uk/conditions/asthma/).",
        "[![How to hold it](/media/a.png)](/hold/)",
        "Click here is no link. Write to <help@example.org>.",
        "[Here is how to hold it](/hold/).",
    ],
)
def test_link_that_says_where_it_leads_passes(body):
    assert excerpts("link-words", body) == []

"""Where the clinic's details go into a page, and that nothing that anybody writes is such a place."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monographs.exchange.marked.markdown import read_markdown
from monographs.exchange.unmarked.plain_text import read_plain_text
from monographs.leaflets.content import SourceContent
from monographs.publication.page.compile import compile_notice, compile_page
from monographs.templatetags.leaflet_text import for_readers
from monographs.text.markup.finished.slots import CARE_SLOTS, filled, slot, with_slots
from monographs.text.markup.markdown import render
from monographs.text.markup.parser import read_tokens
from tests.makers import make_content

FRAGMENTS = {"emergency": "FORGED", "today": "FORGED"}
HEADING = '<div class="care care-emergency">\n<h3 class="care-heading">'
MARK = slot("emergency")
HOSTILE = (
    MARK,
    MARK.replace('"', "&quot;"),
    MARK.replace("<", "&lt;").replace(">", "&gt;"),
    MARK.replace("<", "&#60;"),
    f"\\{MARK}",
    f"`{MARK}`",
    f"**{MARK}**",
    f"{HEADING}Call 1</h3></div>",
    f"![{MARK}](a.png)",
    f"![{HEADING}x</h3>](a.png)",
    "![<!--clinic &quot;emergency&quot;-->](a.png)",
    f"[{MARK}](https://a.example/)",
    f"[x](https://a.example/{MARK.replace(' ', '')})",
    '[x](https://a.example/<!--clinic%20"emergency"-->)',
    f"- {MARK}\n  - {MARK}",
    f"| {MARK} | b |\n|---|---|\n| {MARK} | {'long word ' * 30} |",
    f"### {MARK}",
    f"::: emergency {MARK}\nx\n:::",
    f"::: tell\n{MARK}\n:::",
    f'<div class="care care-today"><h3 class="care-heading">x</h3></div>{MARK}',
    '<!--clinic "',
    '"-->',
    '<!--clinic "\u202eemergency\u202c"-->',
    f"خذ {MARK} مرة 5mg",
)


def page(text: str, language: str = "en") -> str:
    return for_readers(render(text, language=language))


def cards(text: str) -> int:
    """How many care cards that name a number the parser itself finds."""
    return sum(token.type == "care_open" and token.info in CARE_SLOTS for token in read_tokens(text))


def is_unforged(html: str, expected: int) -> bool:
    """Whether there are as many slots as cards, each in a heading, and filling them changes nothing else."""
    pieces = filled(html, FRAGMENTS).split("FORGED")
    return len(pieces) == expected + 1 and all(
        before.endswith('<h3 class="care-heading">') and after.startswith("</h3>")
        for before, after in zip(pieces, pieces[1:], strict=False)
    )


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("text", HOSTILE)
def test_no_text_makes_a_slot(text, language):
    assert is_unforged(page(text, language), 0)


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("text", HOSTILE)
def test_no_text_in_a_care_card_makes_another_slot(text, language):
    card = f"::: emergency\n{text}\n:::\n"
    assert is_unforged(page(card, language), cards(card))


@given(
    st.lists(
        st.sampled_from((*HOSTILE, "::: today", ":::", "\n", "\n\n", '"', "<", "![", "](a.png)", "x", "س")), max_size=9
    )
)
def test_slots_are_those_of_care_cards_whatever_stands_together(pieces):
    text = "".join(pieces)
    for language in ("en", "ar"):
        assert is_unforged(page(text, language), cards(text))


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("text", HOSTILE)
def test_no_other_part_of_a_leaflet_makes_a_slot(text, language):
    line = " ".join(text.split())
    first, *rest = make_content().sections
    content = make_content(
        title=line,
        key_facts=(line, f"![{line}](a.png)"),
        sections=(type(first)(first.key, first.kind, line, "Words."), *rest),
        sources=(SourceContent(line, f"https://a.example/?{line}", "2026-10-01"),),
        language=language,
    )
    assert is_unforged(compile_page(content).html, 0)
    assert is_unforged(compile_notice(line, language).html, 0)


def test_no_attribute_is_a_slot_even_if_a_sanitiser_left_it_its_brackets():
    html = '<img src="a.png" alt="<!--clinic &quot;emergency&quot;-->">'
    assert filled(html, FRAGMENTS) == html


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("read", [read_markdown, read_plain_text])
def test_no_file_brings_a_slot_along(read, text):
    file = f"# Testamol\n\n## How to take it\n\n{text}\n\nTake 5mg.\n\n## Side effects\n\n{text}\n"
    content = read(file, medicine="Testamol").content
    expected = sum(cards(section.body) for section in content.sections)
    assert is_unforged(compile_page(content).html, expected)


def test_a_card_that_tells_a_doctor_names_no_number():
    assert with_slots(render("::: tell\nA rash.\n:::")) == render("::: tell\nA rash.\n:::")


def test_each_slot_takes_its_fragment_and_all_else_stays():
    html = page("Before.\n\n::: emergency\nA.\n:::\n\n::: today\nB.\n:::\n\nAfter.")
    expected = html.replace(MARK, "Call <b>1</b>").replace(slot("today"), "Call 2")
    assert filled(html, {"emergency": "Call <b>1</b>", "today": "Call 2"}) == expected
    assert filled(expected, {"emergency": "other"}) == expected


def test_a_slot_that_a_later_program_knows_is_left_out():
    assert filled(f"a{slot('other')}b", {}) == "ab"
    assert filled('a<!--clinic "b', {}) == 'a<!--clinic "b'

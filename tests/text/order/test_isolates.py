"""What keeps its own order in a right-to-left text is told from what stands in the sentence's, and no word changes.

Which order a browser then paints is measured in `tests/browser/test_right_to_left.py`.
"""

import re
from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monographs.text.markup.markdown import plain, render, render_line
from monographs.text.order.in_order import in_order
from monographs.text.order.isolates import isolates, marked
from monographs.text.order.letters import text_direction


def shown(text: str, direction: str = "rtl") -> str:
    """The text with ⟦…⟧ around what reads from left to right and ⟪…⟫ around what reads from right to left."""

    def part(found, start, end):
        pieces = []
        for isolate in found:
            signs = "⟦⟧" if isolate.direction == "ltr" else "⟪⟫"
            pieces += [
                text[start : isolate.start],
                signs[0],
                part(isolate.within, isolate.start, isolate.end),
                signs[1],
            ]
            start = isolate.end
        return "".join((*pieces, text[start:end]))

    return part(isolates(text, direction), 0, len(text))


@pytest.mark.parametrize(
    "whole",
    [
        "5-10 mg", "5 – 10 mg", "1,000mg", "12:00–14:00", "-20 °C", "2026-11-28", "1/6/2028", "1/2", "120/80", "50%",
        "1½ mg", "0800 123 456", "+44 20 7946 0958", "(020) 7946 0000", "Co-codamol 8/500 (Tylex)", "Vitamin B12",
        "A02BC01", "https://x.example/a-b?c=1", "a.b@c.example", "5 mg → 10 mg → 15 mg", "500 mg to 1 g",
        "5 mg -> 10 mg",
        "Take 5 mg, then 10 mg at night", "Week 1: 5 mg; Week 2: 10 mg", "(5 mg)", "≥ 50 kg", "3 x 5 mg", "1 in 10",
        "Amoxicillin 500 mg / clavulanic acid 125 mg", "5 mg (half a tablet)", "500 mg/5 ml (100 ml)", "*123#",
        "1 000 IU",
    ],
)  # fmt: skip
def test_what_is_read_as_one_is_one_isolate(whole):
    for before, after in (("خذ ", " كل يوم"), ("", " كل يوم."), ("و", "، ثم"), ("(", " مرتين)"), ("קחו ", " ביום")):
        if before != "و" or whole[0] not in "-+":  # a hyphen behind a letter is that word's
            assert shown(f"{before}{whole}{after}") == f"{before}⟦{whole}⟧{after}"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("خذ 5-10 ملغ كل يوم", "خذ ⟦5-10⟧ ملغ كل يوم"),
        ("خذ 500 mg 3 مرات", "خذ ⟦500 mg⟧ 3 مرات"),
        ("خذ 500 mg - 3 مرات", "خذ ⟦500 mg⟧ - 3 مرات"),
        ("خذ 500 mg (3 مرات)", "خذ ⟦500 mg⟧ (3 مرات)"),
        ("Paracetamol 500 ملغ", "⟦Paracetamol⟧ 500 ملغ"),
        ("Paracetamol 5 - 10 ملغ", "⟦Paracetamol⟧ ⟦5 - 10⟧ ملغ"),
        ("Ritalin 2 بار در روز", "⟦Ritalin⟧ 2 بار در روز"),
        ("Ritalin 2 گولیاں", "⟦Ritalin⟧ 2 گولیاں"),
        ("Ritalin 2 טבליות", "⟦Ritalin⟧ 2 טבליות"),
        ("خذ 5 ملغ → 10 ملغ", "خذ ⟦⟪5 ملغ⟫ → ⟪10 ملغ⟫⟧"),
        ("خذ 5 mg ← 10 mg", "خذ ⟦5 mg⟧ ← ⟦10 mg⟧"),
        ("خذ 5 mg، 10 mg", "خذ ⟦5 mg⟧، ⟦10 mg⟧"),
        ("خذ 5 mg, 10 mg ثم", "خذ ⟦5 mg⟧, ⟦10 mg⟧ ثم"),
        ("1. 5 mg ثم", "1. ⟦5 mg⟧ ثم"),
        ("ב-5 mg ביום", "ב-⟦5 mg⟧ ביום"),
        ("خذ 1 000 ملغ", "خذ ⟦1 000⟧ ملغ"),
    ],
)
def test_a_number_stays_with_the_word_that_counts_and_parts_of_a_sentence_in_its_order(text, expected):
    assert shown(text) == expected


@pytest.mark.parametrize(
    "text", ["خذ 5 ملغ", "في 2024 م", "خذ قرصين", "خذ Panadol كل يوم", "٥-١٠ ملغ", "خذ 5, 10, 15 ثم"]
)
def test_what_unicode_puts_right_by_itself_is_left_alone(text):
    assert shown(text) == text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ask for باراسيتامول 500 mg now", "Ask for ⟪باراسيتامول⟫ 500 mg now"),
        ("باراسيتامول 500, بنادول 250", "⟪باراسيتامول⟫ 500, ⟪بنادول⟫ 250"),
        ("5 ملغ → 10 ملغ", "⟪5 ملغ⟫ → ⟪10 ملغ⟫"),
        ("say خذ 5-10 ملغ كل يوم please", "say ⟪خذ ⟦5-10⟧ ملغ كل يوم⟫ please"),
        ("Panadol (بنادول (شراب)) 5", "Panadol (⟪بنادول (شراب)⟫) 5"),
    ],
)
def test_right_to_left_words_in_a_left_to_right_text_are_isolated_too(text, expected):
    assert shown(text, "ltr") == expected


def test_a_stretch_is_found_across_the_tags_within_it():
    assert render_line("خذ **5**-10 mg الآن", language="ar") == (
        'خذ <bdi dir="ltr"><strong>5</strong>-10 mg</bdi> الآن'
    )
    assert render_line("خذ 5 mg → **10 mg الآن**", language="ar") == (
        'خذ <bdi dir="ltr">5 mg → <strong>10 mg</strong></bdi><strong> الآن</strong>'
    )
    assert render("A [leaflet](https://x.example) 5-10", language="en") == (
        '<p>A <a href="https://x.example" rel="noopener nofollow">leaflet</a> 5-10</p>\n'
    )


def test_what_is_isolated_already_stays_and_asking_twice_changes_nothing():
    html = '<p dir="rtl">خذ <bdi dir="ltr">5-10 mg</bdi> <a href="tel:1" dir="ltr">0800 123</a> و 5-10 mg.</p>'
    once = in_order(html, "rtl")
    assert once == html.replace("و 5-10 mg", 'و <bdi dir="ltr">5-10 mg</bdi>')
    assert in_order(once, "rtl") == once


def test_a_page_in_latin_letters_keeps_its_bytes():
    html = "<p>Take 5-10 mg &amp; wait; call 0800 123 456.</p>"
    assert in_order(html, "ltr") is html
    assert in_order(html, "auto") is html


def test_joined_emoji_and_marks_are_no_right_to_left_words():
    html = "<p>A family \U0001f468\u200d\U0001f469\u200d\U0001f467, Zoe\u0308.</p>"
    assert in_order(html, "ltr") is html
    assert in_order(f"{html}<p>خذ 5</p>", "ltr") == f'{html}<p><bdi dir="rtl">خذ</bdi> 5</p>'
    assert in_order("<p>Ask for خذ now</p>", "ltr") == "<p>Ask for خذ now</p>"


def test_plain_text_gets_unicodes_own_signs():
    assert marked("خذ 5-10 mg\nCo-codamol 8/500", "rtl") == "خذ \u20665-10 mg\u2069\n\u2066Co-codamol 8/500\u2069"
    assert marked("باراسيتامول 500", "ltr") == "\u2067باراسيتامول\u2069 500"
    assert marked("٠٨٠٠ ١٢٣ ٤٥٦", "rtl") == "\u2066\u202d٠٨٠٠ ١٢٣ ٤٥٦\u202c\u2069"
    assert marked("Take 5-10 mg.", "ltr") == "Take 5-10 mg."


def test_direction_of_a_text_is_that_of_its_first_letter():
    assert [text_direction(text) for text in ("5 خذ a", "5 a خذ", "12", "½ خذ")] == ["rtl", "ltr", "ltr", "rtl"]


SIGNS = st.text(alphabet="خذملغ قرص ab mg 0159٥۵ -–→←/.,،؛:()[]*_<>&\"'%\n\u064e½", max_size=60)


@given(SIGNS, st.sampled_from(["rtl", "ltr"]))
def test_no_word_is_changed(text, direction):
    found = isolates(text, direction)
    assert all(one.start < one.end <= other.start for one, other in zip(found, found[1:], strict=False))
    assert all(one.start < one.end <= len(text) for one in found)
    assert re.sub("[\u2066\u2067\u2069\u202c\u202d]", "", marked(text, direction)) == text


@given(SIGNS, st.sampled_from(["ar", "en"]))
def test_pages_read_the_same_words_with_isolates_as_without(source, language):
    with_isolates = render(source, language=language)
    again = in_order(with_isolates, "rtl" if language == "ar" else "ltr")
    assert again == with_isolates
    assert "bdi" not in plain(source, language=language)
    welsh = render(source, language="cy")
    assert unescape(re.sub("<[^>]*>", "", with_isolates)) == unescape(re.sub("<[^>]*>", "", welsh))


@pytest.mark.parametrize(
    "unit",
    [
        "5",
        "5 ",
        "5-",
        " ",
        "( ",
        "(",
        ")",
        "5( ",
        "5 mg → ",
        "خ5-",
        "خ5 ملغ → ",
        "<",
        ". ",
        "→ ",
        "a, ",
        "5،",
        "mg/",
        "[(]) ",
    ],
)
def test_fifty_thousand_hostile_signs_are_read_once(unit):
    """Were any of it quadratic, this file would take minutes."""
    text = f"خ {unit * (50_000 // len(unit))} خ"
    for direction in ("rtl", "ltr"):
        assert re.sub("<[^>]*>", "", in_order(text.replace("<", "&lt;"), direction)) == text.replace("<", "&lt;")

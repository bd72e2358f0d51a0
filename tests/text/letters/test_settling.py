"""The signs that word processors and PDFs leave behind are put right, and nothing else is touched."""

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monographs.text.letters.settling import settle, settle_facts, settle_line, settle_signs

# Letters, digits and every sign that settling knows, so that they meet each other often.
_SIGNS = st.sampled_from(
    list("aeZ5０９７½²ﬁﬄÅµμºC°gmЖα・ \n\t-–—•·o§1).,:|#*") + ["\r\n", "\u000b", "\u0085", "\u2028", "\u00a0", "\u3000"]
    + ["\u00ad", "\ufeff", "\u2011", "\uf0b7", "\uf0a7", "\uf06d", "\uf0b3", "\uf035", "\uf06f", "\u0308"]
    + ["Take ", "o\t"]
)  # fmt: skip
ANY_TEXT = st.lists(_SIGNS, max_size=40).map("".join) | st.text(max_size=60)


def numbers(text: str) -> list[str]:
    """The runs of digits, in ASCII: what a reader sees as the numbers of a text."""
    return [str(int(run)) if run.isdecimal() else run for run in re.findall(r"\d+", text)]


def letters(text: str) -> str:
    """The letters and digits that show something, in their plain form."""
    plain = unicodedata.normalize("NFKC", text)
    return "".join(sign for sign in plain if sign.isalnum())


@pytest.mark.parametrize("end", ["\u000b", "\u000c", "\u0085", "\u2028", "\u2029", "\r", "\r\n"])
def test_every_line_end_becomes_a_newline_and_glues_no_two_numbers(end):
    assert settle(f"Take 2{end}5 mg") == "Take 2\n5 mg"
    assert settle_line(f"Take 2{end}5 mg") == "Take 2 5 mg"


@pytest.mark.parametrize(
    ("typed", "reads"),
    [
        ("the ﬁrst eﬀect, aﬄuent, ﬂu, oﬃce, ﬆop", "the first effect, affluent, flu, office, stop"),
        ("Take ５００ ｍｇ", "Take 500 mg"),
        ("non\u2011drowsy and well\u2010known", "non-drowsy and well-known"),
        ("medi\u00adcine \ufeffnow", "medicine now"),
        ("Zoe\u0308", "Zoë"),
        ("e\u00ad\u0301", "é"),
        ("50 \u03bcg and 50 \u00b5g", "50 \u00b5g and 50 \u00b5g"),
        ("\u00b5-opioid", "\u03bc-opioid"),
        ("\u03bc\u03b5\u03c4\u03ac", "\u03bc\u03b5\u03c4\u03ac"),
        ("25 ºC, 25˚C, 77 º F", "25 °C, 25°C, 77 ° F"),
        ("if you weigh \uf0b3 50 kg, 5 \uf06dg \uf0b1 1, 20 \uf0b0C", "if you weigh ≥ 50 kg, 5 µg ± 1, 20 °C"),
        ("\uf061\uf062 \uf0a3 \uf0ae \uf0d7 \uf057", "αβ ≤ → ⋅ Ω"),
        ("\u00a0 Take 5 mg", " Take 5 mg"),
        ("\u00a0\u00a0Take", "Take"),
        ("Take 5 mg.\n\u00a0\t\nDo not drive.", "Take 5 mg.\n\nDo not drive."),
    ],
)
def test_signs_are_put_right(typed, reads):
    assert settle(typed) == reads


@pytest.mark.parametrize(
    "text",
    [
        "½ tablet, 10² cells, ㎎, Brand™, ℃, №5, Ⅳ",
        "5\u00a0mg",
        "服用５毫克。".replace("５", "5"),
        "１．２錠".replace("１", "1").replace("２", "2"),
        "Take 5 mg once a day.\n\n- with food\n  - or milk\n\n1. One\n3. Three\n\n> 50 kg\n\n::: tell\nNow.\n:::",
        "    5 mg once a day",
        "2º andar, 1º dia",
        "| a | b |\n| --- | --- |\n| • | – |",
    ],
)
def test_what_means_something_stays(text):
    assert settle(text) == text


@pytest.mark.parametrize("sign", ["\u00ad", "\ufeff"])
def test_what_held_two_digits_apart_is_not_dropped(sign):
    assert settle(f"Take 5{sign}10 mg") == f"Take 5{sign}10 mg"
    assert settle(f"1{sign},000") == f"1{sign},000"


def test_private_letters_that_nobody_knows_and_digits_of_a_font_stay_to_be_asked_about():
    assert settle("\ue001 \uf035 5\uf02e5 \uf0e0") == "\ue001 \uf035 5\uf02e5 \uf0e0"


def test_a_list_of_facts_loses_its_bullets_and_no_minus():
    typed = "•\tTake it with food.\n– Do not drive.\n– 5 °C is too cold.\n1) Keep it."
    assert settle_facts(typed) == "Take it with food.\nDo not drive.\n– 5 °C is too cold.\n1) Keep it."


def test_signs_alone_can_be_settled_without_a_line_more_or_less():
    typed = "• One\n\n•\tﬁve\u00adth\n\u00a0\n– 5"
    assert settle_signs(typed).count("\n") == typed.count("\n")
    assert settle_signs(typed) == "• One\n\n•\tfiveth\n\n– 5"


@given(ANY_TEXT)
def test_settling_twice_is_settling_once(text):
    for settled in (settle, settle_facts, settle_line, settle_signs):
        once = settled(text)
        assert settled(once) == once


@given(ANY_TEXT)
def test_no_number_is_made_lost_or_joined(text):
    assert numbers(settle(text)) == numbers(text)
    assert numbers(settle_line(text)) == numbers(text)


@given(ANY_TEXT)
def test_no_letter_and_no_digit_is_lost(text):
    shown = re.sub("[\uf020-\uf0ff]", "", text)  # what the letters of the Symbol font show is tested above
    without_bullets = re.compile(r"(?m)^[^\S\n]*(?:[oüØ](?=\s))")
    assert sorted(letters(without_bullets.sub("", settle(shown)))) == sorted(
        letters(without_bullets.sub("", settle_signs(shown)))
    )
    assert letters(settle_signs(shown)) == letters(shown)


def test_a_long_text_takes_time_in_proportion():
    for stretch in (
        "\u00b5\u03bc",
        "5\u00ad5",
        "• a\n",
        "–\t",
        "o\t\n",
        "\u00a0",
        "\uf0b7 x\n\n",
        "1) \u00a0a\n",
        "ﬁ\u2028",
    ):
        assert settle(stretch * 20_000 + "end").endswith("end")

"""What is done to words for paper, and that all of it can be undone."""

import pytest

from monographs.paper.setting.signs import cleaned, held_together, plain_again, spelt_out


@pytest.mark.parametrize(
    ("typed", "held"),
    [
        ("0.5–1 mg", "0.5\u2060–\u20601\u00a0mg"),
        ("5 – 10 mg", "5\u00a0–\u00a010\u00a0mg"),
        ("5-10 mg", "5\u2060-\u206010\u00a0mg"),
        ("co-amoxiclav 250 mg/5 ml", "co\u2011amoxiclav 250\u00a0mg/5\u00a0ml"),
        ("0800 123 456", "0800\u00a0123\u00a0456"),
        ("5 mg → 10 mg", "5\u00a0mg\u00a0→\u00a010\u00a0mg"),
        ("read on 2 November 2026", "read on 2\u00a0November 2026"),
        ("2 de noviembre de 2026", "2\u00a0de noviembre de 2026"),
        ("30 نوفمبر 2026", "30\u00a0نوفمبر 2026"),
        ("5 ملغ", "5\u00a0ملغ"),
        ("see https://a-b.example/5-10", "see https://a-b.example/5-10"),
        ("0.10 mg, -2 °C, 10⁹ cells", "0.10\u00a0mg, -2 °C, 10⁹ cells"),
    ],
)
def test_what_must_not_be_parted_at_a_lines_end_is_held_together(typed, held):
    assert held_together(typed) == held
    assert plain_again(held) == typed


@pytest.mark.parametrize("stops", ["\ufeff", "\x00", "\ue000", "\U000f1234", "\x07"])
def test_sign_that_would_stop_the_pdf_is_taken_out(stops):
    assert cleaned(f"5{stops} mg") == "5 mg"


def test_tab_between_two_numbers_is_a_space():
    assert cleaned("5\t10 mg") == "5 10 mg"


def test_sign_that_no_face_has_is_named():
    assert spelt_out("Well 😀.", frozenset("Wel .")) == "Well [grinning face]."

"""A number with letters, strange marks or strange digits in it is asked about; other letters and marks are not."""

import pytest

from tests.quality.makers import found_by, with_body


@pytest.mark.parametrize(
    ("typed", "instead"),
    [
        ("Take 1O mg.", "10"), ("Take I0 mg.", "10"), ("Take l0 mg.", "10"), ("Take 2OO mg.", "200"),
        ("Take O.5 mg.", "0.5"), ("Take l.5 tablets.", "1.5"), ("Take 1O tablets.", "10"), ("Take l tablet.", "1"),
        ("Take O mg.", "0"), ("Take З tablets.", "3"), ("Take б tablets.", "6"), ("5O%", "50"), ("Take 1l mg.", "11"),
        ("Take २ mg.", "2"), ("٥ mg", "5"),
    ],
)  # fmt: skip
def test_a_letter_or_a_foreign_digit_in_an_amount_is_asked_about(typed, instead):
    [finding] = found_by("odd-number", with_body(typed))
    assert (finding.severity, finding.instead) == ("warns", f"Write “{instead}”.")


@pytest.mark.parametrize("typed", ["2‚5 mg", "2．5 mg", "1。5毫克", "1′000 mg", "1’000 mg", "2٫5 mg"])
def test_a_mark_that_is_no_decimal_mark_is_asked_about(typed):
    assert len(found_by("odd-number", with_body(typed))) == 1


@pytest.mark.parametrize(
    ("typed", "language"),
    [
        ("Take 10 mg, 5l of water, a 2 l bottle, 10 l drip.", "en"), ("Vitamin B12, O2, I tablet, omega-3.", "en"),
        ("O comprimido. Tome 1 o 2 comprimidos.", "pt"), ("Um 8：00, 1:1000, 5′, 2·5 mg, ½ tablet, 10² cells", "en"),
        ("٢٫٥ ملغ و ١٬٠٠٠", "ar"), ("خذ 5 mg", "ar"), ("۵ mg", "fa"), ("Tome 5 mg o 10 mg.", "es"),
        ("The 1990’s. It is 5 o'clock. II tablets.", "en"),
    ],
)  # fmt: skip
def test_what_is_written_so_by_right_passes(typed, language):
    assert found_by("odd-number", with_body(typed, language=language)) == []


def test_digits_of_another_script_in_arabic_are_asked_about():
    assert [finding.excerpt for finding in found_by("odd-number", with_body("٥ و ۵", language="ar"))] == ["۵"]

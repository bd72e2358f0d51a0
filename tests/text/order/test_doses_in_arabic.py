"""A dose in Latin letters keeps its own order in a right-to-left text (Unicode TR9, isolates)."""

import pytest

from monographs.text.markup.markdown import render_line


@pytest.mark.parametrize(
    "dose",
    ["5 mg", "5mEq", "10 IU", "5 µg", "5 MG", "5mg/5ml", "5 mg/kg/day", "1-2 tablets", "5 to 10 mg", "5 %", "1,000mg"],
)
def test_dose_in_latin_letters_is_kept_together(dose):
    assert render_line(f"خذ {dose} الآن", language="ar") == f'خذ <bdi dir="ltr">{dose}</bdi> الآن'
    assert render_line(f"Take {dose} now", language="en") == f"Take {dose} now"


@pytest.mark.parametrize("text", ["خذ 5 ملغ", "في 2024 م", "خذ قرصين"])
def test_arabic_doses_and_bare_numbers_are_left_alone(text):
    assert render_line(text, language="ar") == text

"""From right to left: each dose, range, date and telephone number is drawn in its order, by the places of its signs."""

import pytest

from tests.paper.parts import glyphs_of, lines_of, pdf_of

SENTENCES = {"ar": "تناول {} ثلاث مرات في اليوم.", "ur": "دن میں {} تین بار لیں۔"}
AMOUNTS = ("5-10 mg", "0.5–1 mg", "0800 123 456", "12/05/2026", "5 mg → 10 mg", "1/2", "+44 1632 960100", "08:30-09:45")


@pytest.mark.parametrize("language", SENTENCES)
@pytest.mark.parametrize("amount", AMOUNTS)
@pytest.mark.parametrize("mark", ["", "**"])
@pytest.mark.parametrize("size", [12, 28])
def test_group_is_drawn_from_left_to_right(language, amount, mark, size):
    body = SENTENCES[language].format(f"{mark}{amount}{mark}")
    lines = lines_of(glyphs_of(pdf_of(body, language=language, size=size)), size)
    assert any(amount.replace(" ", "") in line for line in lines), lines


def test_line_begins_at_the_right():
    glyphs = glyphs_of(pdf_of("تناول 5 mg مرة.", language="ar"))
    five = next(glyph for glyph in glyphs if glyph.sign == "5")
    first = max(glyph.right for glyph in glyphs if abs(glyph.bottom - five.bottom) < 10)
    assert first > 530  # A4 less its margin
    assert first - five.right > 20


def test_letters_with_dots_stand_once_in_the_text_layer():
    """Other releases of the face make two signs of such a letter."""
    words = "تناول الدواء مع الطعام قبل النوم بنصف ساعة"
    read = "".join(glyph.sign for glyph in glyphs_of(pdf_of(words, language="ar")))
    assert [word for word in words.split() if word not in read and word[::-1] not in read] == []


def test_foot_stands_in_the_order_of_its_language():
    lines = lines_of(glyphs_of(pdf_of("كلمات", language="ar")))
    assert any("3March2026" in line for line in lines)

"""A box is whole on one sheet: who holds the next one alone would read what happens and not whom to call."""

import pytest

from monographs.paper.setting.heights import most_height
from monographs.paper.setting.typefaces import look_of
from monographs.paper.sheet import COLUMN, make_sheet
from monographs.text.markup.markdown import direction
from tests.paper.parts import glyphs_of, make_article, page_size, pdf_of

ITEMS = {"en": "- You are very ill, qqq.", "ar": "- حالتك سيئة جدا، qqq."}


def card(language: str, items: int, filler: int = 0) -> str:
    return "\n\n".join(["."] * filler + ["::: emergency\n" + "\n".join([ITEMS[language]] * items) + "\n:::"])


def sheets_of(pdf: bytes) -> set[int]:
    marks = [glyph.page for glyph in glyphs_of(pdf) if glyph.sign == "q"]
    assert marks
    return set(marks)


@pytest.mark.parametrize(("size", "items"), [(12, 12), (28, 6)])
@pytest.mark.parametrize("language", ["en", "ar"])
def test_a_box_is_whole_wherever_it_begins(size, items, language):
    first = set()
    for filler in range(0, 36, 3):
        sheets = sheets_of(pdf_of(card(language, items, filler), size=size, language=language))
        assert len(sheets) == 1, filler
        first |= sheets
    assert len(first) > 1  # it was met at the end of a sheet, too


@pytest.mark.parametrize("size", [12, 28])
@pytest.mark.parametrize("language", ["en", "ar"])
def test_a_box_higher_than_a_sheet_goes_on_upon_the_next(size, language):
    pdf = pdf_of(card(language, 60), size=size, language=language)
    assert len(sheets_of(pdf)) > 1
    height = page_size(pdf)[1]
    assert [glyph for glyph in glyphs_of(pdf) if glyph.sign.strip() and not 20 < glyph.bottom < height - 20] == []


@pytest.mark.parametrize("size", [12, 16, 28])
@pytest.mark.parametrize("language", ["en", "ar", "pl"])
@pytest.mark.parametrize(
    "words",
    [
        "- aa bb\n" * 5,
        "### A heading of a box that is long enough for two lines or more of them\n\nWords that go on. " * 2,
        "- Hydroxychloroquine-methylprednisolone-trimethoprim\n  - Onasemnogenabeparvovec1234567890123",
        "1. First do this, then wait for a while and see.\n2. Then that.",
    ],
)
def test_the_height_that_is_reckoned_is_never_too_small(size, language, words):
    body = f"::: today\nZZ\n\n{words}\n\nZZ\n:::"
    article = make_article(body, language=language)
    look = {"language": language, "size": size, "direction": direction(language)}
    sheet = make_sheet(article.blocks, read_picture=lambda _address: None, **look)
    [box] = [one for one in _boxes(sheet.data["blocks"]) if one["look"] == "today"]
    reckoned = most_height(box["x"], COLUMN - 28, size, look_of(language, direction(language))["leading"])
    marks = [glyph for glyph in glyphs_of(pdf_of(body, size=size, language=language)) if glyph.sign == "Z"]
    assert len({glyph.page for glyph in marks}) == 1
    assert reckoned >= max(glyph.top for glyph in marks) - min(glyph.bottom for glyph in marks)


def _boxes(blocks: list[dict]):
    for one in blocks:
        if one["t"] == "box":
            yield one
        elif one["t"] == "other":
            yield from _boxes(one["x"])

"""A row of a table is whole on one sheet: who holds the next one alone would read a dose and not whose it is."""

import pytest

from tests.paper.parts import glyphs_of, page_size, pdf_of
from tests.paper.setting.test_boxes import sheets_of


def of_two(words: str) -> str:
    return f"| Who | Dose |\n|---|---|\n| qqq | {words}qqq |"


def of_many(heads: int) -> str:
    return "\n".join(f"| {' | '.join([cell] * heads)} |" for cell in ("Headofsomelength", "---", "qqq"))


SENTENCE = "Then wait for some while. "
TABLES = {"table": of_two(SENTENCE * 9), "lines": of_many(9)}  # too wide to be set as one: each row is lines
HIGH = {"table": of_two(SENTENCE * 400), "lines": of_many(90)}


@pytest.mark.parametrize("size", [12, 28])
@pytest.mark.parametrize("table", TABLES)
def test_a_row_is_whole_wherever_it_begins(table, size):
    first = set()
    for filler in range(0, 36, 3):
        sheets = sheets_of(pdf_of("\n\n".join(["."] * filler + [TABLES[table]]), size=size))
        assert len(sheets) == 1, filler
        first |= sheets
    assert len(first) > 1  # it was met at the end of a sheet, too


@pytest.mark.parametrize("table", HIGH)
def test_a_row_higher_than_a_sheet_goes_on_upon_the_next(table):
    pdf = pdf_of(HIGH[table], size=28)
    assert len(sheets_of(pdf)) > 1
    height = page_size(pdf)[1]
    assert [glyph for glyph in glyphs_of(pdf) if glyph.sign.strip() and not 20 < glyph.bottom < height - 20] == []

"""Large print: every sign lies inside the page and its cell, whatever the names are called."""

import pytest

from tests.paper.parts import glyphs_of, page_size, pdf_of, text_of

NAMES = (
    "Phenoxymethylpenicillin",
    "Hydroxychloroquine-methylprednisolone-trimethoprim-sulfamethoxazole",
    "Onasemnogenabeparvovec12345678901234567890",
    "https://www.medicines.example/leaflets/onasemnogene-abeparvovec/versions/12/",
)
TABLE = "| Medicine | Dose | How often | With |\n| --- | --- | --- | --- |\n" + "".join(
    f"| {name} | 0.5–1 mg | three times a day | {name} |\n" for name in NAMES
)
BODY = "\n\n".join(
    ["## " + NAMES[0], " ".join(NAMES), f"::: emergency\n- {NAMES[1]}\n  - {NAMES[2]}\n    - {NAMES[0]}\n:::", TABLE]
)
MARGIN = 51


@pytest.mark.parametrize("size", [12, 16, 20, 24, 28])
@pytest.mark.parametrize("language", ["en", "pl", "ar"])
def test_every_sign_lies_inside_the_page(size, language):
    pdf = pdf_of(BODY, size=size, language=language, title=NAMES[0])
    width, height = page_size(pdf)
    glyphs = [glyph for glyph in glyphs_of(pdf) if glyph.right > glyph.left and glyph.sign.strip()]
    assert len(glyphs) > 500
    outside = [
        glyph
        for glyph in glyphs
        if glyph.left < MARGIN - 3 or glyph.right > width - MARGIN + 3 or glyph.bottom < 20 or glyph.top > height - 20
    ]
    assert outside == []


@pytest.mark.parametrize("size", [12, 28])
def test_no_sign_covers_another(size):
    pdf = pdf_of(BODY, size=size, title=NAMES[0])
    rows: dict[tuple[int, int], list] = {}
    for glyph in glyphs_of(pdf):
        if glyph.sign.isalnum():
            rows.setdefault((glyph.page, round(glyph.bottom)), []).append(glyph)
    for row in rows.values():
        row.sort(key=lambda glyph: glyph.left)
        for before, after in zip(row, row[1:], strict=False):
            is_ligature = (before.left, before.right) == (after.left, after.right)
            assert is_ligature or after.left > before.right - 0.35 * (before.right - before.left), (before, after)


def test_table_that_does_not_fit_becomes_lines_with_their_heads():
    assert "Medicine Dose" in text_of(pdf_of("| Medicine | Dose |\n| --- | --- |\n| Aspirin | 5 mg |", size=28))
    stacked = text_of(pdf_of(TABLE, size=28))
    assert "Dose: 0.5–1 mg" in stacked
    assert "How often: three times a day" in stacked


def test_words_are_parted_only_where_nothing_else_fits():
    assert "Phenoxymethylpenicillin" in text_of(pdf_of("Phenoxymethylpenicillin helps. " * 30, size=16))

"""Two languages in one print: part beside part, each in its own order and language, on every sheet both versions."""

import datetime as dt
import io
from itertools import pairwise

import pikepdf
import pytest

from monographs.paper.articles.beside import Beside, Side
from monographs.paper.pdf import make_beside
from tests.paper.parts import ADDRESS, glyphs_of, page_size, placed_lines, text_of, words_of
from tests.paper.test_pdf import _tags
from tests.paper.test_several import _spoken

HEADS = "<h1>Testamol</h1><p>Brands: Testa</p>", "<h1>تستامول</h1><p>الأسماء: تستا</p>"
PARTS = (
    ("<h2>Uses</h2><p>Take 5–10 mg in the morning.</p><p>Then rest.</p>",
     '<h2>الاستعمال</h2><p>خذ <bdi dir="ltr">5–10 mg</bdi> في الصباح.</p><p>ثم استرح.</p>'),
    ('<h2>Do</h2><div class="care care-emergency"><h3>Call 999</h3><p>You cannot breathe.</p></div>',
     '<h2>افعل</h2><div class="care care-emergency"><h3>اتصل</h3><p>لا تستطيع التنفس.</p></div>'),
    ("<h2>One more</h2><p>Of English alone.</p>", ""),
)  # fmt: skip
LONG = "<h2>Long</h2>" + "".join(f"<p>Sentence {number} of many words, said in full.</p>" for number in range(90))
ENDS = ('<p class="print-only">Version 2</p>', '<p class="print-only">الإصدار 2</p>')


def _beside(*, more: str = "", turned: bool = False) -> Beside:
    sides = (
        Side(
            (HEADS[0], *(one for one, _other in PARTS), more, ENDS[0]), "en", "Testamol, version 2", ADDRESS, "QR code"
        ),
        Side((HEADS[1], *(other for _one, other in PARTS), more, ENDS[1]), "ar", "تستامول 2", f"{ADDRESS}ar", "رمز"),
    )
    return Beside(
        "Testamol | تستامول", "Mill Lane", "Page {page} of {pages}", sides[::-1] if turned else sides,
        dt.date(2026, 3, 3),
    )  # fmt: skip


def _pdf(size: int = 12, **how) -> bytes:
    return make_beside(_beside(**how), size=size, read_picture=lambda _address: None)


@pytest.mark.parametrize("turned", [False, True])
def test_what_belongs_together_stands_at_one_height_each_language_on_its_side(turned):
    pdf = _pdf(turned=turned)
    middle = page_size(pdf)[0] / 2
    lines = placed_lines(glyphs_of(pdf))
    for words in ("Take5–10mginthemorning.", "Thenrest.", "Uses", "Call999"):
        [line] = [line for line in lines if words in words_of(line)]
        left, right = ([one for one in line if (one.left < middle) is is_left] for is_left in (True, False))
        # Reading begins at the left in English and at the right in Arabic, so English is at the left in both.
        assert words in words_of(left)
        assert any("\u0600" <= one.sign <= "\u06ff" or "\ufb50" <= one.sign <= "\ufeff" for one in right)
    dose = next(words_of(line) for line in lines if "Take5" in words_of(line))
    assert dose.count("5–10mg") == 2


def test_part_of_one_language_alone_leaves_room_beside_it():
    pdf = _pdf()
    middle = page_size(pdf)[0] / 2
    [line] = [line for line in placed_lines(glyphs_of(pdf)) if "OfEnglishalone." in words_of(line)]
    assert max(one.right for one in line) < middle


@pytest.mark.parametrize("size", [12, 28])
def test_no_sign_leaves_its_column_and_each_sheet_names_both(size):
    pdf = _pdf(size, more=LONG)
    width, height = page_size(pdf)
    glyphs = [one for one in glyphs_of(pdf) if one.right > one.left and one.sign.strip()]
    pages = 1 + max(one.page for one in glyphs)
    assert pages > 2
    assert [one for one in glyphs if one.left < 48 or one.right > width - 48 or not 20 < one.bottom < height - 20] == []
    assert text_of(pdf).count("Testamol, version 2") >= pages
    body = [one for one in glyphs if one.bottom > 110]
    assert [one for one in body if one.left < width / 2 < one.right] == []


def test_who_hears_it_is_told_both_languages_and_no_level_is_left_out():
    pdf = _pdf()
    with pikepdf.open(io.BytesIO(pdf)) as document:
        told = {language for _node, language in _spoken(document.Root.StructTreeRoot.K, str(document.Root.Lang))}
        with document.open_metadata() as metadata:
            assert metadata["pdfuaid:part"] == "1"
    assert {"en", "ar"} <= told
    levels = [int(tag[2]) for tag in _tags(pdf) if tag.startswith("/H") and tag[2:].isdigit()]
    assert levels[:4] == [1, 1, 2, 2]
    assert all(after <= before + 1 for before, after in pairwise(levels))
    assert _tags(pdf).count("/Figure") == 2  # a QR code for each


def test_same_leaflets_are_the_same_bytes_and_another_side_is_another_file():
    assert _pdf() == _pdf()
    assert _beside().digest("beside") == _beside().digest("beside") != _beside(turned=True).digest("beside")

"""The PDF: tags, title and language; the words of the page; the same bytes; nothing of a text is obeyed."""

import datetime as dt
import io
import threading
from dataclasses import replace

import pikepdf
import pytest
from PIL import Image

from monographs.paper import pdf as printing
from monographs.paper.from_page.blocks import Heading
from monographs.paper.from_page.reading import read_blocks
from monographs.paper.pdf import NoTypeface, TooMany, make_pdf
from tests.paper.parts import FOOT, glyphs_of, make_article, pdf_of, single, text_of

RICH = """Take **0.5–1 mg** of *co-amoxiclav*, 0.10 mg at -2 °C; 10⁹ cells, ≤ 3, ▼.

## Adults

1. First
2. Then
   - and this

::: emergency
You can't breathe.
:::

| Age | Dose |
| --- | --- |
| 1–5 years | 2.5 mg |

See [the page](https://www.nhs.uk/medicines/)."""


def _tags(pdf: bytes) -> list[str]:
    found = []

    def walk(node):
        if isinstance(node, pikepdf.Array):
            for one in node:
                walk(one)
        elif isinstance(node, pikepdf.Dictionary):
            if "/S" in node:
                found.append(str(node.S))
            if "/K" in node:
                walk(node.K)

    with pikepdf.open(io.BytesIO(pdf)) as document:
        walk(document.Root.StructTreeRoot.K)
    return found


def test_pdf_is_tagged_and_says_title_language_and_standard():
    pdf = pdf_of(RICH)
    tags = _tags(pdf)
    assert {"/H1", "/H2", "/H3", "/L", "/LI", "/Lbl", "/LBody", "/Table", "/TH", "/TD", "/Link", "/Figure"} <= set(tags)
    with pikepdf.open(io.BytesIO(pdf)) as document:
        assert str(document.Root.Lang) == "en"
        assert bool(document.Root.MarkInfo.Marked)
        assert bool(document.Root.ViewerPreferences.DisplayDocTitle)
        with document.open_metadata() as metadata:
            assert metadata["dc:title"] == "Testamol"
            assert metadata["pdfuaid:part"] == "1"


def test_levels_of_headings_go_down_one_by_one():
    blocks = read_blocks("<h1>A</h1><h2>B</h2><h5>C</h5><h6>D</h6><h2>E</h2>")
    assert [block.level for block in blocks if isinstance(block, Heading)] == [1, 2, 3, 4, 2]
    tags = [tag for tag in _tags(pdf_of("#### Deep\n\nWords.")) if tag.startswith("/H")]
    assert all(int(after[2]) <= int(before[2]) + 1 for before, after in zip(tags, tags[1:], strict=False))


def test_text_equals_the_pages():
    read = text_of(pdf_of(RICH))
    for words in (
        "Take 0.5–1 mg of co-amoxiclav, 0.10 mg at -2 °C; 10⁹ cells, ≤ 3, ▼.",
        "1. First 2. Then • and this",
        "Call 999 now You can't breathe.",
        "Age Dose 1–5 years 2.5 mg",
        "See the page (https://www.nhs.uk/medicines/).",
        "Key facts • Take it with food.",
        "Sources 1. British National Formulary",
    ):
        assert words in read


def test_dash_between_two_numbers_is_not_drawn_apart():
    """A line must not end at ``0.5–|1 mg``: the two numbers stand on one line wherever the words before end."""
    for filler in range(60, 84):
        glyphs = glyphs_of(pdf_of("x" * 5 + " " + "n" * (filler % 9) + " word" * (filler // 5) + " 0.5–1 mg."))
        text = "".join(glyph.sign for glyph in glyphs)
        at = text.index("0.5")
        amount = [glyph for glyph in glyphs[at : at + 12] if glyph.sign in "0.51mg"]
        assert max(glyph.bottom for glyph in amount) - min(glyph.bottom for glyph in amount) < 8, filler


def test_tab_does_not_join_two_numbers():
    assert "5 10 mg" in text_of(pdf_of("Take 5\t10 mg."))


def test_same_leaflet_is_the_same_bytes_and_has_its_own_date():
    article = replace(make_article(RICH), on=dt.date(2026, 3, 3))
    one, other = (make_pdf(article, size=12, read_picture=lambda _address: None) for _time in range(2))
    assert one == other
    assert b"D:20260303" in one


def test_foot_of_each_page_says_version_date_and_page():
    pdf = pdf_of("\n\n".join(f"Paragraph {number}." for number in range(120)))
    read = text_of(pdf)
    count = 1 + max(glyph.page for glyph in glyphs_of(pdf))
    assert count > 2
    assert read.count(FOOT) == count
    assert all(f"Page {page} of {count}" in read for page in range(1, count + 1))


@pytest.mark.parametrize(
    "text", ["#panic()", "$ x $ `a` @b <c> \\ #let", '"); #include "/etc/passwd"', "= H", "/ a: b"]
)
def test_no_text_is_obeyed(text):
    assert single(text) in text_of(pdf_of("Words.", title=text))


def test_no_sign_leaves_a_leaflet_without_pdf():
    article = make_article()
    html = article.html.replace("once a day", "once\ufeff a\x00 day \ue000 😀 中")
    read = text_of(make_pdf(replace(article, html=html), size=12, read_picture=lambda _address: None))
    assert "Take 5 mg once a day [grinning face] [cjk unified ideograph-4e2d]." in read


def test_picture_without_words_is_an_artifact_and_one_with_words_has_them():
    out = io.BytesIO()
    Image.new("RGB", (40, 30), "red").save(out, "PNG")
    article = make_article("![](/media/a.png)\n\n![Two tablets](/media/a.png)")
    pdf = make_pdf(article, size=12, read_picture=lambda _address: out.getvalue())
    assert _tags(pdf).count("/Figure") == 2  # the second, and the QR code
    assert make_pdf(article, size=12, read_picture=lambda _address: b"no picture")
    assert "[Two tablets]" in text_of(make_pdf(article, size=12, read_picture=lambda _address: None))


def test_language_without_a_typeface_has_no_pdf():
    with pytest.raises(NoTypeface):
        make_pdf(replace(make_article(), language="he"), size=12, read_picture=lambda _address: None)


def test_one_sheet_is_made_at_a_time_and_nobody_waits_for_ever(monkeypatch):
    monkeypatch.setattr(printing, "PATIENCE", 0.01)
    monkeypatch.setattr(printing, "_one_at_a_time", lock := threading.Lock())
    with lock, pytest.raises(TooMany):
        pdf_of("Words.")
    assert pdf_of("Words.")


@pytest.mark.parametrize("size", [12, 16, 28])
def test_number_of_the_page_stands_apart_from_a_long_foot(size):
    for more in range(0, 24, 4):
        article = replace(make_article(), foot="Foot of a leaflet with a long name, version 12" + more * "x" + " Z")
        signs = glyphs_of(make_pdf(article, size=size, read_picture=lambda _address: None))
        foot = [glyph for glyph in signs if glyph.page == 0 and glyph.bottom < 90 and glyph.sign.strip()]
        end = next(glyph for glyph in foot if glyph.sign == "Z")
        page = next(glyph for glyph in foot if glyph.sign == "P")
        assert page.left > end.right + 12 or page.bottom < end.bottom - 5

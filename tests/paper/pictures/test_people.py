"""The page's picture of so many of so many people stands in the files, too: seen, and not heard twice."""

import io
import re
import zipfile
from dataclasses import replace
from xml.etree import ElementTree

import pikepdf
import pypdfium2
import pytest
from PIL import Image, ImageChops

from monographs.paper.epub import make_epub
from monographs.paper.from_page.blocks import People
from monographs.paper.pdf import make_pdf
from monographs.paper.pictures.people import drawn
from monographs.paper.plain import plain_text
from monographs.text.amounts.frequencies import Frequency
from monographs.text.markup.finished.people import picture
from tests.paper.parts import make_article, pdf_of, text_of
from tests.paper.test_pdf import _tags

BODY = """### May affect more than 1 in 10 people

- a rash, in 3 out of 100 people
- fits: may affect up to 1 in 1,000 people

May affect up to 1 in 10,000 people.

| Effect | How often |
| --- | --- |
| Tired | 7 in 90 people |"""
ARABIC = "### قد يصيب أكثر من شخص واحد من كل 10 أشخاص\n\n- قد يصيب ما يصل إلى شخص واحد من كل 1000 شخص"
BODIES = {"en": BODY, "ar": ARABIC}
PICTURES = 5  # in `BODY`


def _without_pictures(article):
    return replace(article, html=re.sub("<svg.*?</svg>", "", article.html))


def _painted(pdf: bytes) -> list[Image.Image]:
    """The pages, a pixel for each pt."""
    document = pypdfium2.PdfDocument(pdf)
    pages = []
    for page in document:
        pages.append(page.render(scale=1).to_pil().convert("RGB"))
        page.close()
    document.close()
    return pages


@pytest.mark.parametrize("size", [12, 28])
def test_words_of_the_files_are_the_same_with_the_pictures(size):
    article = make_article(BODY)
    assert article.html.count("<svg") == PICTURES
    plain = _without_pictures(article)
    with_them, without = (make_pdf(one, size=size, read_picture=lambda _address: None) for one in (article, plain))
    assert len(with_them) > len(without)
    foot = re.compile(r"Testamol, version 2 of 3 March 2026 Page \d+ of \d+ ?")
    assert foot.sub("", text_of(with_them)).split() == foot.sub("", text_of(without)).split()
    assert plain_text(article) == plain_text(plain)


def test_a_picture_is_an_artifact_and_the_words_before_it_are_a_heading_and_a_bookmark():
    article = make_article(BODY)
    pdf, plain = (
        make_pdf(one, size=12, read_picture=lambda _address: None) for one in (article, _without_pictures(article))
    )
    assert _tags(pdf) == _tags(plain)
    with pikepdf.open(io.BytesIO(pdf)) as document, document.open_outline() as outline:
        titles = [item.title for top in outline.root for part in top.children for item in (part, *part.children)]
    assert "May affect more than 1 in 10 people" in titles


@pytest.mark.parametrize("size", [12, 16, 20, 24, 28])
@pytest.mark.parametrize("language", BODIES)
def test_pictures_lie_inside_the_page(size, language):
    body = BODIES[language].replace("rash", "rash-of-a-long-name, and more words, " * 9)
    pages = _painted(pdf_of(body, size=size, language=language))
    assert any(map(_affected, pages))
    for page in pages:
        left, top, right, bottom = ImageChops.invert(page).getbbox()
        assert 45 < left < right < page.width - 45
        assert 45 < top < bottom < page.height - 20


def test_those_affected_stand_where_reading_begins():
    svg = picture(Frequency(1, 100))
    for direction, first in (("ltr", False), ("rtl", True)):
        assert ("matrix(-1 0 0 1 20 0)" in drawn(svg, direction=direction).svg) is first
    for language, body in BODIES.items():
        pages = _painted(pdf_of(body.split("\n\n|")[0], size=16, language=language))
        boxes = [(page.width, box) for page in pages if (box := _affected(page))]
        assert boxes
        for wide, (left, _top, right, _bottom) in boxes:
            assert left > wide / 2 if language == "ar" else right < wide / 2


def _affected(page: Image.Image) -> tuple[int, int, int, int] | None:
    """The box around all signs in the colour of those affected; None where there are none."""
    apart = ImageChops.difference(page, Image.new("RGB", page.size, (12, 81, 71))).convert("L")
    return apart.point(lambda value: 255 if value < 3 else 0).getbbox()


def test_ring_around_the_one_of_a_thousand_is_whole():
    drawing = drawn(picture(Frequency(1, 1000)), direction="ltr")
    left, top, wide, high = map(float, re.search(r'viewBox="([^"]+)"', drawing.svg)[1].split())
    radius, stroke = _ring(drawing.svg)
    assert left <= 0.5 - radius - stroke / 2
    assert top <= 0.5 - radius - stroke / 2
    assert (wide, high) == (50 - 2 * left, 20 - 2 * top)


def _ring(svg: str) -> tuple[float, float]:
    ring = re.search(r"<circle [^>]*>", svg)[0]
    return tuple(float(re.search(rf' {name}="([\d.]+)"', ring)[1]) for name in ("r", "stroke-width"))


@pytest.mark.parametrize("language", BODIES)
def test_book_has_them_hidden_from_who_hears_it(language):
    made = make_epub(
        make_article(BODIES[language], language=language), read_picture=lambda _address: None, contents="Contents"
    )
    book = zipfile.ZipFile(io.BytesIO(made))
    root = ElementTree.fromstring(book.read("EPUB/leaflet.xhtml"))  # noqa: S314 - our own
    drawings = list(root.iter("{http://www.w3.org/2000/svg}svg"))
    assert len(drawings) == (PICTURES if language == "en" else 2)
    assert all(one.get("aria-hidden") == "true" for one in drawings)
    assert all(not element.get("class") for one in drawings for element in one.iter())
    assert (
        'href="leaflet.xhtml" media-type="application/xhtml+xml" properties="svg"'
        in book.read("EPUB/package.opf").decode()
    )
    assert b"svg" not in book.read("EPUB/contents.xhtml").replace(b"http://www.w3.org/2000/svg", b"")


def test_a_book_without_pictures_does_not_say_that_it_has_them():
    made = make_epub(make_article(), read_picture=lambda _address: None, contents="Contents")
    assert b'properties="svg"' not in zipfile.ZipFile(io.BytesIO(made)).read("EPUB/package.opf")


def test_no_other_drawing_of_the_page_is_put_on_paper():
    article = make_article(BODY)
    other = '<p>Words <svg class="icon" viewBox="0 0 1 1"><path d="M0 0h1"/></svg> here.</p>'
    blocks = replace(article, html=article.html + other).blocks
    assert repr(blocks).count("People(") == PICTURES
    assert not any(isinstance(one, People) for one in blocks[-1].inline)

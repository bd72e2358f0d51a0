"""What the tests of paper share: articles made of leaflet text, and PDFs read sign by sign with PDFium."""

import ctypes
from dataclasses import dataclass

import pypdfium2
import pypdfium2.raw as pdfium
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.safestring import mark_safe

from monographs.clinics.fragments import fragments_in
from monographs.clinics.models import Clinic
from monographs.paper.articles.article import Article
from monographs.paper.pdf import make_pdf
from monographs.paper.setting.signs import plain_again
from monographs.publication.page.compile import compile_page
from monographs.text.markup.finished.slots import filled
from tests.makers import make_content

ADDRESS = "https://leaflets.example/leaflets/testamol/versions/2/"
FOOT = "Testamol, version 2 of 3 March 2026"


def make_article(
    body: str = "Take 5 mg once a day.", *, language: str = "en", title: str = "Testamol", **fields
) -> Article:
    """An article whose section on dosage is ``body``, as its page has it."""
    content = make_content(title, dosage=body, language=language, title=title, **fields)
    clinic = Clinic(name="Mill Lane Surgery", emergency_number="999", urgent_number="111", country="GB")
    with translation.override(language):
        words = {
            "origin": "https://leaflets.example", "slug": "testamol", "title": title, "version": "2",
            "reviewed": "3 March 2026", "next_check": "3 March 2029", "since": "3 March 2026", "language": language,
            "text": mark_safe(filled(compile_page(content).html, fragments_in(language, clinic))), "clinic": clinic,  # noqa: S308
        }  # fmt: skip
        html = render_to_string("reading/article.html", words)
    return Article(html, title, language, clinic.name, FOOT, "Page {page} of {pages}", ADDRESS, f"QR code: {ADDRESS}")


def pdf_of(body: str, *, size: int = 12, language: str = "en", **fields) -> bytes:
    return make_pdf(make_article(body, language=language, **fields), size=size, read_picture=lambda _address: None)


@dataclass(frozen=True)
class Glyph:
    """A sign of the text layer and its box on the page, in pt from the lower left corner."""

    sign: str
    page: int
    left: float
    bottom: float
    right: float
    top: float


def glyphs_of(pdf: bytes) -> list[Glyph]:
    """All signs that are drawn, in the order of the text layer."""
    found = []
    document = pypdfium2.PdfDocument(pdf)
    for number, page in enumerate(document):
        text = page.get_textpage()
        for at in range(text.count_chars()):
            sign = chr(pdfium.FPDFText_GetUnicode(text.raw, at))
            box = [ctypes.c_double() for _side in range(4)]
            pdfium.FPDFText_GetCharBox(text.raw, at, *map(ctypes.byref, box))
            left, right, bottom, top = (one.value for one in box)
            found.append(Glyph(sign, number, left, bottom, right, top))
        text.close()
        page.close()
    document.close()
    return found


def text_of(pdf: bytes) -> str:
    """The words of a PDF as PDFium gives them to who copies them, blanks made single, signs for paper undone."""
    document = pypdfium2.PdfDocument(pdf)
    pages = []
    for page in document:
        text = page.get_textpage()
        pages.append(text.get_text_bounded())
        text.close()
        page.close()
    document.close()
    return single("\n".join(pages).replace("\ufffe", "-"))


def single(text: str) -> str:
    return " ".join(plain_again(text).split())


def lines_of(glyphs: list[Glyph], size: int = 12) -> list[str]:
    """What stands on each line from left to right, as the eye has it, without spaces."""
    return [words_of(line) for line in placed_lines(glyphs, size)]


def words_of(line: list[Glyph]) -> str:
    return plain_again("".join(glyph.sign for glyph in line)).replace(" ", "")


def placed_lines(glyphs: list[Glyph], size: int = 12) -> list[list[Glyph]]:
    """The signs that are seen, line by line, each from left to right."""
    seen = [glyph for glyph in glyphs if plain_again(glyph.sign).strip() and glyph.right > glyph.left]
    lines: list[list[Glyph]] = []
    for glyph in sorted(seen, key=lambda glyph: (glyph.page, -glyph.bottom - glyph.top)):
        middle = glyph.bottom + glyph.top
        if lines and lines[-1][-1].page == glyph.page and lines[-1][0].bottom + lines[-1][0].top - middle < 1.4 * size:
            lines[-1].append(glyph)
        else:
            lines.append([glyph])
    return [sorted(line, key=lambda glyph: glyph.left) for line in lines]


def page_size(pdf: bytes) -> tuple[float, float]:
    document = pypdfium2.PdfDocument(pdf)
    size = document[0].get_size()
    document.close()
    return size

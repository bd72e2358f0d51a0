"""From right to left: each dose, range, date and telephone number is drawn in its order, by the places of its signs."""

import io
import zipfile
from dataclasses import replace

import pikepdf
import pytest

from monographs.paper.epub import make_epub
from monographs.paper.pdf import make_pdf
from monographs.paper.plain import plain_text
from tests.paper.parts import glyphs_of, lines_of, make_article, pdf_of, placed_lines, words_of
from tests.paper.test_several import _spoken

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


ENGLISH = "This leaflet gives general information, and does not replace the advice of your doctor, nurse or pharmacist."
IN_A_ROW = ENGLISH.replace(" ", "")
OWN = {
    "paragraph": f'<p dir="auto">{ENGLISH}</p>',
    "blocks": f'<div lang="en" dir="ltr"><p>{ENGLISH}</p></div>',
    "item": f'<ul><li lang="en" dir="ltr">{ENGLISH}</li></ul>',
    "box": f'<section class="care"><div lang="en" dir="ltr"><p>{ENGLISH}</p></div></section>',
}


@pytest.mark.parametrize("kind", OWN)
@pytest.mark.parametrize("size", [12, 28])
def test_block_in_english_begins_at_the_left_and_ends_with_its_full_stop(kind, size):
    article = make_article("تناول 5 mg مرة.", language="ar")
    html = article.html.replace("</article>", OWN[kind] + "</article>")
    pdf = make_pdf(replace(article, html=html), size=size, read_picture=lambda _address: None)
    lines = [line for line in placed_lines(glyphs_of(pdf), size) if words_of(line).strip("•") in IN_A_ROW]
    assert "".join(map(words_of, lines)).replace("•", "") == IN_A_ROW
    firsts = [next(glyph for glyph in line if glyph.sign != "•").left for line in lines]
    assert len(firsts) > 1
    assert max(firsts) - min(firsts) < size / 3
    assert min(firsts) < 51 + 3.2 * size


def test_who_hears_the_pdf_is_told_the_language_of_a_block_of_its_own():
    article = make_article("تناول 5 mg مرة.", language="ar")
    html = article.html.replace("</article>", OWN["blocks"] + "</article>")
    pdf = make_pdf(replace(article, html=html), size=12, read_picture=lambda _address: None)
    with pikepdf.open(io.BytesIO(pdf)) as document:
        told = {language for _node, language in _spoken(document.Root.StructTreeRoot.K, str(document.Root.Lang))}
    assert told == {"ar", "en"}


def test_book_has_the_language_and_direction_of_a_block_of_its_own():
    article = make_article("تناول 5 mg مرة.", language="ar")
    html = article.html.replace("</article>", OWN["item"] + "</article>")
    book = make_epub(replace(article, html=html), read_picture=lambda _address: None, contents="C")
    leaflet = zipfile.ZipFile(io.BytesIO(book)).read("EPUB/leaflet.xhtml").decode()
    assert f'<div lang="en" xml:lang="en" dir="ltr">\n<p>{ENGLISH}</p>\n</div>' in leaflet
    assert ENGLISH in plain_text(replace(article, html=html))


def test_a_cell_of_its_own_direction_keeps_its_order():
    article = make_article("تناول 5 mg مرة.", language="ar")
    table = '<table><tr><td dir="ltr">Call 999 now, please.</td><td>ب</td></tr></table>'
    html = article.html.replace("</article>", table + "</article>")
    pdf = make_pdf(replace(article, html=html), size=12, read_picture=lambda _address: None)
    assert any("Call999now,please." in line for line in lines_of(glyphs_of(pdf)))


LINES = (
    '<bdi lang="en">Samaritans: <a href="tel:116123" dir="ltr">116 123</a><br>'
    'Shout: <a href="sms:85258" dir="ltr">85258</a></bdi>'
)


def test_each_line_of_words_in_another_direction_keeps_its_order():
    """A line that ends ends what is isolated on it (UAX #9, X8): the second would be read "85258 :Shout"."""
    article = make_article("تناول 5 mg مرة.", language="ar")
    article = replace(article, html=article.html.replace("</article>", f"<p>هنا: {LINES}</p></article>"))
    pdf = make_pdf(article, size=12, read_picture=lambda _address: None)
    lines = lines_of(glyphs_of(pdf))
    assert "Shout:85258" in lines
    assert any("Samaritans:116123" in line for line in lines)
    assert "\u2066Shout: \u206685258\u2069\u2069" in plain_text(article)


def test_number_for_text_messages_is_a_link_on_paper_too():
    article = make_article("Words.")
    article = replace(article, html=article.html.replace("</article>", f"<p>{LINES}</p></article>"))
    with pikepdf.open(io.BytesIO(make_pdf(article, size=12, read_picture=lambda _address: None))) as document:
        links = [str(note.A.URI) for page in document.pages for note in page.get("/Annots", []) if "/URI" in note.A]
    assert {"tel:116123", "sms:85258"} <= set(links)

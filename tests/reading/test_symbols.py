"""The symbols of easy-read leaflets at their addresses, and on the pages and papers that show them."""

import io
import zipfile

import pypdfium2
import pytest

from monographs.text.markup.rules.symbols import NAMES, drawing
from tests.makers import make_published

BODY = """![](symbol:clock) Take 5mg at 8.

- ![](symbol:food) Take it with food.
- ![](symbol:water) Swallow it with water."""


@pytest.mark.parametrize("name", ["clock", "stop"])
def test_a_symbol_is_kept_by_browsers_for_a_year(client, name):
    response = client.get(f"/symbols/{name}.svg")
    assert (response.status_code, response["Content-Type"]) == (200, "image/svg+xml")
    assert response.content == drawing(name)
    assert "immutable" in response["Cache-Control"]
    assert client.get(f"/symbols/{name}.svg", headers={"if-none-match": response["ETag"]}).status_code == 304


def test_any_other_name_is_not_found(client, db):
    assert client.get("/symbols/unicorn.svg").status_code == 404
    assert client.post(f"/symbols/{NAMES[0]}.svg").status_code == 405


@pytest.fixture
def easy(db):
    return make_published(edition="easy-read", dosage=BODY).leaflet


def test_the_page_shows_them_beside_the_words(client, easy):
    page = client.get(f"/leaflets/{easy.slug}/").content.decode()
    assert '<p><img src="/symbols/clock.svg" alt=""> Take 5mg at 8.</p>' in page
    assert '<li><img src="/symbols/food.svg" alt=""> Take it with food.</li>' in page


def test_the_book_has_each_drawing_once(client, easy):
    book = zipfile.ZipFile(io.BytesIO(client.get(f"/leaflets/{easy.slug}/leaflet.epub").content))
    assert book.read("EPUB/symbol-clock.svg") == drawing("clock")
    assert 'href="symbol-food.svg" media-type="image/svg+xml"' in book.read("EPUB/package.opf").decode()
    assert '<img class="symbol" src="symbol-clock.svg" alt=""/>' in book.read("EPUB/leaflet.xhtml").decode()


def test_the_text_has_the_words_alone(client, easy):
    text = client.get(f"/leaflets/{easy.slug}/leaflet.txt").content.decode()
    assert "Take 5mg at 8.\n" in text
    assert "- Take it with food.\n- Swallow it with water." in text


def test_the_pdf_is_set_in_large_print_with_its_symbols(client, easy):
    usual, large = (client.get(f"/leaflets/{easy.slug}/{name}.pdf").content for name in ("leaflet", "large-print"))
    assert usual == large
    page = pypdfium2.PdfDocument(usual)
    words = " ".join(sheet.get_textpage().get_text_bounded() for sheet in page)
    assert "Take 5mg at 8." in " ".join(words.split())

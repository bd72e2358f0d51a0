"""The leaflet as a book."""

import io
import zipfile
from dataclasses import replace
from xml.etree import ElementTree

import pytest
from PIL import Image

from monographs.paper.epub import make_epub
from monographs.paper.setting.signs import plain_again
from tests.paper.parts import make_article
from tests.paper.test_plain import BODY

HTML = "{http://www.w3.org/1999/xhtml}"


def _book(article, read_picture=lambda _address: None) -> zipfile.ZipFile:
    return zipfile.ZipFile(io.BytesIO(make_epub(article, read_picture=read_picture, contents="In this leaflet")))


def _words(book: zipfile.ZipFile) -> str:
    root = ElementTree.fromstring(book.read("EPUB/leaflet.xhtml"))  # noqa: S314 - our own
    return " ".join(plain_again(" ".join(root.find(f"{HTML}body").itertext())).split())


def test_container_is_as_the_standard_has_it():
    book = _book(make_article(BODY))
    first = book.infolist()[0]
    assert (first.filename, first.compress_type, book.read(first)) == ("mimetype", 0, b"application/epub+zip")
    assert not first.extra
    package = ElementTree.fromstring(book.read("EPUB/package.opf"))  # noqa: S314
    named = {item.get("href") for item in package.iter("{http://www.idpf.org/2007/opf}item")}
    assert {f"EPUB/{name}" for name in named} == {
        name for name in book.namelist() if name.startswith("EPUB/") and not name.endswith(".opf")
    }


def test_words_are_the_pages():
    words = _words(_book(make_article(BODY)))
    for part in ("Take 5 mg as the page says.", "1. First 2. Then this", "Call 999 now You can't breathe.", "2.5 mg"):
        assert part in words


@pytest.mark.parametrize(("language", "way"), [("en", "ltr"), ("ar", "rtl"), ("ur", "rtl")])
def test_direction_and_language_stand_on_html_and_body(language, way):
    book = _book(make_article("5-10 mg", language=language))
    for name in ("EPUB/leaflet.xhtml", "EPUB/contents.xhtml"):
        root = ElementTree.fromstring(book.read(name))  # noqa: S314
        assert (root.get("lang"), root.get("dir"), root.find(f"{HTML}body").get("dir")) == (language, way, way)
    assert f'page-progression-direction="{way}"' in book.read("EPUB/package.opf").decode()


def test_contents_lead_to_headings_that_are_there():
    book = _book(make_article(BODY))
    leaflet = ElementTree.fromstring(book.read("EPUB/leaflet.xhtml"))  # noqa: S314
    ids = {element.get("id") for element in leaflet.iter() if element.get("id")}
    contents = ElementTree.fromstring(book.read("EPUB/contents.xhtml"))  # noqa: S314
    targets = [link.get("href").partition("#")[2] for link in contents.iter(f"{HTML}a")]
    assert len(targets) > 8
    assert set(targets) == ids


def test_same_leaflet_is_the_same_bytes_and_no_text_is_obeyed():
    article = make_article('<b>5 mg</b> & "more" ]]> &amp; <script>')
    one, other = (make_epub(article, read_picture=lambda _address: None, contents="C") for _time in range(2))
    assert one == other
    assert '<b>5 mg</b> & "more" ]]> &amp; <script>' in _words(_book(article))


def test_pictures_come_along():
    out = io.BytesIO()
    Image.new("RGB", (4, 3)).save(out, "PNG")
    book = _book(make_article("![Two tablets](/media/a.png)"), lambda _address: out.getvalue())
    assert book.read("EPUB/picture-0.png") == out.getvalue()
    assert b'alt="Two tablets"' in book.read("EPUB/leaflet.xhtml")


def test_the_clinics_logo_stands_above_the_title_under_the_clinics_name():
    out = io.BytesIO()
    Image.new("RGB", (48, 12)).save(out, "PNG")
    article = replace(make_article("![Two tablets](/media/a.png)"), logo="/media/logo.png", author='Mill & "Lane"')
    book = _book(article, lambda _address: out.getvalue())
    assert book.read("EPUB/logo.png") == book.read("EPUB/picture-1.png") == out.getvalue()
    root = ElementTree.fromstring(book.read("EPUB/leaflet.xhtml"))  # noqa: S314
    first = root.find(f"{HTML}body")[0][0]
    assert (first.get("class"), first.get("src"), first.get("alt")) == ("logo", "logo.png", 'Mill & "Lane"')
    package = book.read("EPUB/package.opf").decode()
    assert '<item id="logo" href="logo.png" media-type="image/png"/>' in package


@pytest.mark.parametrize("data", [None, b"no picture"])
def test_a_logo_that_is_not_there_is_left_out(data):
    book = _book(replace(make_article(), logo="/media/logo.png"), lambda _address: data)
    assert "logo" not in book.read("EPUB/leaflet.xhtml").decode()
    assert [name for name in book.namelist() if "logo" in name] == []

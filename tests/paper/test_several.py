"""Several leaflets in one print: one document whose tags, bookmarks, footers and codes belong to the right leaflet."""

import datetime as dt
import io
from collections.abc import Iterator
from dataclasses import replace
from itertools import groupby
from types import SimpleNamespace

import pikepdf
import pypdfium2
import pytest
import zxingcpp
from PIL import Image

from monographs.paper import pdf as printing
from monographs.paper.articles.article import Article
from monographs.paper.articles.cover import Cover, in_short
from monographs.paper.from_page.blocks import Heading, words_of
from monographs.paper.pdf import NoTypeface, make_pdf, make_several
from monographs.paper.setting.signs import plain_again
from tests.paper.parts import glyphs_of, lines_of, make_article, page_size, text_of

FOOT = "Three leaflets, Mill Lane"
ARABIC = "تناول 5-10 mg مرة في اليوم."


def _cover(articles: list[Article]) -> Cover:
    words = "Three leaflets", "Each begins on a page of its own.", "en", "Mill Lane", FOOT, "Page {page} of {pages}"
    return Cover(*words, tuple(articles), dt.date(2026, 3, 3))


def _article(title: str, body: str, number: int, language: str = "en") -> Article:
    return replace(
        make_article(body, title=title, language=language),
        foot=f"{title}, {number}",
        address=f"https://leaflets.example/leaflets/{number}/versions/{number}/",
    )


@pytest.fixture(scope="module")
def three() -> list[Article]:
    return [
        _article("Testamol", "Take 1 mg.\n\n" + "Words of the first. " * 400, 1),
        replace(_article("أرابيكول", ARABIC, 2, "ar"), page_of="صفحة {page} من {pages}"),
        _article("Lek próbny", "Przyjmuj 0,5–1 mg.\n\n### Dzieci\n\nZapytaj.", 3, "pl"),
    ]


def _made(articles: list[Article], size: int = 12) -> bytes:
    return make_several(_cover(articles), size=size, read_picture=lambda _address: None)


@pytest.fixture(scope="module")
def pdf(three) -> bytes:
    return _made(three)


def _spoken(node, language: str) -> Iterator[tuple[pikepdf.Dictionary, str]]:
    """Each tag with the language in which it is read: its own or that of the one around it."""
    if isinstance(node, pikepdf.Array):
        for one in node:
            yield from _spoken(one, language)
    elif isinstance(node, pikepdf.Dictionary):
        language = str(node.get("/Lang", language))
        if "/S" in node:
            yield node, language
        if "/K" in node:
            yield from _spoken(node.K, language)


def _elements(node) -> Iterator[pikepdf.Dictionary]:
    return (one for one, _language in _spoken(node, ""))


def _pages(pdf: bytes) -> list[str]:
    document = pypdfium2.PdfDocument(pdf)
    found = []
    for page in document:
        text = page.get_textpage()
        found.append(" ".join(plain_again(text.get_text_bounded()).replace("\ufffe", "-").split()))
        text.close()
        page.close()
    document.close()
    return found


def test_each_leaflet_has_its_headings_under_its_own_title(pdf):
    with pikepdf.open(io.BytesIO(pdf)) as document:
        headings = [
            (str(one.S), plain_again(str(one.get("/T", ""))))
            for one in _elements(document.Root.StructTreeRoot.K)
            if str(one.S).startswith("/H")
        ]
    titles = [title for level, title in headings if level == "/H1"]
    assert titles == ["Three leaflets", "Testamol", "أرابيكول", "Lek próbny"]
    after = headings[headings.index(("/H1", "Lek próbny")) :]
    assert ("/H3", "Dzieci") in after
    assert ("/H2", "Źródła") in after
    assert all(int(b[0][2]) <= int(a[0][2]) + 1 for a, b in zip(headings, headings[1:], strict=False))


def test_each_leaflets_tags_say_its_language(pdf):
    with pikepdf.open(io.BytesIO(pdf)) as document:
        assert str(document.Root.Lang) == "en"
        tops = [str(one.get("/Lang", "en")) for one in document.Root.StructTreeRoot.K[0].K]
        within = {language for _one, language in _spoken(document.Root.StructTreeRoot.K, "en")}
    cover, leaflets = ["en", "ar", "pl"], ["en", "ar", "en", "ar", "pl", "en", "pl"]  # "en": what the clinic wrote
    assert [language for language, _tags in groupby(tops)] == [*cover, *leaflets]
    assert within == {"en", "ar", "pl"}


def test_contents_are_tagged_and_lead_to_the_page_on_which_each_begins(pdf, three):
    pages = _pages(pdf)
    starts = [next(n for n, words in enumerate(pages, start=1) if n > 1 and article.foot in words) for article in three]
    assert starts[0] == 2
    assert starts == sorted(set(starts))
    cover = lines_of([glyph for glyph in glyphs_of(pdf) if glyph.page == 0])
    assert any(line.startswith("Testamol.") and line.endswith(f".{starts[0]}") for line in cover)
    assert any(line.startswith(f"{starts[1]}.") for line in cover)  # Arabic: the number stands at the left
    assert any(line.startswith("Lekpróbny.") and line.endswith(f".{starts[2]}") for line in cover)
    with pikepdf.open(io.BytesIO(pdf)) as document:
        tags = [str(one.S) for one in _elements(document.Root.StructTreeRoot.K)]
        assert tags.count("/TOC") == 1
        assert tags.count("/TOCI") == 3


def test_bookmarks_name_each_leaflet_and_its_sections(pdf):
    with pikepdf.open(io.BytesIO(pdf)) as document, document.open_outline() as outline:
        names = {plain_again(item.title): [plain_again(one.title) for one in item.children] for item in outline.root}
    assert list(names) == ["Three leaflets", "Testamol", "أرابيكول", "Lek próbny"]
    assert names["Three leaflets"] == ["Testamol", "أرابيكول", "Lek próbny"]
    assert names["Lek próbny"][-1] == "Co się zmieniło"


def test_cover_has_the_key_facts_of_each_and_names_its_version(pdf, three):
    cover = _pages(pdf)[0]
    assert cover.count("Take it with food. • Do not drive if you feel sleepy.") >= 2
    assert "Testamol, 1 " in cover
    assert "Lek próbny, 3 " in cover


def test_foot_names_the_leaflet_whose_page_it_is_and_counts_all_pages(pdf, three):
    pages = _pages(pdf)
    assert all(f"Page {number} of {len(pages)}" in words for number, words in enumerate(pages, 1) if "من" not in words)
    assert FOOT in pages[0]
    kinds = [[article.title for article in three if article.foot in words] for words in pages[1:]]
    assert [kind for kind, _pages in groupby(kinds)] == [["Testamol"], ["أرابيكول"], ["Lek próbny"]]
    assert kinds.count(["Testamol"]) > 1


def test_code_of_each_leaflet_stands_on_its_own_pages(pdf, three):
    document = pypdfium2.PdfDocument(pdf)
    codes = [[code.text for code in zxingcpp.read_barcodes(page.render(scale=2.5).to_pil())] for page in document]
    document.close()
    assert [code for page in codes for code in page] == [article.address for article in three]
    pages = _pages(pdf)
    for article in three:
        [at] = [number for number, found in enumerate(codes) if article.address in found]
        assert article.foot in pages[at]


@pytest.mark.parametrize("size", [12, 28])
def test_what_one_leaflet_says_is_the_same_alone_and_among_others(three, size):
    together = text_of(_made(three, size))
    alone = text_of(make_pdf(three[2], size=size, read_picture=lambda _address: None))
    words = alone.split("Page ")[0]
    assert words[:200] in together


@pytest.mark.parametrize("size", [12, 16, 20, 24, 28])
def test_every_sign_lies_inside_the_page(three, size):
    long = _article("Hydroxychloroquine-methylprednisolone-trimethoprim-sulfamethoxazole " * 2, "Words.", 4)
    made = _made([*three, long], size)
    width, height = page_size(made)
    glyphs = [glyph for glyph in glyphs_of(made) if glyph.right > glyph.left and glyph.sign.strip()]
    outside = [g for g in glyphs if g.left < 48 or g.right > width - 48 or g.bottom < 20 or g.top > height - 20]
    assert outside == []


def test_amounts_in_arabic_stand_in_their_order_beside_english(pdf):
    assert any("5-10mg" in line for line in lines_of(glyphs_of(pdf)))


def test_it_is_pdf_ua_and_the_same_bytes_each_time(pdf, three):
    assert _made(three) == pdf
    with pikepdf.open(io.BytesIO(pdf)) as document, document.open_metadata() as metadata:
        assert metadata["dc:title"] == "Three leaflets"
        assert metadata["pdfuaid:part"] == "1"
    assert b"D:20260303" in pdf


def test_notice_stands_on_the_cover_in_its_own_words():
    html = (
        '<article class="leaflet"><header><p class="eyebrow">Information for patients</p><h1>Gonamol</h1>'
        '<p class="class">Withdrawn on 4 March 2026</p></header><section class="withdrawn"><h2>Not available</h2>'
        "<p>Keep taking it. Ask us.</p></section></article>"
        "<h2>What you can do</h2><ul><li>Read the leaflet in your pack.</li></ul>"
    )
    gone = replace(make_article(), html=html, title="Gonamol", address="", foot="Gonamol, 4 March 2026")
    cover = _pages(_made([make_article(), gone]))[0]
    assert "Withdrawn on 4 March 2026 Not available Keep taking it. Ask us." in cover
    assert "Read the leaflet in your pack." not in cover


def test_warning_above_a_leaflet_stands_on_the_cover():
    warned = make_article()
    warned = replace(warned, html=f'<aside class="banner banner-strong"><p>Recalled today.</p></aside>{warned.html}')
    assert "Recalled today." in _pages(_made([make_article(), warned]))[0]
    assert [words_of(block.inline) for block in in_short(warned) if isinstance(block, Heading)] == ["Testamol"]


def test_pictures_of_several_leaflets_are_kept_apart(monkeypatch):
    named = []
    listening = SimpleNamespace(compile=lambda files, **_rest: named.extend(files) or b"")
    monkeypatch.setattr(printing, "_compiler", lambda _language: listening)
    out = io.BytesIO()
    Image.new("RGB", (40, 30), "red").save(out, "PNG")
    article = make_article("![Two tablets](/media/a.png)")
    make_several(_cover([article, article]), size=12, read_picture=lambda _address: out.getvalue())
    assert {"1-picture-0.svg", "2-picture-0.svg", "1-address.svg", "2-address.svg"} <= set(named)


def test_language_without_a_typeface_is_refused():
    with pytest.raises(NoTypeface):
        _made([make_article(), replace(make_article(), language="he")])


def test_another_leaflet_or_order_is_another_file(three):
    digests = [_cover(some).digest("pdf 12") for some in (three, three[:2], three[::-1])]
    assert len({*digests, _cover(three).digest("pdf 16")}) == 4
    assert _cover(list(three)).digest("pdf 12") == digests[0]

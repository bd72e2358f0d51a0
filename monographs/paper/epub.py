"""A leaflet as a book for a reading app: EPUB 3.3 (W3C), which sets letters as large and as far apart as its reader
likes.

Written by our own words and Python's ``zipfile``, the same bytes for the same leaflet. ``dir`` and ``lang`` stand on
every document, and doses keep their order by Unicode's isolates within the words.
"""

import datetime as dt
import io
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from xml.sax.saxutils import escape, quoteattr

from monographs.files.pictures import TYPES
from monographs.paper.articles.article import Article
from monographs.paper.from_page.blocks import (
    Address,
    Block,
    Box,
    Heading,
    Inline,
    Items,
    Line,
    Paragraph,
    People,
    Picture,
    Run,
    Spoken,
    Table,
)
from monographs.paper.pictures.people import drawn
from monographs.paper.pictures.pictures import ReadPicture, measure, symbol_at
from monographs.paper.setting.signs import cleaned, plain_again
from monographs.text.markup.markdown import direction

_TYPES = TYPES | {"svg": "image/svg+xml"}
_FIXED = (1980, 1, 1, 0, 0, 0)  # the first moment that a zip file can name
_STYLE = """body { line-height: 1.5; }
.care, .key-facts { border: 1px solid; padding: 0 1em; margin: 1em 0; }
.emergency, .strong { border-width: 3px; }
table { border-collapse: collapse; }
th, td { border: 1px solid; padding: .3em .5em; text-align: start; vertical-align: top; }
ul.numbered { list-style: none; padding-inline-start: 0; }
ul.numbered > li > .number { float: inline-start; min-width: 1.8em; }
.small, .eyebrow { font-size: .9em; }
img { max-width: 100%; }
svg { display: block; max-width: 100%; margin: .4em 0; }
img.logo { max-width: 12em; max-height: 4em; padding: .3em; background: #fff; }
img.symbol { width: 3em; height: 3em; vertical-align: middle; margin: .2em .4em; }
"""


def make_epub(article: Article, *, read_picture: ReadPicture, contents: str) -> bytes:
    """The book; ``contents`` is the heading of its contents in the leaflet's language."""
    book = _Book(article, read_picture)
    body = book.logo() + "".join(text for block in article.blocks for text in book.block(block))
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        _put(archive, "mimetype", b"application/epub+zip", is_packed=False)  # first, and as it is (OCF 3.3, 4.3)
        _put(archive, "META-INF/container.xml", _CONTAINER.encode())
        _put(archive, "EPUB/package.opf", book.package().encode())
        _put(archive, "EPUB/contents.xhtml", book.document(contents, book.navigation(contents)).encode())
        _put(archive, "EPUB/leaflet.xhtml", book.document(plain_again(article.title), body).encode())
        _put(archive, "EPUB/style.css", _STYLE.encode())
        for name, data in book.pictures.items():
            _put(archive, f"EPUB/{name}", data)
    return out.getvalue()


_CONTAINER = """<?xml version="1.0" encoding="UTF-8"?>
<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>
<rootfile full-path="EPUB/package.opf" media-type="application/oebps-package+xml"/></rootfiles></container>
"""


def _put(archive: zipfile.ZipFile, name: str, data: bytes, *, is_packed: bool = True) -> None:
    entry = zipfile.ZipInfo(name, _FIXED)
    entry.compress_type = zipfile.ZIP_DEFLATED if is_packed else zipfile.ZIP_STORED
    entry.external_attr = 0o644 << 16
    archive.writestr(entry, data)


class _Book:
    def __init__(self, article: Article, read_picture: ReadPicture):
        self.article, self._read_picture = article, read_picture
        self.pictures: dict[str, bytes] = {}
        self.has_drawings = False
        self._headings: list[tuple[str, str]] = []

    def document(self, title: str, body: str) -> str:
        language, way = self.article.language, direction(self.article.language)
        return (
            '<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE html>\n'
            f'<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops" '
            f'lang="{language}" xml:lang="{language}" dir="{way}">\n'
            f'<head><meta charset="utf-8"/><title>{escape(title)}</title>'
            '<link rel="stylesheet" href="style.css"/></head>\n'
            f'<body dir="{way}">\n{body}</body>\n</html>\n'
        )

    def logo(self) -> str:
        """The clinic's logo above the title, as at the head of the first sheet; "" without one."""
        data = self._read_picture(self.article.logo) if self.article.logo else None
        found = measure(data) if data else None
        if not found:
            return ""
        name = f"logo.{found[0]}"
        self.pictures[name] = data
        return f'<p><img class="logo" src="{name}" alt={quoteattr(cleaned(self.article.author))}/></p>\n'

    def navigation(self, contents: str) -> str:
        links = "".join(f'<li><a href="leaflet.xhtml#{key}">{words}</a></li>\n' for key, words in self._headings)
        return f'<nav epub:type="toc" role="doc-toc"><h1>{escape(contents)}</h1><ol>\n{links}</ol></nav>\n'

    def package(self) -> str:
        article = self.article
        on = article.on or dt.date(2000, 1, 1)
        drawings = ' properties="svg"' if self.has_drawings else ""
        files = [
            '<item id="nav" href="contents.xhtml" media-type="application/xhtml+xml" properties="nav"/>',
            f'<item id="leaflet" href="leaflet.xhtml" media-type="application/xhtml+xml"{drawings}/>',
            '<item id="style" href="style.css" media-type="text/css"/>',
            *(f'<item id="{name.partition(".")[0]}" href="{name}" media-type="{_TYPES[name.rpartition(".")[2]]}"/>'
              for name in self.pictures),
        ]  # fmt: skip
        features = (
            "structuralNavigation",
            "tableOfContents",
            "readingOrder",
            "displayTransformability",
            "alternativeText",
        )
        return (
            '<?xml version="1.0" encoding="UTF-8"?>\n<package xmlns="http://www.idpf.org/2007/opf" version="3.0" '
            f'unique-identifier="id" xml:lang="{article.language}" dir="{direction(article.language)}">\n<metadata '
            'xmlns:dc="http://purl.org/dc/elements/1.1/">\n'
            f'<dc:identifier id="id">{escape(article.address or plain_again(article.title))}</dc:identifier>\n'
            f"<dc:title>{escape(plain_again(article.title))}</dc:title>\n<dc:language>{article.language}</dc:language>\n"
            f"<dc:creator>{escape(article.author)}</dc:creator>\n<dc:date>{on.isoformat()}</dc:date>\n"
            f'<meta property="dcterms:modified">{on.isoformat()}T00:00:00Z</meta>\n'
            '<meta property="schema:accessMode">textual</meta>\n'
            '<meta property="schema:accessModeSufficient">textual</meta>\n'
            '<meta property="schema:accessibilityHazard">none</meta>\n'
            + "".join(f'<meta property="schema:accessibilityFeature">{one}</meta>\n' for one in features)
            + "</metadata>\n<manifest>\n" + "\n".join(files) + "\n</manifest>\n"
            f'<spine page-progression-direction="{direction(article.language)}"><itemref idref="leaflet"/></spine>\n'
            "</package>\n"
        )  # fmt: skip

    def block(self, block: Block) -> Iterator[str]:
        match block:
            case Heading(level, inline):
                key = f"h{len(self._headings) + 1}"
                self._headings.append((key, self.words(inline, is_linked=False)))
                yield f'<h{level} id="{key}">{self.words(inline)}</h{level}>\n'
            case Paragraph(inline, look):
                yield f"<p{f' class={quoteattr(look)}' if look else ''}>{self.words(inline)}</p>\n"
            case Address(inline):
                yield f'<p class="small">{self.words(inline)}</p>\n'
            case Items(items, labels):
                yield from self._items(items, labels)
            case Table(head, rows):
                yield self._table(head, rows)
            case Box(look, blocks):
                kind = look if look == "key-facts" else f"care {look}"
                yield f'<section class="{kind}">\n{self._all(blocks)}</section>\n'
            case Line():
                yield "<hr/>\n"
            case Spoken(language, way, blocks):
                yield f'<div lang="{language}" xml:lang="{language}" dir="{way}">\n'
                yield f"{self._all(blocks)}</div>\n"

    def _all(self, blocks: Iterable[Block]) -> str:
        return "".join(text for block in blocks for text in self.block(block))

    def _items(self, items: Sequence[Sequence[Block]], labels: Sequence[str]) -> Iterator[str]:
        yield '<ul class="numbered">\n' if labels else "<ul>\n"
        for at, item in enumerate(items):
            label = f'<span class="number">{escape(labels[at])}</span> ' if labels else ""
            yield f"<li>{label}{self._all(item)}</li>\n"
        yield "</ul>\n"

    def _table(self, head: Sequence[Inline], rows: Iterable[Sequence[Inline]]) -> str:
        cells = "".join(f'<th scope="col">{self.words(cell)}</th>' for cell in head)
        body = "".join(f"<tr>{''.join(f'<td>{self.words(cell)}</td>' for cell in row)}</tr>\n" for row in rows)
        return f"<table>{f'<thead><tr>{cells}</tr></thead>' if head else ''}<tbody>\n{body}</tbody></table>\n"

    def words(self, inline: Inline, *, is_linked: bool = True) -> str:
        return "".join(self._word(one, is_linked) for one in inline)

    def _word(self, one: Run | Picture | People, is_linked: bool) -> str:
        match one:
            case Picture():
                return self._picture(one)
            case People(svg):
                return self._people(svg) if is_linked else ""
        return self._run(one, is_linked)

    def _people(self, svg: str) -> str:
        self.has_drawings = True
        drawing = drawn(svg, direction=direction(self.article.language))
        return drawing.svg.replace("<svg ", f'<svg width="{drawing.wide:g}em" height="{drawing.high:.2f}em" ', 1)

    def _run(self, run: Run, is_linked: bool) -> str:
        made = escape(cleaned(run.text)).replace("\n", "<br/>")
        made = f"<em>{made}</em>" if run.is_italic else made
        made = f"<strong>{made}</strong>" if run.is_bold else made
        return f"<a href={quoteattr(cleaned(run.href))}>{made}</a>" if run.href and is_linked else made

    def _picture(self, picture: Picture) -> str:
        if symbol := symbol_at(picture.src):
            name = f"symbol-{symbol[0]}.svg"
            self.pictures[name] = symbol[1]
            return f'<img class="symbol" src="{name}" alt={quoteattr(cleaned(picture.alt))}/>'
        data = self._read_picture(picture.src)
        found = measure(data) if data else None
        if not found:
            return f"<em>[{escape(picture.alt)}]</em>" if picture.alt else ""
        name = f"picture-{len(self.pictures)}.{found[0]}"
        self.pictures[name] = data
        return f'<img src="{name}" alt={quoteattr(cleaned(picture.alt))}/>'

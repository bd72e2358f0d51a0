#!/usr/bin/env bash
# EbookLib 0.20: an Arabic EPUB that is read and written again is marked as English, from left to right
#
# Expected: what is not touched stays: lang="ar" and dir="rtl" of each page, and its title.
# Seen:     each page is made anew with lang="en", without its direction and with an empty head, although the package says
#           dc:language ar; the book's own language attribute is "en", too. The list of contents likewise.
# Who is hurt: readers whose screen reader speaks Arabic with an English voice; doses in a right-to-left line change places.
# Instead: write the files of the archive through unread, or set language and direction on every item and compare both ends.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check EbookLib==0.20
cd "$work"
"$work/venv/bin/python" - <<'PYTHON'
import zipfile

from ebooklib import epub

CONTAINER = """<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>
<rootfile full-path="content.opf" media-type="application/oebps-package+xml"/></rootfiles></container>"""
PACKAGE = """<package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="id" xml:lang="ar" dir="rtl">
<metadata xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:identifier id="id">urn:x:1</dc:identifier>
<dc:title>نشرة</dc:title><dc:language>ar</dc:language>
<meta property="dcterms:modified">2026-01-01T00:00:00Z</meta></metadata>
<manifest><item id="page" href="page.xhtml" media-type="application/xhtml+xml"/>
<item id="nav" href="nav.xhtml" media-type="application/xhtml+xml" properties="nav"/></manifest>
<spine page-progression-direction="rtl"><itemref idref="page"/></spine></package>"""
PAGE = """<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops" lang="ar" xml:lang="ar" dir="rtl">
<head><title>نشرة</title></head><body dir="rtl">{}</body></html>"""

with zipfile.ZipFile("in.epub", "w") as book:
    book.writestr("mimetype", "application/epub+zip")
    book.writestr("META-INF/container.xml", CONTAINER)
    book.writestr("content.opf", PACKAGE)
    book.writestr("page.xhtml", PAGE.format("<p>خذ 5–10 mg</p>"))
    book.writestr("nav.xhtml", PAGE.format('<nav epub:type="toc"><ol><li><a href="page.xhtml">خذ</a></li></ol></nav>'))

read = epub.read_epub("in.epub")
assert read.get_metadata("DC", "language")[0][0] == "ar"
assert read.language == "en", read.language
epub.write_epub("out.epub", read)
with zipfile.ZipFile("out.epub") as book:
    for name in ("EPUB/page.xhtml", "EPUB/nav.xhtml"):
        page = book.read(name).decode()
        assert 'lang="en"' in page and 'lang="ar"' not in page and "rtl" not in page, page
    assert "<title>" not in book.read("EPUB/page.xhtml").decode()
PYTHON
echo "Still so: an Arabic book comes back in English."

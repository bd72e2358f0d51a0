"""A PDF that is read aloud as well as looked at: tagged, PDF/UA-1 (ISO 14289-1), the same bytes for the same
leaflet.

One is made at a time in a process: a sheet takes some milliseconds, and memory is bounded so. How long one takes is
bounded by how long a leaflet may be (`leaflets.limits`). The compiler is kept from one to the next, with the template
evaluated and typst's library made ready; the files of a leaflet go with it.
"""

import json
import threading
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import typst

from monographs.files.pictures import TYPES
from monographs.paper.articles.article import Article
from monographs.paper.articles.beside import Beside
from monographs.paper.articles.cover import Cover, in_short
from monographs.paper.from_page.blocks import Block, Paragraph, Run
from monographs.paper.pictures.pictures import ReadPicture, in_svg, measure
from monographs.paper.pictures.qr import qr_svg
from monographs.paper.setting import signs
from monographs.paper.setting.signs import plain_again
from monographs.paper.setting.typefaces import can_set, fonts, look_of
from monographs.paper.sheet import COLUMN, PAPER, make_sheet, margins
from monographs.text.markup.markdown import direction

PATIENCE = 10.0  # seconds that one waits for the sheets of others
_FOLDER = Path(__file__).parent  # of the template
_MAIN = b'#import "leaflet.typ": sheets\n#sheets(json("leaflet.json"))\n'
_LOGO = 150.0, 42.0  # pt, at most wide and high
_GAP = 18.0  # pt, between two columns
_one_at_a_time = threading.Lock()


class NoTypeface(Exception):
    """No typeface here has the letters of this language."""


class TooMany(Exception):
    """Others are being printed; this one waited long enough."""


def make_pdf(article: Article, *, size: int, read_picture: ReadPicture) -> bytes:
    """The article on A4 in ``size`` pt. Raises NoTypeface and TooMany."""
    part, files = _part(article, size, read_picture)
    logo = _logo(article.logo, article.author, read_picture, files)
    return _compiled(article, [part | logo], files, size, [part["lang"]])


def make_several(cover: Cover, *, size: int, read_picture: ReadPicture) -> bytes:
    """The cover's articles in one document: first what is most important in each, then each on pages of its own.
    They may be in different languages. Raises NoTypeface and TooMany.

    PDFs that were made one by one and joined afterwards have the headings of one leaflet on another's pages, for who
    hears them.
    """
    files: dict[str, bytes] = {}
    parts = [_cover_part(cover, size) | _logo(cover.logo, cover.author, read_picture, files)]
    for number, article in enumerate(cover.articles, start=1):
        part, more = _part(article, size, read_picture, beside=f"{number}-")
        for above in list(_highest(part["blocks"]))[:-1]:
            above["cover"] = True  # an alert above the title: the contents name the leaflet alone
        parts.append(part)
        files |= more
    return _compiled(cover, parts, files, size, [part["lang"] for part in parts])


def make_beside(beside: Beside, *, size: int, read_picture: ReadPicture) -> bytes:
    """Both sides in two columns. Raises NoTypeface and TooMany."""
    files: dict[str, bytes] = {}
    looks = []
    for number, side in enumerate(beside.sides, start=1):
        looks.append(_look(side.language) | {"address": f"{number}-address.svg", "qr_alt": side.qr_alt})
        files[f"{number}-address.svg"] = qr_svg(side.address)
    parts = []
    for number, row in enumerate(beside.rows):
        cells = []
        for step, pair in enumerate(row):
            for blocks, side, look in zip(pair, beside.sides, looks, strict=True):
                sheet = make_sheet(
                    blocks, language=side.language, size=size, read_picture=read_picture,
                    direction=direction(side.language), beside=f"{number}-{step}-{look['lang']}-",
                    room=(COLUMN - _GAP) / 2,
                )  # fmt: skip
                files |= sheet.files
                cells.append({"t": "other", "part": look, "x": sheet.data["blocks"]})
        parts.append(cells)
    foot = "\n".join(side.foot for side in beside.sides)
    part = looks[0] | {
        "blocks": [{"t": "beside", "x": parts, "gap": _GAP}],
        "fonts": list(dict.fromkeys(face for look in looks for face in look["fonts"])),
        "bottom": margins(size, foot)[2],
        "foot": foot,
        "page_of": beside.page_of,
    }
    part |= _logo(beside.logo, beside.author, read_picture, files)
    return _compiled(beside, [part], files, size, [look["lang"] for look in looks])


def _part(article: Article, size: int, read_picture: ReadPicture, beside: str = "") -> tuple[dict, dict[str, bytes]]:
    """An article as data for the template, and the files that it names."""
    look = _look(article.language)
    sheet = make_sheet(
        article.blocks, language=article.language, size=size, read_picture=read_picture,
        direction=direction(article.language), beside=beside,
    )  # fmt: skip
    name = f"{beside}address.svg"
    files = sheet.files | ({name: qr_svg(article.address)} if article.address else {})
    part = look | {
        "blocks": sheet.data["blocks"],
        "bottom": margins(size, article.foot)[2],
        "foot": article.foot,
        "page_of": article.page_of,
        "address": name,
        "qr_alt": article.qr_alt,
    }
    return part, files


def _highest(blocks: list[dict]) -> Iterator[dict]:
    """The headings of the first level, in their order; the last of a leaflet is its title."""
    for block in blocks:
        if block["t"] == "heading" and block["level"] == 1:
            yield block
        elif block["t"] == "box":
            yield from _highest(block["x"])


def _look(language: str) -> dict[str, object]:
    """How words of a language are set. Raises NoTypeface."""
    if not can_set(language):
        raise NoTypeface(language)
    return look_of(language, direction(language))


def _cover_part(cover: Cover, size: int) -> dict[str, object]:
    def made(blocks: tuple[Block, ...], language: str) -> list[dict]:
        return make_sheet(
            blocks, language=language, size=size, read_picture=lambda _address: None, direction=direction(language)
        ).data["blocks"]

    title, *others = made(cover.above, cover.language)
    entries, facts = [], []
    for article in cover.articles:
        look = _look(article.language)
        [name] = made((Paragraph((Run(article.title),)),), article.language)
        entries.append({"x": name["x"], "part": look})
        facts.append({"t": "other", "part": look, "x": made(in_short(article), article.language)})
    contents = {"t": "contents", "x": entries}
    return _look(cover.language) | {
        "blocks": [title | {"cover": True}, *others, contents, *facts],
        "bottom": margins(size, cover.foot)[2],
        "foot": cover.foot,
        "page_of": cover.page_of,
        "address": "",
        "qr_alt": "",
    }


def _compiled(
    of: Article | Cover | Beside, parts: list[dict], files: dict[str, bytes], size: int, languages: list[str]
) -> bytes:
    """The document, under the title and date of an article, a cover or two leaflets, in the faces of its languages."""
    margin, foot_size, _bottom = margins(size, "")
    data = {
        "title": plain_again(of.title),
        "author": of.author,
        "on": list(of.on.timetuple()[:3]) if of.on else None,
        "size": size,
        "paper": PAPER,
        "margin": margin,
        "foot_size": foot_size,
        "parts": parts,
    }
    files = {"main.typ": _MAIN, "leaflet.json": json.dumps(data).encode(), **files}
    if not _one_at_a_time.acquire(timeout=PATIENCE):
        raise TooMany
    try:
        compiler = _compiler("zh" if "zh" in languages else "en")  # all but Chinese have the same faces
        return compiler.compile(files, format="pdf", pdf_standards=["ua-1"])
    finally:
        _one_at_a_time.release()


@cache
def _compiler(language: str) -> typst.Compiler:
    """With the faces of a language. Only one thread may use it at a time."""
    return typst.Compiler(root=_FOLDER, font_paths=fonts(language))


def _logo(address: str, name: str, read_picture: ReadPicture, files: dict[str, bytes]) -> dict[str, dict]:
    """The clinic's logo for the head of the first sheet, within `_LOGO`; it is added to ``files``."""
    picture = read_picture(address) if address else None
    found = measure(picture) if picture else None
    if not found:
        return {}
    ending, (wide, high) = found
    files["logo.svg"] = in_svg(picture, TYPES[ending], wide, high)
    return {"logo": {"width": min(_LOGO[0], _LOGO[1] * wide / high), "alt": signs.cleaned(name)}}

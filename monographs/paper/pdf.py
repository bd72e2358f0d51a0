"""A PDF that is read aloud as well as looked at: tagged, PDF/UA-1 (ISO 14289-1), the same bytes for the same
leaflet.

One is made at a time in a process: a sheet takes some milliseconds, and memory is bounded so. How long one takes is
bounded by how long a leaflet may be (`leaflets.limits`).
"""

import json
import threading
from pathlib import Path

import typst

from monographs.files.pictures import TYPES
from monographs.paper import signs
from monographs.paper.article import Article
from monographs.paper.pictures import ReadPicture, in_svg, measure
from monographs.paper.qr import qr_svg
from monographs.paper.sheet import PAPER, make_sheet, margins
from monographs.paper.signs import plain_again
from monographs.paper.typefaces import can_set, families, fonts
from monographs.text.markup.markdown import direction

PATIENCE = 10.0  # seconds that one waits for the sheets of others
_TEMPLATE = Path(__file__).with_name("leaflet.typ")
_LEADING = {"ar": 0.6, "fa": 0.6, "ur": 0.75}  # em between the lines; Arabic letters reach far up and down
_USUAL_LEADING = 0.42
_LOGO = 150.0, 42.0  # pt, at most wide and high
_one_at_a_time = threading.Lock()


class NoTypeface(Exception):
    """No typeface here has the letters of this language."""


class TooMany(Exception):
    """Others are being printed; this one waited long enough."""


def make_pdf(article: Article, *, size: int, read_picture: ReadPicture) -> bytes:
    """The article on A4 in ``size`` pt. Raises NoTypeface and TooMany."""
    if not can_set(article.language):
        raise NoTypeface(article.language)
    way = direction(article.language)
    sheet = make_sheet(article.blocks, language=article.language, size=size, read_picture=read_picture, direction=way)
    margin, foot_size, bottom = margins(size, article.foot)
    language = article.language.split("-")[0]
    data = sheet.data | {
        "title": plain_again(article.title),
        "author": article.author,
        "on": list(article.on.timetuple()[:3]) if article.on else None,
        "lang": language,
        "rtl": way == "rtl",
        "fonts": families(article.language),
        "size": size,
        "paper": PAPER,
        "margin": margin,
        "bottom": bottom,
        "foot": article.foot,
        "foot_size": foot_size,
        "page_of": article.page_of,
        "leading": _LEADING.get(language, _USUAL_LEADING),
        "qr_alt": article.qr_alt,
    }
    data["logo"] = _logo(article, read_picture, sheet.files)
    files = {"main.typ": _TEMPLATE.read_bytes(), "leaflet.json": json.dumps(data).encode(), **sheet.files}
    if article.address:
        files["address.svg"] = qr_svg(article.address)
    if not _one_at_a_time.acquire(timeout=PATIENCE):
        raise TooMany
    try:
        return typst.compile(files, font_paths=fonts(article.language), format="pdf", pdf_standards=["ua-1"])
    finally:
        _one_at_a_time.release()


def _logo(article: Article, read_picture: ReadPicture, files: dict[str, bytes]) -> dict | None:
    """The clinic's logo for the head of the first sheet, within `_LOGO`; it is added to ``files``."""
    picture = read_picture(article.logo) if article.logo else None
    found = measure(picture) if picture else None
    if not found:
        return None
    ending, (wide, high) = found
    files["logo.svg"] = in_svg(picture, TYPES[ending], wide, high)
    return {"width": min(_LOGO[0], _LOGO[1] * wide / high), "alt": signs.cleaned(article.author)}

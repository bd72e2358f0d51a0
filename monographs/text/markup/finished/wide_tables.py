"""Tables that are too wide for a telephone or a sheet of paper: told when the page is compiled, without a browser.

On paper nothing scrolls, and at the edge of a telephone "400 mg" may be cut to "00 mg". There such a table becomes
blocks, "head: value" a line (public.css, print.css). Style sheets can write a head beside a value only from an
attribute of the value's own cell: ``data-head``.
"""

import html as html_entities
import re
import unicodedata

from django.utils.html import escape

# Widths in em that are left inside a care card:
FITS_TELEPHONE = 9.0  # 320 px in larger text of 22.4 px, 204 px; in the usual 18 px it is 13 em
FITS_LARGE_PRINT = 27.0  # A4, the narrower sheet, at 16 pt: 493 pt between the margins less 46 pt of card
FITS_USUAL_PRINT = 41.0  # A4 at 11 pt: 493 pt less 34 pt of card
_PAPERS = (("over-large", FITS_LARGE_PRINT), ("over-paper", FITS_USUAL_PRINT))

_PIECE = re.compile(r"(?P<item></?li>)|<table>(?P<rows>.*?)</table>", re.DOTALL)
_ROW = re.compile(r"<tr>(.*?)</tr>", re.DOTALL)
_CELL = re.compile(r"<(t[dh])([^>]*)>(.*?)</\1>", re.DOTALL)
_IMAGE = re.compile(r'<img[^>]*?alt="([^"]*)"[^>]*>')
_ISOLATES = {'<bdi dir="ltr">': "\u2066", '<bdi dir="rtl">': "\u2067", "<bdi>": "\u2068", "</bdi>": "\u2069"}
_SIGNS_OF_ISOLATES = "".join(_ISOLATES.values())
_ENDS = ":;?!؟؛：？"  # after which no colon is wanted
_AFTER_A_NUMBER = re.compile(r"(?<=\d) ")  # an amount and its unit are best read in one
_CELL_PADDING = 1.5  # em, both sides
_PHONE_PADDING = 1.0
_INDENT = 1.4  # em, of a list
_COMFORTABLE = 8.5  # em that a column of sentences needs, so that it is no ladder of single words
_MOST_OF_A_PICTURE = 12.0  # em given to a picture, which shrinks to its column


def mark_wide(html: str) -> str:
    """Sanitised HTML in which each table says what it is too wide for, and has its heads beside its values if so.

    ``<table class="over-phone over-large over-paper">``: for a telephone, for large print, for the usual size of
    print; each of its cells has ``data-head="Dose: "``, the words of its head as they stand before a value, and a
    cell beyond the last head has none. ``<thead class="narrow">``: for none of these. A table with neither was
    compiled before there were such words.
    """
    depth = 0

    def marked(piece: re.Match) -> str:
        nonlocal depth
        if piece["item"]:
            depth += 1 if piece["item"] == "<li>" else -1
            return piece[0]
        return _marked(piece["rows"], depth * _INDENT)

    return _PIECE.sub(marked, html)


def _marked(table: str, indent: float) -> str:
    rows = [[cell[3] for cell in _CELL.finditer(row[1])] for row in _ROW.finditer(table)]
    needed = _width(rows, _CELL_PADDING) + indent
    too_wide_for = [name for name, width in _PAPERS if needed > width]
    if _width(rows, _PHONE_PADDING) + indent > FITS_TELEPHONE:
        too_wide_for.insert(0, "over-phone")
    if not too_wide_for:
        return "<table>" + table.replace("<thead>", '<thead class="narrow">', 1) + "</table>"
    heads = [_before_a_value(content) for content in rows[0]]
    body = _ROW.sub(lambda row: f"<tr>{_with_heads(row[1], heads)}</tr>", table)
    return f'<table class="{" ".join(too_wide_for)}">{body}</table>'


def _with_heads(row: str, heads: list[str]) -> str:
    supply = iter(heads)

    def with_head(cell: re.Match) -> str:
        head = next(supply, "") if cell[1] == "td" else ""
        return f'<td{cell[2]} data-head="{escape(head)}">{cell[3]}</td>' if head else cell[0]

    return _CELL.sub(with_head, row)


def _before_a_value(content: str) -> str:
    """A head's words as they stand before a value: ``"Dose: "``, ``"How often? "``; "" for a head without words."""
    for tag, sign in _ISOLATES.items():
        content = content.replace(tag, sign)
    words = _words(content)
    if not words.strip(_SIGNS_OF_ISOLATES):
        return ""
    return f"{words} " if words.rstrip(_SIGNS_OF_ISOLATES)[-1] in _ENDS else f"{words}: "


def _words(content: str) -> str:
    content = _IMAGE.sub(r" \1 ", content)
    return " ".join(html_entities.unescape(re.sub(r"<[^>]+>", " " if "<br" in content else "", content)).split())


def _width(rows: list[list[str]], padding: float) -> float:
    """How many em the table needs so that no word and no "400 mg" is broken and no column is a ladder of words."""
    columns: dict[int, float] = {}
    for row in rows:
        for place, content in enumerate(row):
            columns[place] = max(columns.get(place, 0.0), _needed(content))
    return sum(columns.values()) + padding * len(columns)


def _needed(content: str) -> float:
    words = _AFTER_A_NUMBER.sub("\u00a0", _words(content)).split(" ")
    longest = max(map(_ems, words))
    if "<img" in content:
        longest = max(longest, _MOST_OF_A_PICTURE)
    return max(longest, min(_COMFORTABLE, sum(map(_ems, words)) + 0.3 * (len(words) - 1)))


def _ems(word: str) -> float:
    """About how wide a word is, in em: on the safe side for the sans-serif letters that the pages are set in."""
    width = 0.0
    for sign in word:
        if unicodedata.east_asian_width(sign) in "WF":
            width += 1.0
        elif sign.isupper() or sign in "mwMW%@—…":
            width += 0.8
        elif not unicodedata.combining(sign):
            width += 0.58
    return width

"""A picture beside a frequency: of so many people, those who are affected.

The words say it already, so the picture is hidden from who hears the page. It is drawn true to number: 10 people are 10
figures, 10,000 are 10,000 dots. Those affected are the first ones where reading begins; among a thousand dots the
one would not be found, so it has a ring around it. Of "more than 1 in 10" the next one is half drawn: it may be more.

A row of people is one dashed line, so that a picture is a few hundred letters however many people it shows.
"""

import html as html_entities
import re
from functools import lru_cache

from monographs.text.amounts.frequencies import Frequency, frequencies

MOST = 10_000  # people
_FEW = 100  # up to here they are figures, with head and body
_A_FIGURE = 1.5  # times as high as it is wide
_NEEDS_A_RING = 500  # people

_BLOCK_TAG = re.compile(r"(</?(?:p|li|ul|ol|h[2-6]|table|thead|tbody|tr|t[dh]|section|div|hr)\b[^>]*>)")
_TAG = re.compile(r"<[^>]+>")
_A_NUMBER = re.compile(r"\d|分之")


def with_people(html: str) -> str:
    """Sanitised HTML of a section with a picture behind the words of each block that gives a frequency.

    The same frequency has its picture once among running words; each heading that gives it has its own.
    """
    if not _A_NUMBER.search(html):
        return html
    shown: set[Frequency] = set()
    pieces = _BLOCK_TAG.split(html)
    for place in range(0, len(pieces), 2):
        words = pieces[place]
        if not _A_NUMBER.search(words):
            continue
        found = frequencies(html_entities.unescape(_TAG.sub("", words)))
        if not (place and pieces[place - 1].startswith("<h")):
            found = [one for one in found if one not in shown]
        pictures = "".join(map(picture, found))
        if pictures:
            shown.update(found)
            pieces[place] = words.rstrip() + pictures
    return "".join(pieces)


@lru_cache(maxsize=32)  # leaflets give the same few
def picture(frequency: Frequency) -> str:
    """The SVG of a frequency; "" where so many people make no whole rows."""
    columns = _columns(frequency.of)
    if not columns:
        return ""
    rows = frequency.of // columns
    return _figures(frequency, columns, rows) if frequency.of <= _FEW else _dots(frequency, columns, rows)


def _columns(people: int) -> int:
    """How many stand in a row: 10, 20, 50 or 125, so that pictures are about as wide as one another; 0: none do."""
    if people <= 10:
        return people
    fitting = (columns for most, columns in ((_FEW, 20), (_FEW, 10), (1_000, 50), (MOST, 125)) if people <= most)
    return next((columns for columns in fitting if people % columns == 0), 0)


def _figures(frequency: Frequency, columns: int, rows: int) -> str:
    def drawn(first: int, people: int) -> str:
        heads = _lines(first, people, columns, rise=_A_FIGURE, left=0.5, top=0.33)
        bodies = _lines(first, people, columns, rise=_A_FIGURE, left=0.2, top=0.98)
        return f'<path class="heads" d="{heads}"/><path class="bodies" d="{bodies}"/>'

    return _svg(frequency, drawn, max(columns, 10), rows * _A_FIGURE)


def _dots(frequency: Frequency, columns: int, rows: int) -> str:
    def drawn(first: int, people: int) -> str:
        return f'<path class="dots" d="{_lines(first, people, columns, rise=1, left=0.5, top=0.5)}"/>'

    found = _svg(frequency, drawn, columns, rows)
    if frequency.some > 1 or frequency.of < _NEEDS_A_RING:
        return found
    radius = _number(columns / 42)  # it stands out of the picture at its corner, and is shown there
    return found.replace("</svg>", f'<circle class="ring" cx=".5" cy=".5" r="{radius}"/></svg>')


def _svg(frequency: Frequency, drawn, wide: int, high: float) -> str:
    affected = f'<g class="affected">{drawn(0, frequency.some)}</g>'
    if frequency.is_more and frequency.some < frequency.of:
        affected += f'<g class="affected perhaps">{drawn(frequency.some, 1)}</g>'
    kind = "people few" if frequency.of <= 10 else "people"
    box = f"0 0 {wide} {_number(high)}"
    return f'<svg class="{kind}" viewBox="{box}" aria-hidden="true">{drawn(0, frequency.of)}{affected}</svg>'


def _lines(first: int, people: int, columns: int, *, rise: float, left: float, top: float) -> str:
    """A path with a line for each row of people, from the one numbered ``first`` on; dashes make people of it."""
    path, last = [], first + people
    for row in range(first // columns, (last - 1) // columns + 1):
        begins, ends = max(first - row * columns, 0), min(last - row * columns, columns)
        path.append(f"M{_number(begins + left)} {_number(row * rise + top)}h{_number(ends - begins - 0.3)}")
    return "".join(path)


def _number(value: float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".").removeprefix("0") or "0"

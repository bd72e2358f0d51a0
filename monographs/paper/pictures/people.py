"""The page's pictures of people (`text.markup.finished.people`) where no style sheet reaches them.

The words beside say what they show, so that on paper they are artifacts and in a book hidden from who hears it. Those
affected have the colour of the words around, the others are paler: whatever that colour is, and in black and white.
"""

import re
from typing import NamedTuple

_BOX = re.compile(r'viewBox="0 0 ([\d.]+) ([\d.]+)"')
_FEW = re.compile(r'class="people few"')
_RING = re.compile(r'r="([\d.]+)"')
_CLASS = re.compile(r' class="([a-z ]+)"')
# A dash of no length is drawn longer than it is high by some (PDFium).
_LOOKS = {
    "heads": 'stroke-width=".44" stroke-dasharray=".01 .99" stroke-linecap="round"',
    "bodies": 'stroke-width=".66" stroke-dasharray=".6 .4"',
    "dots": 'stroke-width=".7" stroke-dasharray=".01 .99" stroke-linecap="round"',
    "affected": 'stroke-opacity="1"',
    "affected perhaps": 'stroke-opacity=".55"',
}
_WIDE = {True: 10.5, False: 14.0}  # em, of few and of many: as wide as on the page


class Drawing(NamedTuple):
    """``svg`` stands alone; ``wide`` and ``high`` are in em."""

    svg: str
    wide: float
    high: float


def drawn(svg: str, *, direction: str, colour: str = "") -> Drawing:
    """A picture of people with its looks written on it. The first ones stand where reading begins. ``colour`` is that
    of the words, where the picture can't ask for it."""
    wide, high = map(float, _BOX.search(svg).groups())
    content = svg[svg.index(">") + 1 : -len("</svg>")]
    edge = 0.0
    if ring := _RING.search(content):
        edge = float(ring[1])  # the ring stands out of the picture at its corner
        content = content.replace(' class="ring"', f' stroke-opacity="1" stroke-width="{wide / 128:.2f}"')
    content = _CLASS.sub(lambda found: " " + _LOOKS[found[1]], content)
    if direction == "rtl":
        content = f'<g transform="matrix(-1 0 0 1 {wide:g} 0)">{content}</g>'
    box = f"{-edge:g} {-edge:g} {wide + 2 * edge:g} {high + 2 * edge:g}"
    painted = f' color="{colour}"' if colour else ""
    return Drawing(
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{box}" aria-hidden="true" fill="none"'
        f' stroke="currentColor" stroke-opacity=".3"{painted}>{content}</svg>',
        em := _WIDE[bool(_FEW.search(svg))],
        em * (high + 2 * edge) / (wide + 2 * edge),
    )

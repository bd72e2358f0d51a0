"""Blocks as data for the typesetter (``leaflet.typ``): plain JSON, in which words are strings and never markup.

Here is decided what paper needs and a screen does not: what is held together at a line's end, which words are too
long for their column and may be parted after all, and which tables are too wide and become "head: value", a line
each. Lengths are in points (pt), of a column in which every sign has its place.
"""

import hashlib
from dataclasses import dataclass, field, replace
from functools import cache

from monographs.files.pictures import TYPES
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
    words_of,
)
from monographs.paper.pictures.people import drawn
from monographs.paper.pictures.pictures import ReadPicture, in_svg, measure, symbol_at
from monographs.paper.setting import signs
from monographs.paper.setting.heights import most_height
from monographs.paper.setting.typefaces import can_set, look_of, width
from monographs.text.letters.printed import printed_signs

SIZES = (12, 16, 20, 24, 28)
"""Sizes of print in pt; from 16 on it is large print (RNIB and UKAAF, "Clear print and large print")."""

PAPER = (595.28, 841.89)  # A4, pt
_MARGIN = 51.0  # pt, 18 mm
COLUMN = PAPER[0] - 2 * _MARGIN  # pt, of one column alone
_MOST_OF_A_PAGE = 0.45  # of its height for one picture
_MOST_WHOLE = 0.75  # of its height for a box that is kept together
_PIXEL = 0.48  # pt: 150 pixels an inch
_HEADINGS = {1: 1.75, 2: 1.3, 3: 1.12, 4: 1.0, 5: 1.0, 6: 1.0}  # em
_LARGE_HEADINGS = {1: 1.35, 2: 1.15, 3: 1.05, 4: 1.0, 5: 1.0, 6: 1.0}
_BOX_INSET, _INDENT, _CELL_INSET = 14.0, 1.3, 5.0  # pt, em, pt
_MOST_IN_A_CELL = 0.4  # of the column: a picture
_HYPHENATED = {"cy", "de", "en", "es", "fr", "it", "nl", "pl", "pt", "tr", "uk", "ga"}  # typst has their patterns
_HYPHEN_TWICE = {"es", "pl", "pt"}
_ADDRESS_SIZE = 0.85  # em
_SYMBOL = 2.6  # em, wide and high
_ACCENT = "#0c5147"  # of those affected, in a picture of people

_BROADEST = 1.6  # em: no sign is wider


@dataclass
class Sheet:
    """``data`` is JSON for the template; ``files`` are the pictures it names."""

    data: dict
    files: dict[str, bytes] = field(default_factory=dict)


def make_sheet(
    blocks: tuple[Block, ...],
    *,
    language: str,
    size: int,
    read_picture: ReadPicture,
    direction: str,
    beside: str = "",
    room: float = COLUMN,
) -> Sheet:
    """The data of a sheet in ``size`` pt. What stands in the foot comes with the caller's ``data``. ``beside`` begins
    the names of its files, where other sheets stand in the same document; ``room`` is its column's width in pt."""
    maker = _Maker(language, size, read_picture, direction, beside)
    return Sheet({"blocks": [one for block in blocks for one in maker.block(block, room)]}, maker.files)


def margins(size: int, foot: str) -> tuple[float, float, float]:
    """Margin of the page, size of its foot and margin at the bottom, all in pt: a line of the foot may need several."""
    foot_size = 9.0 if size < SIZES[1] else float(SIZES[1])
    lines = sum(1 + int(width(line) * foot_size / (COLUMN * 0.66)) for line in foot.split("\n"))
    return _MARGIN, foot_size, _MARGIN + 8.0 + foot_size * 1.5 * lines


@cache
def _signs() -> tuple[frozenset[str], frozenset[str]]:
    """Those that the faces of words have, and all that can be printed; the end of a line among both."""
    letters, others = printed_signs()
    return letters | {"\n"}, letters | others | {"\n"}


class _Maker:
    def __init__(self, language: str, size: int, read_picture: ReadPicture, direction: str, beside: str):
        self._beside = beside
        self.language, self.size, self.files = language.split("-")[0], size, {}
        self._read_picture, self._direction = read_picture, direction
        self._headings = _HEADINGS if size < SIZES[1] else _LARGE_HEADINGS
        self._leading = look_of(language, direction)["leading"]
        self._letters, self._known = _signs()

    def block(self, block: Block, room: float) -> list[dict]:
        """``room`` is the width of the column that the block stands in."""
        match block:
            case Heading(level, inline):
                em = self._headings[level]
                return [{"t": "heading", "level": level, "size": em, "x": self.inline(inline, room, em)}]
            case Paragraph((Picture(src), *words), look) if words and (symbol := symbol_at(src)):
                return [self._point(symbol, _without_space(words), look, room)]
            case Paragraph(inline, look):
                return [{"t": "paragraph", "look": look, "x": self.inline(inline, room)}]
            case Address(inline):
                return [{"t": "address", "x": self.inline(inline, room - 90, _ADDRESS_SIZE)}]
            case Items():
                return [self._items(block, room)]
            case Table():
                return self._table(block, room)
            case Box(look, blocks):
                return [self._box(look, blocks, room - 2 * _BOX_INSET)]
            case Line():
                return [{"t": "line"}]
            case Spoken():
                return [self._spoken(block, room)]
        raise TypeError(block)

    def _box(self, look: str, blocks: tuple[Block, ...], room: float) -> dict:
        """Whole on one page unless it is high: below a page's end nothing would say "Call 999" any more."""
        made = [one for block in blocks for one in self.block(block, room)]
        return {"t": "box", "look": look, "x": made, "whole": self._fits(self._high(made, room))}

    def _high(self, made: list[dict], room: float) -> float:
        return most_height(made, room, self.size, self._leading)

    @staticmethod
    def _fits(high: float) -> bool:
        """Whether something so high is kept on one page: what is higher may run off the paper."""
        return high <= _MOST_WHOLE * PAPER[1]

    def _spoken(self, spoken: Spoken, room: float) -> dict:
        """In its own language, where its letters are at hand."""
        code = spoken.language.split("-")[0]
        is_at_hand = can_set(code) and (code != "zh" or self.language == "zh")
        language = spoken.language if is_at_hand else self.language
        maker = _Maker(language, self.size, self._read_picture, spoken.direction, self._beside)
        maker.files = self.files
        blocks = [one for block in spoken.blocks for one in maker.block(block, room)]
        return {"t": "other", "part": look_of(language, spoken.direction), "x": blocks}

    def _items(self, items: Items, room: float) -> dict:
        indent = self.size * max([_INDENT, *(0.4 + width(label) for label in items.labels)])
        parts = [[one for block in item for one in self.block(block, room - indent)] for item in items.items]
        labels = [self._words(label) for label in items.labels]
        if not labels and all(part[:1] and part[0]["t"] == "point" for part in parts):
            parts = [self._item_of_points(item, room) for item in items.items]
            return {"t": "items", "x": parts, "labels": [], "indent": 0, "bare": 1}  # a symbol each, and no bullet
        return {"t": "items", "x": parts, "labels": labels, "indent": indent}

    def _item_of_points(self, item: tuple[Block, ...], room: float) -> list[dict]:
        return [one for block in item for one in self.block(block, room)]

    def _point(self, symbol: tuple[str, bytes], words: Inline, look: str, room: float) -> dict:
        """Words with a symbol beside them: they begin where the words of all other points begin."""
        name, drawing = symbol
        file = f"symbol-{name}.svg"
        self.files[file] = drawing
        wide = _SYMBOL * self.size
        return {"t": "point", "look": look, "symbol": file, "width": wide, "x": self.inline(words, room - wide * 1.3)}

    # --- Words ---

    def inline(self, inline: Inline, room: float, em: float = 1.0) -> list[dict]:
        found: list[dict] = []
        for one in inline:
            match one:
                case Picture():
                    found += self._picture(one, room)
                case People():
                    found.append(self._people(one, room))
                case Run():
                    found += self._run(one, room, em)
        return found

    def _run(self, run: Run, room: float, em: float) -> list[dict]:
        look = {name: 1 for name, has in (("b", run.is_bold), ("i", run.is_italic)) if has}
        if run.href:
            look["u"] = run.href
        found = [{"s": piece, **look, **more} for piece, more in self._held(self._words(run.text), room, em)]
        if run.href.startswith(("http://", "https://")) and run.href not in run.text:
            target = f" \u2066({signs.cleaned(run.href)})\u2069"
            found += [{"s": piece, "small": 1, **more} for piece, more in self._held(target, room, em)]
        return found

    def _held(self, text: str, room: float, em: float) -> list[tuple[str, dict]]:
        """`_pieces`, in which no web address gets a hyphen that it hasn't: some languages write that of a line's end
        twice."""
        if self.language not in _HYPHEN_TWICE or "-" not in text:
            return self._pieces(text, room, em)
        found, at = [], 0
        for address in signs.WEB.finditer(text):
            if at < address.start():
                found += self._pieces(text[at : address.start()], room, em)
            found += [(piece, {**more, "web": 1}) for piece, more in self._pieces(address[0], room, em)]
            at = address.end()
        return found + (self._pieces(text[at:], room, em) if at < len(text) else [])

    def _words(self, text: str) -> str:
        text = signs.cleaned(text)
        if self.language != "zh":
            text = signs.spelt_out(text, self._known)
        return signs.held_together(text)

    def _pieces(self, text: str, room: float, em: float) -> list[tuple[str, dict]]:
        """The text in pieces: words too long for their line may be parted; signs of another face stand upright."""
        if max(map(len, text.split(" "))) * _BROADEST * self.size * em <= room:
            return self._in_faces(text)
        found: list[tuple[str, dict]] = []
        for number, word in enumerate(text.split(" ")):
            space = " " if number else ""
            if width(word) * self.size * em <= room:
                _add(found, space + word, {})
            else:
                if space:
                    _add(found, space, {})
                for piece, more in self._parted(word, room / (self.size * em)):
                    _add(found, piece, more)
        return [(piece, {**more, **face}) for text, more in found for piece, face in self._in_faces(text)]

    def _parted(self, word: str, most: float) -> list[tuple[str, dict]]:
        """A word that does not fit ``most`` em: at its own hyphens and spaces; else by syllables; else anywhere."""
        pieces = word.replace(signs.HYPHEN, "-" + signs.MAY_BREAK).replace(signs.NO_BREAK, " ")
        pieces = pieces.replace("/", "/" + signs.MAY_BREAK)
        found: list[tuple[str, dict]] = []
        for number, piece in enumerate(pieces.split(signs.MAY_BREAK)):
            before = signs.MAY_BREAK if number else ""
            if width(piece) <= most:
                _add(found, before + piece, {})
            elif self.language in _HYPHENATED and piece.strip(",.;:!?()").isalpha():
                _add(found, before, {})
                _add(found, piece, {"h": 1})
            else:
                _add(found, before + signs.MAY_BREAK.join(_cut(piece, most)), {})
        return found

    def _in_faces(self, text: str) -> list[tuple[str, dict]]:
        """Signs that the faces of words lack, apart: their own face has no italics."""
        if self.language == "zh" or text.isascii() or self._letters.issuperset(text):
            return [(text, {})]
        found: list[tuple[str, dict]] = []
        for sign in text:
            _add(found, sign, {} if sign in self._letters else {"m": 1})
        return found

    # --- Tables ---

    def _table(self, table: Table, room: float) -> list[dict]:
        rows = [row for row in (table.head, *table.rows) if row]
        columns = max(map(len, rows), default=0)
        least = [
            max((self._least(row[place]) for row in rows if place < len(row)), default=0.0) for place in range(columns)
        ]
        whole = [
            max((self._whole(row[place]) for row in rows if place < len(row)), default=0.0) for place in range(columns)
        ]
        insets = 2 * _CELL_INSET * columns
        if not columns or sum(least) + insets > room:
            return self._stacked(table, room)
        widths = _shared_out(least, whole, room - insets)
        made = [[self.inline(cell, widths[place]) for place, cell in enumerate(row)] for row in rows]
        for row in made:
            row += [[]] * (columns - len(row))
        head, rows = (made[0], made[1:]) if table.head else ([], made)
        above = self._highest_cell(head, widths)
        return [{
            "t": "table", "widths": [one + 2 * _CELL_INSET for one in widths], "head": head,
            "rows": [{"x": row, "whole": self._fits(above + self._highest_cell(row, widths))} for row in rows],
        }]  # fmt: skip

    def _highest_cell(self, row: list[list[dict]], widths: list[float]) -> float:
        """A page must hold it, and the heads above it: below its end nothing would say whose the dose is."""
        cells = zip(row, widths, strict=False)
        return max((self._high(_paragraphs([cell]), wide) for cell, wide in cells), default=0.0)

    def _least(self, cell: Inline) -> float:
        """pt that a cell needs so that no word is parted."""
        if any(not isinstance(one, Run) for one in cell):
            return COLUMN * _MOST_IN_A_CELL
        words = self._words(words_of(cell)).replace("\n", " ").split(" ")
        return max(width(word) for word in words) * self.size + 0.5

    def _whole(self, cell: Inline) -> float:
        lines = self._words(words_of(cell)).split("\n")
        return max(max(map(width, lines)) * self.size + 0.5, self._least(cell))

    def _stacked(self, table: Table, room: float) -> list[dict]:
        """Each row as a group of lines, "head: value"."""
        heads = [self._before_a_value(cell) for cell in table.head]
        groups = []
        for row in table.rows:
            lines = []
            for place, cell in enumerate(row):
                if words_of(cell).strip() or any(not isinstance(one, Run) for one in cell):
                    head = heads[place] if place < len(heads) else ()
                    lines.append(self.inline((*head, *cell), room))
            if lines:
                groups.append(lines)
        if not table.rows and table.head:
            groups.append([self.inline(cell, room) for cell in table.head if cell])
        wholes = [self._fits(self._high(_paragraphs(lines), room)) for lines in groups]
        return [{
            "t": "stacked", "x": [{"x": lines, "whole": whole} for lines, whole in zip(groups, wholes, strict=True)],
        }]  # fmt: skip

    def _before_a_value(self, cell: Inline) -> Inline:
        words = words_of(cell).strip()
        if not words:
            return ()
        ends = signs.plain_again(words)[-1:] in ":;?!؟؛：？"
        bold = tuple(Run(one.text, True, one.is_italic, one.href) if isinstance(one, Run) else one for one in cell)
        return (*bold, Run(" " if ends else ": ", True))

    # --- Pictures ---

    def _picture(self, picture: Picture, room: float) -> list[dict]:
        if symbol := symbol_at(picture.src):
            self.files[f"symbol-{symbol[0]}.svg"] = symbol[1]
            alt = self._words(picture.alt)
            return [{"picture": f"symbol-{symbol[0]}.svg", "alt": alt, "width": _SYMBOL * self.size}]
        data = self._read_picture(picture.src)
        found = measure(data) if data else None
        if not found:
            return self._run(Run(f"[{picture.alt}]", is_italic=True), room, 1.0) if picture.alt else []
        ending, (wide, high) = found
        pt_wide = min(room, wide * _PIXEL, PAPER[1] * _MOST_OF_A_PAGE * wide / high)
        name = f"{self._beside}picture-{len(self.files)}.svg"
        self.files[name] = in_svg(data, TYPES[ending], wide, high)
        return [{"picture": name, "alt": self._words(picture.alt), "width": pt_wide}]

    def _people(self, people: People, room: float) -> dict:
        drawing = drawn(people.svg, direction=self._direction, colour=_ACCENT)
        wide = min(room, drawing.wide * self.size, PAPER[1] * _MOST_OF_A_PAGE * drawing.wide / drawing.high)
        name = f"people-{hashlib.sha256(drawing.svg.encode()).hexdigest()[:12]}.svg"
        self.files[name] = drawing.svg.encode()
        return {"people": name, "width": wide}


def _without_space(words: list[Run | Picture | People]) -> Inline:
    """Words without the space that parts them from the picture before them."""
    first, *rest = words
    return (replace(first, text=first.text.lstrip(" ")), *rest) if isinstance(first, Run) else tuple(words)


def _add(found: list[tuple[str, dict]], text: str, look: dict) -> None:
    if found and found[-1][1] == look:
        found[-1] = found[-1][0] + text, look
    elif text:
        found.append((text, look))


def _cut(word: str, most: float) -> list[str]:
    """A word in pieces that fit."""
    pieces = [""]
    for sign in word:
        if pieces[-1] and width(pieces[-1] + sign) > most * 0.95:
            pieces.append("")
        pieces[-1] += sign
    return pieces


def _paragraphs(lines: list[list[dict]]) -> list[dict]:
    return [{"t": "paragraph", "look": "", "x": line} for line in lines]


def _shared_out(least: list[float], whole: list[float], room: float) -> list[float]:
    """The widths of columns: as wide as their longest line if there is room, else no narrower than their longest
    word.
    """
    if sum(whole) <= room:
        return whole
    spare = room - sum(least)
    wanted = sum(w - n for w, n in zip(whole, least, strict=True)) or 1.0
    return [n + spare * (w - n) / wanted for w, n in zip(whole, least, strict=True)]

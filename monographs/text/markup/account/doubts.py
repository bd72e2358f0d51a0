"""What was typed and can be meant in two ways, or was meant as markup and is none.

A sign at the start of a line next to a number may be a minus, "more than", a bullet or a quotation; a row may have
lost a cell; a list's numbers may have slipped. The renderer shows all words; these are the places where the author
has to say which is meant. Read from the parser's own tokens, so that each is what patients would see.
"""

import re
from collections import Counter
from collections.abc import Sequence

from markdown_it.token import Token

from monographs.text.markup.account.discrepancy import Discrepancy, Kind
from monographs.text.markup.parser import read_heading, read_line_tokens, read_tokens
from monographs.text.markup.rules.emphasis import OF_THREE
from monographs.text.markup.rules.lines import begins_with_amount, ends_with_amount, introduces, normal
from monographs.text.markup.rules.links import read_image, read_link
from monographs.text.markup.rules.lists import read_marker
from monographs.text.markup.rules.tables import cells, is_row_of_nothing, is_rule

_ESCAPED = re.compile(r"\\[!-/:-@\[-`{-~]")
_MARK_RUN = re.compile(r"\*{2,}|(?<!_)__(?!_)")  # "____" is a line to write on
_MAY_BE_MARKS = re.compile(r"[*_~=^\[]")
_OTHER_MARKS = re.compile(
    r"(?<![~=^])(~~|==|\^\^)(?=[^\s~=^])[^\n~=^]{1,200}(?<=\S)\1(?![~=^])"
    r"|(?<=[^\W_])(?:~[^\s~=^]{1,20}~|\^(?![-−+]?\d{1,3}\^)[^\s~=^]{1,20}\^)(?![~=^])"  # "H~2~O", "1^st^"
)
_AMOUNT_ALONE = re.compile(  # a heading of one age stands where it is meant to
    r"[<>≤≥~]?\s?[\d.,/½¼¾–-]{1,12}(?:\s?(?!(?:year|month|week|day)s?\b)[^\W\d_]{1,12})?"
)
_LINK_LIKE = "]("
_LONE_NUMBER = re.compile(r"[0-9]{1,9}[.)][ \t]+(?![0-9]{1,9}[.)/])(?=(.*))")
_ALL_MARKS = re.compile(r"(?:[-=~`*]{3,}|`{3}\w*|~{3}\w*|[=*]{2,})")
_TEMPERATURE = re.compile(
    r"\d[\d.,]*(?:\s?(?:to|and|or|[-–—])\s?[-–−]?\d[\d.,]*)?\s?(?:°|℃|℉|degrees\b)", re.IGNORECASE
)
_SIGN_AT_START = re.compile(r"(?!\+\d[\d ()/-]{6})([->+*#])(?!\1)[ \t]*(?=(.*))")  # +44 20 … is a telephone number
_FOOTNOTE_STAR = re.compile(r"[\w).%]\*(?![\w*])")
_TIMES = re.compile(r"(\d[\d.,]{0,12})[ \t]?\*[ \t]?(\d[\d.,]{0,12}(?:[ \t]?[^\W\d_]{1,12})?)")
_RAISED = re.compile(r"((?<![^\W_])\d[\d.,]{0,12}|[^\W\d_]{1,12}|\))\^([-−+]?\d{1,3})(?:\^|(?![\d^]))")
_RAISED_SIGNS = str.maketrans("0123456789-−+", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁻⁺")
_COLUMN = re.compile(r"(?<=[^\s.!?:;,])[ \t]*(?:\t[ \t]*| {3,})(?=\S)")  # behind a colon or a comma nothing is lost
_BULLET_LIKE = re.compile(r"(?:[^\w\s]|o)[ \t]+")
_MOST_OF_A_KIND = 10  # in one text; more of the same tell an author nothing new


def doubts(source: str, *, is_line: bool = False) -> list[Discrepancy]:
    """What the author should look at, in the order of the text; each list, table and paragraph speaks once a kind."""
    text = normal(source)
    reader = _Reader(text.split("\n"))
    stream = read_line_tokens(source) if is_line else read_tokens(source)
    for place, token in enumerate(stream):
        if token.type in {"bullet_list_open", "ordered_list_open"}:
            reader.read_list(stream, place)
        elif token.type == "table_open":
            reader.read_table(token)
        elif token.type == "heading_open":
            reader.read_heading(token)
        elif token.type == "inline":
            is_paragraph = is_line or stream[place - 1].type == "paragraph_open"
            reader.read_inline(token, is_paragraph=is_paragraph, is_item="number" in token.meta or token.level > 2)
    return sorted(reader.found, key=lambda doubt: doubt.line)


def raw_doubts(text: str) -> list[Discrepancy]:
    """The same for a text without markup, such as a title: marks that somebody put in all the same."""
    if _MARK_RUN.search(text) or ("[" in text and _LINK_LIKE in text):
        return [Discrepancy(Kind.LEFT_OVER, text, text, 1, _MARK_RUN.sub("", text))]
    return []


class _Reader:
    """Collects what is doubtful, block by block."""

    def __init__(self, lines: list[str]):
        self.lines = lines
        self.found: list[Discrepancy] = []
        self._said: set[Kind] = set()  # of the block at hand
        self._count: Counter[Kind] = Counter()
        self._has_star = False  # a star has been read so far that marks nothing

    def _add(self, kind: Kind, line: int, read: str, instead: str = "", typed: str = "") -> None:
        self._count[kind] += 1
        if kind not in self._said and self._count[kind] <= _MOST_OF_A_KIND:
            self.found.append(Discrepancy(kind, typed or self.lines[line].strip(), read, line + 1, instead))
            self._said.add(kind)

    # Lists

    def read_list(self, stream: Sequence[Token], place: int) -> None:
        self._said = set()
        opening = stream[place]
        first, end = opening.map or [0, 0]
        items = []
        for at in range(place + 1, len(stream)):
            token = stream[at]
            if token.type == "list_item_open" and token.level == opening.level + 1:
                items.append(token)
            elif token.level == opening.level:
                break
        starts = [(item.map or [0])[0] for item in items]
        words = [self._words(start) for start in starts]
        if opening.markup == "*" and self._may_be_footnotes(first, end, len(items), is_nested=opening.level > 1):
            self._add(Kind.FOOTNOTE, first, words[0])
        if opening.type == "ordered_list_open":
            self._read_numbers(starts, [item.info for item in items], words)
        else:
            self._read_bullets(starts, words, is_introduced=opening.level > 1 or self._is_introduced(first))
        if opening.level < 2:
            self._read_margin(end)

    def _may_be_footnotes(self, first: int, end: int, number: int, *, is_nested: bool) -> bool:
        """Whether a list of stars may explain stars above: there are such, or it is one item under a table."""
        if self._has_star or any(_FOOTNOTE_STAR.search(line) for line in self.lines[first:end]):
            return True
        return number == 1 and not is_nested and not self._is_introduced(first)

    def _words(self, line: int) -> str:
        """What stands behind the last marker of a line."""
        text = self.lines[line].strip(" \t")
        while marker := read_marker(text):
            text = text[len(marker) :].lstrip(" \t")
        return text

    def _is_introduced(self, line: int) -> bool:
        above = line - 1
        while above >= 0 and not self.lines[above]:
            above -= 1
        text = self.lines[above] if above >= 0 else ""
        return introduces(text) or bool(read_heading(text.strip(" \t")))

    def _read_numbers(self, starts: list[int], markers: list[str], words: list[str]) -> None:
        numbers = [int(marker[:-1]) for marker in markers]
        for place in range(1, len(numbers)):
            if numbers[place] != numbers[place - 1] + 1:
                self._add(Kind.NUMBERING, starts[place], f"{markers[place - 1]} … {markers[place]}")
        above = self.lines[starts[0] - 1] if starts[0] else ""
        if len(starts) == 1 and above and not self._is_introduced(starts[0]) and not read_marker(above.strip(" \t")):
            self._add(Kind.ITEM_NUMBER, starts[0], words[0])
        for start, marker, text in zip(starts, markers, words, strict=True):
            if text[:1].isnumeric():
                self._add(Kind.ITEM_NUMBER, start, f"{marker} {text}")

    def _read_bullets(self, starts: list[int], words: list[str], *, is_introduced: bool) -> None:
        above = self.lines[starts[0] - 1] if starts[0] else ""
        if not is_introduced and ends_with_amount(above):
            self._add(Kind.SIGN, starts[0], words[0])
        if above[-1:].isdigit() and begins_with_amount(words[0]):  # under an item, too: a range over two lines
            self._add(Kind.SIGN, starts[0], words[0])
        for start, text in zip(starts, words, strict=True):
            if _TEMPERATURE.match(text):
                self._add(Kind.MINUS, start, text, text)
            elif not is_introduced and begins_with_amount(text):
                self._add(Kind.SIGN, start, text)

    def _read_margin(self, end: int) -> None:
        """A line at the margin directly under a list stands outside of it."""
        if end < len(self.lines):
            text = self.lines[end].strip(" \t")
            if text and not text.startswith(("|", ":::")) and not read_heading(text) and not read_marker(text):
                self._add(Kind.MARGIN, end, text)

    def read_heading(self, opening: Token) -> None:
        """A heading that is an amount, or begins with one and does not stand alone between empty lines."""
        line = (opening.map or [0])[0]
        near = self.lines[max(line - 1, 0) : line] + self.lines[line + 1 : line + 2]
        words = self.lines[line].strip("# \t")
        if begins_with_amount(words) and (any(near) or _AMOUNT_ALONE.fullmatch(words)):
            self._said = set()
            self._add(Kind.SIGN, line, words)

    # Tables

    def read_table(self, opening: Token) -> None:
        self._said = set()
        first, end = opening.map or [0, 0]
        head = self.lines[first].strip(" \t")
        width = len(cells(head))
        for line in range(first + 2, end):
            text = self.lines[line].strip(" \t")
            row = cells(text)
            if is_rule(text) and not is_row_of_nothing(text):
                self._add(Kind.ONLY_MARKS, line, text)
            elif len(row) != width:
                self._add(Kind.CELLS, line, " | ".join(row))
        if not head.startswith("|"):
            self._add(Kind.OPEN_TABLE, end - 1, self.lines[end - 1].strip())
        if end < len(self.lines) and "|" in self.lines[end]:
            self._add(Kind.ROW_OUTSIDE, end, self.lines[end].strip())

    # Words

    def read_inline(self, token: Token, *, is_paragraph: bool, is_item: bool) -> None:
        self._said = set()
        start = (token.map or [0])[0]
        lines = token.content.split("\n")
        self._has_star |= any(child.type == "text" and "*" in child.content for child in token.children or [])
        self._read_marks(token, start)
        self._read_tokens(token.children or [], start)
        if is_paragraph:
            for at, text in enumerate(lines):
                before = lines[at - 1] if at else ""
                self._read_line(text, before, start + at, is_words_of_item=is_item and not at)
            self._read_columns(lines, start)

    def _read_line(self, text: str, before: str, line: int, *, is_words_of_item: bool) -> None:
        if _ALL_MARKS.fullmatch(text) or is_rule(text):
            self._add(Kind.ONLY_MARKS, line, text)
        elif not is_words_of_item and Kind.STAR not in self._said and _is_sign_of_amount(text, before):
            self._add(Kind.SIGN, line, text)
        elif not is_words_of_item and (number := _LONE_NUMBER.match(text)) and begins_with_amount(number[1]):
            self._add(Kind.ITEM_NUMBER, line, text)
        elif text.startswith("|") and text.endswith("|") and len(text) > 1:
            self._add(Kind.ROW_OUTSIDE, line, text)
        elif before[-1:].isdigit() and text[:1].isdigit():
            self._add(Kind.LINES, line, f"{before} / {text}", typed=f"{before} / {text}")

    def _read_columns(self, lines: list[str], start: int) -> None:
        """Three columns in one line, or two in neighbouring ones: all blanks between words are read as one."""
        columns = [_columns_in(text) for text in lines]
        for at, number in enumerate(columns):
            if number > 1 or number and (1 in columns[at + 1 : at + 2]):
                self._add(Kind.COLUMNS, start + at, " ".join(lines[at].split()))

    def _read_marks(self, token: Token, start: int) -> None:
        """Marks of emphasis and links that are none."""
        if not _MAY_BE_MARKS.search(token.content):
            return
        raw = _without_links(_ESCAPED.sub("", token.content))
        typed = sum(len(run) for run in _MARK_RUN.findall(raw))
        used = sum(2 for child in token.children or [] if child.type in {"strong_open", "strong_close"})
        used += sum(1 for child in token.children or [] if child.info == OF_THREE)
        if typed > used:
            line, text = self._line_with(_MARK_RUN, token, start)
            self._add(Kind.LEFT_OVER, line, text, _MARK_RUN.sub("", text), typed=text)
        if _OTHER_MARKS.search(raw):
            line, text = self._line_with(_OTHER_MARKS, token, start)
            self._add(Kind.OTHER_MARKS, line, text, typed=text)
        if "[" in raw and _LINK_LIKE in raw:
            line, text = self._line_with(re.compile(re.escape(_LINK_LIKE)), token, start)
            self._add(Kind.NO_LINK, line, text, typed=text)

    def _line_with(self, pattern: re.Pattern, token: Token, start: int) -> tuple[int, str]:
        for at, text in enumerate(token.content.split("\n")):
            if pattern.search(_without_links(_ESCAPED.sub("", text))):
                return start + at, text
        return start, token.content

    def _read_tokens(self, children: list[Token], start: int) -> None:
        line = start
        for place, token in enumerate(children):
            if token.type in {"softbreak", "hardbreak"}:
                line += 1
            elif token.type == "text":
                self._read_sums(token.content, line)
            elif token.type == "em_open" and _touches_a_number(children, place):
                words = _text_until(children, place, "em_close")
                self._add(Kind.STAR, line, words, f"**{words}**", typed=f"{token.markup}{words}{token.markup}")

    def _read_sums(self, text: str, line: int) -> None:
        """A star that is meant as "times", and a number that is meant to stand raised."""
        if found := _TIMES.search(text):
            self._add(Kind.TIMES, line, found[0], f"{found[1]} × {found[2]}", typed=found[0])
        if found := _RAISED.search(text):
            raised = f"{found[1]}{found[2].translate(_RAISED_SIGNS)}"
            self._add(Kind.RAISED, line, found[0], raised, typed=found[0])


def _columns_in(text: str) -> int:
    """How many wide gaps part the words of a line, but for the one behind its bullet."""
    bullet = _BULLET_LIKE.match(text)
    return len(_COLUMN.findall(text[bullet.end() :] if bullet else text))


def _is_sign_of_amount(text: str, before: str) -> bool:
    """Whether a line begins with a sign that may belong to the amount behind it or at the end of the line before."""
    sign = _SIGN_AT_START.match(text)
    return bool(sign) and (begins_with_amount(sign[2]) or (bool(before) and ends_with_amount(before)))


def _without_links(text: str) -> str:
    """The text with each link and picture replaced by its words."""
    parts, place = [], 0
    for match in re.finditer(r"!?\[", text):
        if match.start() < place:
            continue
        found = read_image(text, match.start()) if match[0] == "![" else read_link(text, match.start())
        if found:
            parts += [text[place : match.start()], _without_links(found["words"])]
            place = found.end()
    return "".join([*parts, text[place:]])


def _touches_a_number(children: list[Token], place: int) -> bool:
    """Whether the emphasis that opens here has a number at one of its ends, inside or outside."""
    close = next((at for at in range(place, len(children)) if children[at].type == "em_close"), place)
    ends = [_near(children, place, -1)[-1:], _near(children, place, 1)[:1]]
    ends += [_near(children, close, -1)[-1:], _near(children, close, 1)[:1]]
    return any(end.isdigit() for end in ends)


def _near(children: list[Token], place: int, step: int) -> str:
    token = children[place + step] if 0 <= place + step < len(children) else None
    return token.content.strip() if token and token.type == "text" else ""


def _text_until(children: list[Token], place: int, end: str) -> str:
    words = []
    for at in range(place + 1, len(children)):
        if children[at].type == end:
            break
        words.append(children[at].content)
    return "".join(words)

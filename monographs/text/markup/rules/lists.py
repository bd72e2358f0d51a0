"""Lists in leaflet text: bullets, and numbers that are read as they were typed.

A list's numbers are words of the text ("1." stands in the page, in its plain text and on the clipboard), so that
no browser counts anew. What may as well be a sign or a number is no marker:

- a marker followed at once by another one: ``1. 12. 2026``, ``- - x``, ``- ## x``, ``- | x |``;
- a lone item whose number is not 1: ``20. Do not take more.``;
- a bullet before an amount that would break into a paragraph, or stands alone, where no colon introduces a list
  and no item holds it: ``Keep it at`` / ``- 20 °C.``

A line belongs to an item when it is indented further than the item's marker: what is typed at the margin is read
outside of the list.
"""

import re
from dataclasses import dataclass

from markdown_it.rules_block import StateBlock
from markdown_it.token import Token

from monographs.text.markup.rules.cards import line_of
from monographs.text.markup.rules.lines import begins_with_amount, introduces

BULLET = re.compile(r"[-*](?=[ \t]+[^ \t])")
NUMBER = re.compile(r"[0-9]{1,9}[.)](?=[ \t]+[^ \t])")
ANOTHER_MARKER = re.compile(r"(?:[-*]|[0-9]{1,9}[.)]|#{1,6})(?:[ \t]|$)|:::|\|")
_DEEPEST = 16  # levels of tokens: eight lists in one another, far more than a page can show


@dataclass(frozen=True)
class _Item:
    """Its marker as typed, its first line, the line behind its last, and where the words of the first line begin."""

    marker: str
    first: int
    end: int
    words_at: int
    column: int

    @property
    def kind(self) -> str:
        return self.marker[-1]


def read_marker(text: str) -> str:
    """The marker that a line's words begin with, "-", "*", "3." or "3)", or ""."""
    match = BULLET.match(text) or NUMBER.match(text)
    if not match or ANOTHER_MARKER.match(text[match.end() :].lstrip(" \t")):
        return ""
    return match[0]


def leaflet_list(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Block rule: ``bullet_list_open`` or ``ordered_list_open``, both a ``ul``; numbers go into the words."""
    text = line_of(state, start)
    marker = read_marker(text)
    if not marker or state.level >= _DEEPEST:
        return False
    words = text[len(marker) :].lstrip(" \t")
    if silent:
        if marker[0].isdigit():
            return int(marker[:-1]) == 1
        return _is_nested(state) or not begins_with_amount(words) or introduces(line_of(state, start - 1))
    items, is_loose = _items(state, start, end)
    if len(items) == 1 and _is_text(state, items[0], words):
        return False
    _write(state, items, is_loose)
    return True


def _is_nested(state: StateBlock) -> bool:
    """Whether the line stands in an item of a list, which it was indented for."""
    return state.level > 1


def _is_text(state: StateBlock, only: _Item, words: str) -> bool:
    """Whether a lone item is a sentence's number or a sign instead."""
    if only.marker[0].isdigit():
        return int(only.marker[:-1]) != 1
    if _is_nested(state) or not begins_with_amount(words):
        return False
    lead = only.first - 1
    while lead >= 0 and state.isEmpty(lead):
        lead -= 1
    return lead < 0 or not introduces(line_of(state, lead))


def _items(state: StateBlock, start: int, end: int) -> tuple[list[_Item], bool]:
    """The items of the list that begins here, and whether an empty line parts any two."""
    items: list[_Item] = []
    is_loose = False
    line = start
    while line < end:
        marker = read_marker(line_of(state, line))
        if not marker or (items and marker[-1] != items[0].kind):
            break
        if items and line > items[-1].end:
            is_loose = True
        item = _item(state, line, end, marker)
        items.append(item)
        line = item.end
        while line < end and state.isEmpty(line):
            line += 1
    return items, is_loose


def _item(state: StateBlock, first: int, end: int, marker: str) -> _Item:
    margin = state.sCount[first]
    at = state.bMarks[first] + state.tShift[first] + len(marker)
    column = margin + len(marker)
    while state.src[at] in " \t":
        column += 4 - (column + state.bsCount[first]) % 4 if state.src[at] == "\t" else 1
        at += 1
    behind, line = first + 1, first + 1
    while line < end:
        if not state.isEmpty(line):
            indent = state.sCount[line]
            if indent <= margin or (indent < column and read_marker(line_of(state, line))[-1:] == marker[-1]):
                break
            behind = line + 1
        line += 1
    return _Item(marker, first, behind, at, column)


def _write(state: StateBlock, items: list[_Item], is_loose: bool) -> None:
    is_numbered = items[0].marker[0].isdigit()
    kind = "ordered_list" if is_numbered else "bullet_list"
    opening = len(state.tokens)
    token = state.push(f"{kind}_open", "ul", 1)
    token.markup, token.map = items[0].kind, [items[0].first, items[-1].end]
    if is_numbered:
        token.attrs = {"class": "numbered", "role": "list"}
    for item in items:
        is_loose |= _write_item(state, item)
    state.push(f"{kind}_close", "ul", -1)
    state.line = items[-1].end
    if not is_loose:
        _tighten(state, opening)


def _write_item(state: StateBlock, item: _Item) -> bool:
    """Whether an empty line parts the item's own blocks."""
    place = len(state.tokens)
    token = state.push("list_item_open", "li", 1)
    token.markup, token.map = item.kind, [item.first, item.end]
    kept = (state.tShift[item.first], state.sCount[item.first], state.lineMax, state.tight)
    state.tShift[item.first], state.sCount[item.first] = item.words_at - state.bMarks[item.first], item.column
    state.lineMax, state.tight = item.end, True
    state.md.block.tokenize(state, item.first, item.end)
    is_loose = not state.tight
    state.tShift[item.first], state.sCount[item.first], state.lineMax, state.tight = kept
    state.push("list_item_close", "li", -1)
    if item.marker[0].isdigit():
        token.info = item.marker
        _number(state, place + 1, item.marker)
    return is_loose


def _number(state: StateBlock, place: int, number: str) -> None:
    """Leave the number for `write_numbers`, in the item's first paragraph or one of its own."""
    if state.tokens[place].type != "paragraph_open":
        level = state.level + 1
        state.tokens[place:place] = [
            Token("paragraph_open", "p", 1, level=level, block=True),
            Token("inline", "", 0, level=level + 1, block=True, children=[], map=state.tokens[place - 1].map),
            Token("paragraph_close", "p", -1, level=level, block=True),
        ]
    state.tokens[place + 1].meta["number"] = number


def _tighten(state: StateBlock, opening: int) -> None:
    """Paragraphs of the list's items need no element of their own."""
    for place in range(opening, len(state.tokens) - 2):
        token = state.tokens[place]
        if token.type == "paragraph_open" and token.level == state.level + 2:
            token.hidden = state.tokens[place + 2].hidden = True


def write_numbers(state) -> None:
    """Core rule: the numbers of lists, each a ``list_number`` token before the words of its item."""
    for token in state.tokens:
        if token.type == "inline" and "number" in token.meta:
            token.children.insert(0, Token("list_number", "span", 0, content=token.meta["number"]))

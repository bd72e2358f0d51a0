r"""Tables in leaflet text: pipes part the cells, ``| --- | --- |`` under the head makes it one.

Every cell that was typed is shown, also where a row has more than the head. A line without the outer pipes that its
table has ends the table and is text, so that no sentence becomes a row. A line of hyphens that makes no table is
text as well. ``\|`` is a pipe within a cell.
"""

import re

from markdown_it.rules_block import StateBlock

from monographs.text.markup.rules.cards import line_of

_RULE = re.compile(r"\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?")
_PIPE = re.compile(r"(?<!\\)\|")
_MOST_ADDED_CELLS = 5_000  # empty cells that complete short rows; without a limit a small text makes a huge page


def is_rule(text: str) -> bool:
    """Whether a line can stand under a table's head: ``|---|:-:|``, also with lone hyphens, ``| - | - |``."""
    return "|" in text and bool(_PIPE.search(text) and _RULE.fullmatch(text))


def is_row_of_nothing(text: str) -> bool:
    """Whether a row says "none" by lone hyphens in its cells: ``| - | - |``; under a head it is a rule."""
    return " - " in text and "--" not in text and ":" not in text


def cells(text: str) -> list[str]:
    """The cells of a row, outer pipes or not, with their pipes unescaped."""
    parts = _PIPE.split(text)
    if not parts[0].strip(" \t"):
        del parts[0]
    if parts and not parts[-1].strip(" \t"):
        del parts[-1]
    return [part.replace("\\|", "|").strip(" \t") for part in parts]


def is_row(text: str, head: str) -> bool:
    """Whether the line goes on with the table under ``head``."""
    return text.startswith("|") or (not head.startswith("|") and bool(_PIPE.search(text)))


def is_head(text: str, below: str) -> bool:
    """Whether this line and the one below it begin a table."""
    return "|" in text and is_rule(below) and bool(cells(text)) and len(cells(text)) == len(cells(below))


def table(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Block rule: a table with its head and all its cells."""
    head = line_of(state, start)
    if start + 1 >= end or not is_head(head, line_of(state, start + 1)):
        return False
    if silent:
        return True
    width, last = len(cells(head)), _end(state, start, end, head)
    state.push("table_open", "table", 1).map = [start, last]
    state.push("thead_open", "thead", 1)
    _write_row(state, start, "th", cells(head))
    state.push("thead_close", "thead", -1)
    if last > start + 2:
        state.push("tbody_open", "tbody", 1)
        left = _MOST_ADDED_CELLS
        for line in range(start + 2, last):
            row = cells(line_of(state, line))
            missing = min(max(width - len(row), 0), left)
            left -= missing
            _write_row(state, line, "td", row + [""] * missing)
        state.push("tbody_close", "tbody", -1)
    state.push("table_close", "table", -1)
    state.line = last
    return True


def _end(state: StateBlock, start: int, end: int, head: str) -> int:
    rules = state.md.block.ruler.getRules("paragraph")
    line = start + 2
    while line < end and not state.isEmpty(line):
        text = line_of(state, line)
        if not is_row(text, head):
            break
        if not text.startswith("|") and any(rule(state, line, end, True) for rule in rules):
            break
        line += 1
    return line


def _write_row(state: StateBlock, line: int, tag: str, row: list[str]) -> None:
    state.push("tr_open", "tr", 1).map = [line, line + 1]
    for cell in row:
        state.push(f"{tag}_open", tag, 1)
        token = state.push("inline", "", 0)
        token.content, token.map, token.children = cell, [line, line + 1], []
        state.push(f"{tag}_close", tag, -1)
    state.push("tr_close", "tr", -1)

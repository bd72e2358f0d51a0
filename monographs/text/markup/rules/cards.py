"""Care cards in leaflet text: ``::: emergency``, the words, ``:::``.

A card's words stand under "Call 999 now", so nothing may come into one by a slip. Only a whole card is one: its
opening line has nothing but the kind, and its own closing line comes before anything else that begins with ``:::``
and before the item of a list ends that it stands in. What is no whole card is shown as typed, colons and all.
"""

import re

from markdown_it.rules_block import StateBlock

CARE_KINDS = ("emergency", "today", "tell")
OPENS = re.compile(rf":{{3,}}[ \t]*({'|'.join(CARE_KINDS)})[ \t]*")
CLOSES = re.compile(r":{3,}[ \t]*")


def care_card(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Block rule: a whole care card becomes ``care_open`` (its kind in ``info``), its blocks and ``care_close``."""
    opening = OPENS.fullmatch(line_of(state, start))
    close = _closing_line(state, start, end) if opening else None
    if opening is None or close is None:
        return False
    if silent:
        return True
    token = state.push("care_open", "div", 1)
    token.info, token.map = opening[1], [start, close + 1]
    outer, state.lineMax = state.lineMax, close
    state.md.block.tokenize(state, start + 1, close)
    state.lineMax = outer
    state.push("care_close", "div", -1)
    state.line = close + 1
    return True


def line_of(state: StateBlock, line: int) -> str:
    """The words of a line, without what it is indented by."""
    return state.src[state.bMarks[line] + state.tShift[line] : state.eMarks[line]].rstrip(" \t")


def _closing_line(state: StateBlock, start: int, end: int) -> int | None:
    for line in range(start + 1, end):
        if state.src.startswith(":::", state.bMarks[line] + state.tShift[line]):
            return line if CLOSES.fullmatch(line_of(state, line)) else None
    return None

"""The parser of leaflet text: what is typed is what is read.

The text is CommonMark with tables and care cards, less everything by which typed words, digits and signs can vanish,
join or change places: there are no quotations (``> 50 kg``), no code, no underlined headings, no definitions of links,
no titles of links, no ``<addresses>``, no entities, no raw HTML, and ``+`` is no bullet. A line end within a paragraph
is one on the page. The rules that remain stand each in its own module (`lists`, `tables`, `cards`, `links`,
`emphasis`); those of headings, rules and paragraphs stand here.
"""

import re
from functools import lru_cache

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.rules_inline import StateInline
from markdown_it.rules_inline.newline import newline
from markdown_it.token import Token

from monographs.text.markup.rules.cards import care_card, line_of
from monographs.text.markup.rules.emphasis import emphasis, end_of_line
from monographs.text.markup.rules.lines import begins_with_amount, normal
from monographs.text.markup.rules.links import image, link
from monographs.text.markup.rules.lists import leaflet_list, write_numbers
from monographs.text.markup.rules.tables import table

HEADING = re.compile(r"#{1,6}(?=[ \t]|$)")
RULE = re.compile(r"-{3,}|\*{3,}|___")
_BEGINS_A_BLOCK = re.compile(r"[-*#:_|0-9]")
_BLOCK_RULES = ("table", "list", "hr", "heading", "paragraph")
_INLINE_RULES = ("text", "newline", "escape", "emphasis", "link", "image")
_DEEPEST = 100  # levels of tokens; lists end far below it


def read_heading(text: str) -> tuple[int, str] | None:
    """Level and words of a heading (``## Adults``, ``## Adults ##``), or None.

    ``# 5`` is a number's sign and no heading of level 1; signs at the end that do not mirror those at the beginning
    are words.
    """
    match = HEADING.match(text)
    if not match:
        return None
    marks = match[0]
    words = text[len(marks) :].strip(" \t")
    if len(marks) > 1 and (words == marks or words.endswith((f" {marks}", f"\t{marks}"))):
        words = words[: -len(marks)].rstrip(" \t")
    return None if marks == "#" and begins_with_amount(words) else (len(marks), words)


def leaflet_parser() -> MarkdownIt:
    """A parser of leaflet text. Its lines are those of `lines.normal`, its levels of headings those typed."""
    parser = MarkdownIt("zero", {"html": False, "breaks": True, "maxNesting": _DEEPEST})
    for name, rule in (("table", table), ("list", leaflet_list), ("hr", _thematic_break), ("heading", _heading),
                       ("paragraph", _paragraph)):  # fmt: skip
        parser.block.ruler.at(name, rule, {"alt": [] if name == "paragraph" else ["paragraph"]})
    parser.block.ruler.before("table", "care_card", care_card, {"alt": ["paragraph"]})
    for name, rule in (("newline", _newline), ("emphasis", emphasis), ("link", link), ("image", image)):
        parser.inline.ruler.at(name, rule)
    parser.core.ruler.at("normalize", _normalize)
    parser.core.ruler.after("inline", "write_numbers", write_numbers)
    return parser.enable([*_BLOCK_RULES, *_INLINE_RULES, "fragments_join"]).disable("balance_pairs")


@lru_cache(maxsize=64)  # the gate asks several times, and the editor's panel again for the sections that stay
def read_tokens(source: str) -> tuple[Token, ...]:
    """A text's tokens, to be read and not changed."""
    return tuple(_READER.parse(source))


@lru_cache(maxsize=64)
def read_line_tokens(source: str) -> tuple[Token, ...]:
    """The tokens of one line, in which nothing begins a block: one ``inline`` with its children; not to be changed."""
    return tuple(_READER.parseInline(source))


def _normalize(state) -> None:
    state.src = normal(state.src)


def _thematic_break(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """A line of hyphens or stars, alone between blank lines and in no list; anywhere else it is text."""
    is_alone = (not start or state.isEmpty(start - 1)) and (start + 1 >= state.lineMax or state.isEmpty(start + 1))
    if silent or state.level > 1 or not is_alone or not RULE.fullmatch(line_of(state, start)):
        return False
    state.line = start + 1
    state.push("hr", "hr", 0).map = [start, state.line]
    return True


def _heading(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """``## Adults``."""
    if state.src[state.bMarks[start] + state.tShift[start]] != "#":
        return False
    heading = read_heading(line_of(state, start))
    if silent or not heading:
        return bool(heading)
    level, words = heading
    state.line = start + 1
    token = state.push("heading_open", f"h{level}", 1)
    token.markup, token.map = "#" * level, [start, state.line]
    token = state.push("inline", "", 0)
    token.content, token.map, token.children = words, [start, state.line], []
    state.push("heading_close", f"h{level}", -1).markup = "#" * level
    return True


def _paragraph(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """All lines up to an empty one or one that begins another block."""
    rules = state.md.block.ruler.getRules("paragraph")
    outer, state.parentType = state.parentType, "paragraph"
    lines, line = [line_of(state, start)], start + 1
    while line < state.lineMax and not state.isEmpty(line):
        text = line_of(state, line)
        may_begin = _BEGINS_A_BLOCK.match(text) or "|" in text
        if may_begin and any(rule(state, line, state.lineMax, True) for rule in rules):
            break
        lines.append(text)
        line += 1
    state.parentType, state.line = outer, line
    state.push("paragraph_open", "p", 1).map = [start, line]
    token = state.push("inline", "", 0)
    token.content, token.map, token.children = "\n".join(lines), [start, line], []
    state.push("paragraph_close", "p", -1)
    return True


def _newline(state: StateInline, silent: bool) -> bool:
    if state.src[state.pos] != "\n":
        return False
    end_of_line(state)
    return newline(state, silent)


_READER = leaflet_parser()

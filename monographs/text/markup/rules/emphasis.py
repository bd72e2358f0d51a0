"""Bold and italics in leaflet text, so that no sign of multiplying and no footnote's star is taken for them.

Other than CommonMark 0.31 (section 6.2) has it:

- ``*`` and ``_`` between two letters or digits are text: ``2*5 mg``; so is a single one between two digits with
  spaces about it: ``2 *5``;
- ``**`` that stands between a mark of punctuation and a letter may end bold words (``**Do not drive.**Call us.``), or
  begin them before an opening bracket or quotation mark;
- next to a letter of a script without spaces (Chinese, Japanese, Thai) or of Korean, ``**`` may stand within words;
- a run closes only one of its own length, of three stars two and one may be closed apart; four are text;
- single ones mark words of one line.
"""

import unicodedata
from dataclasses import dataclass

from markdown_it.rules_inline import StateInline

OF_THREE = "of three"  # the ``info`` of tokens for italics that share a run of three marks with bold
_LONGEST_RUN = 3
_MOST_OPEN = 100  # runs that wait for their end; more in one paragraph are no emphasis
_SPACELESS = (
    (0x0E00, 0x0EFF), (0x1000, 0x109F), (0x1780, 0x17FF), (0x3040, 0x30FF), (0x31F0, 0x31FF), (0x3400, 0x4DBF),
    (0x4E00, 0x9FFF), (0xAC00, 0xD7AF), (0xF900, 0xFAFF), (0x20000, 0x3FFFF),
)  # fmt: skip


@dataclass
class _Open:
    """A run that waits for its end: its length, how many of its marks are left, and the place of the last of them."""

    marker: str
    length: int
    left: int
    token: int


def is_word(character: str) -> bool:
    """Letters, digits and the marks that belong to them."""
    return character.isalnum() or unicodedata.category(character)[0] == "M" if character else False


def is_spaceless(character: str) -> bool:
    """Letters of scripts that put no space between words (Korean puts none before its endings)."""
    return any(first <= ord(character) <= last for first, last in _SPACELESS) if character else False


def flanks(before: str, after: str, marker: str, length: int, *, is_between_digits: bool = False) -> tuple[bool, bool]:
    """Whether a run of ``length`` markers may begin emphasis, and whether it may end it.

    ``before`` and ``after`` are the characters next to it, "" at the ends; ``is_between_digits`` says that digits
    are next to it when spaces are passed over.
    """
    if length > _LONGEST_RUN or (length == 1 and is_between_digits):
        return False, False
    is_bold = length > 1 and marker == "*"
    if is_word(before) and is_word(after):
        within = is_bold and (is_spaceless(before) or is_spaceless(after))
        return within, within
    if not before.strip() or not after.strip():
        return bool(after.strip()), bool(before.strip())
    return _beside_punctuation(before, after, is_bold=is_bold)


def _beside_punctuation(before: str, after: str, *, is_bold: bool) -> tuple[bool, bool]:
    """As `flanks`, of a run without spaces about it, where at most one of its neighbours belongs to a word."""
    if is_word(before):
        return is_bold and before.isalpha() and unicodedata.category(after) in {"Ps", "Pi"}, True
    return True, (is_bold and after.isalpha()) if is_word(after) else True


def emphasis(state: StateInline, silent: bool) -> bool:
    """Inline rule: runs of ``*`` and ``_``; what begins and ends nothing stays text."""
    source, start = state.src, state.pos
    marker = source[start]
    if marker not in "*_":
        return False
    end = start + 1
    while end < state.posMax and source[end] == marker:
        end += 1
    length = end - start
    before, after = source[start - 1 : start] if start else "", source[end : end + 1] if end < state.posMax else ""
    near = source[max(start - 2, 0) : start].rstrip(" ")[-1:] + source[end : end + 2].lstrip(" ")[:1]
    opens, closes = flanks(before, after, marker, length, is_between_digits=len(near) == 2 and near.isdigit())
    state.pos = end
    if not opens and not closes:
        state.append_pending(source[start:end])
        return True
    first = _push(state, marker, length)
    left = _close(state, marker, length, first) if closes else length
    if opens and left == length:
        state.delimiters.append(_Open(marker, length, length, first + length - 1))
        del state.delimiters[:-_MOST_OPEN]
    return True


def end_of_line(state: StateInline) -> None:
    """Single markers mark words of one line."""
    state.delimiters[:] = [run for run in state.delimiters if run.left > 1]


def _push(state: StateInline, marker: str, length: int) -> int:
    """A text token for each marker; the place of the first."""
    for _marker in range(length):
        state.push("text", "", 0).content = marker
    return len(state.tokens) - length


def _close(state: StateInline, marker: str, length: int, first: int) -> int:
    """Ends what this run of ``length`` can end, from the place ``first`` on; how many markers are left over."""
    left = length
    while left:
        place = next((at for at in reversed(range(len(state.delimiters))) if _fits(state, at, marker, left)), None)
        if place is None:
            break
        run = state.delimiters[place]
        del state.delimiters[place + 1 :]
        while run.left and left:
            used = min(run.left, left, 2)
            _mark(state, run.token - used + 1, used, marker, "open", run.length)
            _mark(state, first + length - left, used, marker, "close", length)
            run.token, run.left, left = run.token - used, run.left - used, left - used
        if not run.left:
            state.delimiters.pop()
    return left


def _fits(state: StateInline, place: int, marker: str, left: int) -> bool:
    run = state.delimiters[place]
    return run.marker == marker and (run.left == left or _LONGEST_RUN in (run.left, left))


def _mark(state: StateInline, place: int, used: int, marker: str, end: str, length: int) -> None:
    tag = "strong" if used > 1 else "em"
    token = state.tokens[place]
    token.type, token.tag, token.nesting = f"{tag}_{end}", tag, 1 if end == "open" else -1
    token.markup, token.content = marker * used, ""
    token.info = OF_THREE if used == 1 and length == _LONGEST_RUN else ""
    if used > 1:
        state.tokens[place + 1].content = ""

"""The words of a stretch between two right-to-left words: numbers, amounts, units, words, and what joins them."""

import re
from dataclasses import dataclass
from functools import lru_cache

from monographs.text.amounts.units import FORMS, MEASURES, OTHER_UNITS
from monographs.text.order.letters import LTR_LETTER, has_right_to_left

PART = "\ufff9"
"""Stands for what is isolated already and reads from left to right, as a telephone link does; goes with Latin words."""

FORWARD = "→⇒➔➜➝➞➡⟶⟹⮕"
"""Arrows that point from left to right."""

OPENERS, CLOSERS = "([{⟨", ")]}⟩"
_WORD = re.compile(r"\S+")
_HYPHEN = re.compile(r"[-–/+−]*")
_QUOTES = "\"'“”„‘’«»‹›"
_LEAD = re.compile(rf"(?:[{re.escape(OPENERS)}{_QUOTES}…•·,;:!?—]|[.*](?!\d))+")
_TRAIL = re.compile(rf"[{re.escape(CLOSERS)}{_QUOTES}.,;:!?…=/–—-]+$")
_PAUSE = re.compile("[.,;:!?…،]")
_JOINT = re.compile(rf"[-–—−‐‑‒―/\\+×*=≈~<>≤≥&|^±÷:\ufe0f{FORWARD}]+")  # what may stand between two parts of a whole
_RANGE_WORD = {"to", "x", "or", "and", "until", "till", "in", "of", "bis", "à", "a", "do"}
_LATIN_UNITS = re.compile(
    "(?:"
    + "|".join(
        sorted(
            (
                unit
                for spellings in (MEASURES | FORMS | OTHER_UNITS).values()
                for unit in spellings.split()
                if not has_right_to_left(unit)
            ),
            key=len,
            reverse=True,
        )
    )
    + r")(?:[/.·].{0,40})?",
    re.IGNORECASE,
)
_UNIT_SIGNS = re.compile("[%٪‰°℃℉€£$㎎㎍㎖㎏]")
_NUMBER_HEAD = re.compile(r"[-+−–<>≤≥≈~±#]{0,3}[\d.,٫٬،/:×x–−-]{1,40}", re.IGNORECASE)


@dataclass(slots=True)
class Token:
    """What stands between two spaces: its core without brackets and punctuation, and what it is.

    "number", "amount" (a number with its unit), "unit", "word", "part" (a `PART`), "joint" or "none".
    """

    start: int
    end: int
    lead: int
    trail: int
    kind: str
    has_pause: bool


def tokens_of(text: str, start: int, end: int) -> list[Token]:
    """The words of a stretch, each with its kind, which for some depends on the words beside them."""
    follows_letter = start > 0 and has_right_to_left(text, start - 1, start)
    found = [
        _token(text, *match.span(), is_behind_prefix=follows_letter and match.start() == start)
        for match in _WORD.finditer(text, start, end)
    ]
    for before, token in zip([None, *found], found, strict=False):
        if token.kind == "unit" and not (before and before.kind in ("number", "amount", "joint")):
            token.kind = "word"  # "Week 1"
    for before, token, after in zip(found, found[1:], found[2:], strict=False):
        is_range = token.kind == "word" and text[token.start : token.end].lower() in _RANGE_WORD
        if is_range and before.kind in ("number", "amount") and after.kind in ("number", "amount"):
            token.kind = "joint"
    return found


def _token(text: str, begin: int, stop: int, *, is_behind_prefix: bool) -> Token:
    """One word without the brackets and marks about it; the hyphen behind a prefix is no sign of its number."""
    lead = _LEAD.match(text, begin, stop)
    core = lead.end() if lead else begin
    if is_behind_prefix:
        core = _HYPHEN.match(text, core, stop).end()
    trail = _TRAIL.search(text[core:stop])
    tail = core + trail.start() if trail else stop
    if core == tail and _JOINT.fullmatch(text[begin:stop]):
        core, tail = begin, stop
    kind = _kind(text[core:tail])
    has_pause = bool(_PAUSE.search(text[tail:stop])) or kind == "none"
    return Token(core, tail, begin, stop, kind, has_pause)


@lru_cache(maxsize=2048)
def _kind(core: str) -> str:
    if PART in core:
        return "part"
    has_letter = bool(LTR_LETTER.search(core))
    has_digit = any(character.isnumeric() for character in core)
    if not has_letter and not has_digit:
        return "unit" if core and _UNIT_SIGNS.fullmatch(core) else "joint" if _JOINT.fullmatch(core) else "none"
    if not has_letter:
        return "amount" if _UNIT_SIGNS.search(core) else "number"
    if _LATIN_UNITS.fullmatch(core):
        return "unit"
    number = _NUMBER_HEAD.match(core) if has_digit else None
    return "amount" if number and _LATIN_UNITS.fullmatch(core, number.end()) else "word"

"""What keeps its own order in a text that is read from right to left, and the other way about.

Unicode's rules (UAX #9) find the order of signs from their neighbours: ``5-10 mg`` behind an Arabic letter is drawn
"mg 10-5" (W2 makes Arabic numbers of the digits), at the start of a line "5-10 mg"; ``0800 123 456`` is drawn in
three turned groups; of two doses with an arrow between them the doses change sides and the arrow does not turn.
Here each such stretch becomes one isolate (UAX #9, BD9; ``<bdi dir="ltr">`` in HTML, LRI … PDI in plain text): amounts,
ranges, dates, times, fractions, telephone numbers, addresses of the web, names and sentences in Latin letters.

What was decided:

* Everything between two right-to-left words reads from left to right.
* Not so a range, date or minus in Arabic-Indic digits alone (``٥-١٠``): these digits are of class AN, which puts them
  from right to left in every place and text (W4 and N1), the way their readers write them; the CLDR writes their minus
  at the right, too (``arab`` of ar), and W3C's Arabic layout requirements say why Persian digits are of another class.
  Where that would turn a telephone number, groups of thousands, an arrow, or an amount with a Latin unit, the order is
  forced (LRO, ``<bdo>``): an isolate alone does not hold AN (N1 within it).
* A number with a right-to-left unit (``5-10 ملغ``) stands in the sentence's order, its range does not turn; and in
  ``500 mg 3 مرات`` the 3 stays with the word that it counts (`monographs.text.order.counted`).
* A whole change is one isolate, and its arrow decides the way: ``→`` is never mirrored (it is not Bidi_Mirrored), so
  ``5 ملغ → 10 ملغ`` reads from left to right with each amount turned within; ``←`` stands in the sentence's order. So
  the arrow always points from what was typed first to what was typed after it.
* In a left-to-right text each stretch of right-to-left words is one isolate, so that a number behind an Arabic name
  does not join it.

No word is changed: tags are added, and none is moved across a sign.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from monographs.text.order.counted import COUNTED, is_counted
from monographs.text.order.letters import LTR_LETTER, RTL, RTL_IN_WORD, RTL_WORD, STRONG, Direction, has_right_to_left
from monographs.text.order.tokens import CLOSERS, FORWARD, OPENERS, PART, Token, tokens_of


class Isolate(NamedTuple):
    """A stretch of a text (``start`` to before ``end``), its own direction, and the isolates within it.

    ``is_forced``: all of it, but for what is isolated within, follows that direction, Arabic-Indic digits as well.
    """

    start: int
    end: int
    direction: Direction
    within: tuple["Isolate", ...] = ()
    is_forced: bool = False


OBJECT = "\ufffc"
"""Stands for a picture, or for what is isolated already and reads from right to left."""

_BACKWARD = "←⇐⟵⟸⬅"
# What stands between two right-to-left words; an Arabic comma within a number is a decimal mark.
_STRETCH = re.compile(rf"(?:[^{RTL}\n،{OBJECT}{_BACKWARD}]|(?<=\d)،(?=\d))+")
_CAN_JOIN = re.compile(rf"[\d{FORWARD}{_BACKWARD}{PART}{OBJECT}]")  # words alone are put right by Unicode's rules
_HAS_OTHERS = re.compile(rf"[^\W_{RTL}]|[%٪{PART}]")
_BRACKET = re.compile(f"[{re.escape(OPENERS + CLOSERS)}]")
_LINE = re.compile(r"[^\n]+")
_PREFIX = re.compile("[<>≤≥≈~±]+")  # what may stand before an amount, with a space behind it
_AMOUNT = (
    rf"[-+−<>≤≥≈~]?\d[\d.,٫٬/:–-]{{0,20}}(?:\s?(?:{'|'.join(map(re.escape, COUNTED))})(?![{RTL_IN_WORD}])"
    rf"|\s?[^\W\d_{RTL}][^\W_{RTL}/%°]{{0,15}}(?:/[^\W_{RTL}]{{1,15}})?|\s?[%٪°℃])?"
)
_CHANGE = re.compile(rf"(?<!\d){_AMOUNT}(?:\s{{0,3}}[{FORWARD}]\ufe0f?\s{{0,3}}{_AMOUNT})+")
_AMOUNT_ALONE = re.compile(_AMOUNT)


def isolates(text: str, direction: Direction) -> list[Isolate]:
    """What in one block of ``direction`` must not be ordered by its neighbours, in order, never overlapping.

    ``text`` is what is read, without markup, `OBJECT` or `PART` for what has an order of its own.
    """
    if direction == "ltr":
        return _in_left_to_right(text) if has_right_to_left(text) and _CAN_JOIN.search(text) else []
    if not _HAS_OTHERS.search(text):
        return []
    return [isolate for line in _LINE.finditer(text) for isolate in _in_right_to_left(text, *line.span())]


def marked(text: str, direction: Direction) -> str:
    """A plain text, of any number of lines, with Unicode's signs for isolates (LRI, RLI, PDI), for where HTML can't be.

    W3C, "How to use Unicode controls for bidi text": titles of windows, feeds, letters.
    """
    return "\n".join(_with_signs(line, isolates(line, direction)) for line in text.split("\n"))


def _with_signs(text: str, found: list[Isolate] | tuple[Isolate, ...], start: int = 0, end: int | None = None) -> str:
    parts, at = [], start
    for isolate in found:
        sign = "\u2066" if isolate.direction == "ltr" else "\u2067"
        inside = _with_signs(text, isolate.within, isolate.start, isolate.end)
        if isolate.is_forced:
            inside = f"\u202d{inside}\u202c"
        parts += [text[at : isolate.start], sign, inside, "\u2069"]
        at = isolate.end
    return "".join((*parts, text[at:end]))


# A left-to-right text with right-to-left words in it.

_PHRASE_PART = re.compile(rf"[{STRONG}][{RTL}]*|[^\W\d_]|[\n{OBJECT}{FORWARD}{_BACKWARD}]|\d\s?[,;:](?=\s)")
_NUMBER_BEFORE = re.compile(r"(?<![\d.,/–-])\d[\d.,/–-]{0,20}\s?$")


def _in_left_to_right(text: str) -> list[Isolate]:
    """Each stretch of right-to-left words, with what stands between them and the number that counts the first."""
    phrases: list[tuple[int, int]] = []
    is_open = False
    for part in _PHRASE_PART.finditer(text):
        is_word = has_right_to_left(part[0])
        if is_word and is_open:
            phrases[-1] = (phrases[-1][0], part.end())
        elif is_word:
            phrases.append((part.start(), part.end()))
        is_open = is_word
    found, closing = [], _brackets(text, 0, len(text))
    for begin, end in phrases:
        first = RTL_WORD.match(text, begin)
        before = _NUMBER_BEFORE.search(text[max(0, begin - 23) : begin])
        start = begin - len(before[0]) if before and first and is_counted(first[0]) else begin
        while end in closing and start <= closing[end] < end:
            end += 1
        within = tuple(_in_right_to_left(text, start, end))
        found.append(Isolate(start, end, "rtl", within))
    return found


# A right-to-left text with anything else in it.


def _in_right_to_left(text: str, start: int, end: int) -> Iterator[Isolate]:
    """What in a line, or in a right-to-left part of one, is no right-to-left word."""
    if not has_right_to_left(text, start, end) and (sentence := _sentence(text, start, end)):
        yield sentence
        return
    at = start
    if any(arrow in text for arrow in FORWARD):
        for change in _CHANGE.finditer(text, start, end):
            if has_right_to_left(change[0]):
                yield from _stretches(text, at, change.start())
                amounts = _AMOUNT_ALONE.finditer(text, change.start(), change.end())
                is_forced = bool(_ARABIC_INDIC.search(change[0]))
                yield Isolate(change.start(), change.end(), "ltr", tuple(_turned(text, amounts)), is_forced)
                at = change.end()
    yield from _stretches(text, at, end)


def _turned(text: str, amounts: Iterator[re.Match]) -> Iterator[Isolate]:
    """The amounts of a change that have a right-to-left unit, each in its own order."""
    for amount in amounts:
        if has_right_to_left(amount[0]):
            yield Isolate(*amount.span(), "rtl", tuple(_stretches(text, *amount.span())))


def _stretches(text: str, start: int, end: int) -> Iterator[Isolate]:
    for stretch in _STRETCH.finditer(text, start, end):
        if _HAS_OTHERS.search(text, *stretch.span()):
            yield from _parts(text, *stretch.span())


_LIST_NUMBER = re.compile(r"\s*(?:\d{1,3}[.)]\s+)?")


def _sentence(text: str, start: int, end: int) -> Isolate | None:
    """A line in Latin letters only reads as one, with its full stop; the number of a list stays outside."""
    begin = _LIST_NUMBER.match(text, start, end).end()
    words = text[begin:end]
    is_sentence = OBJECT not in words and not any(arrow in words for arrow in _BACKWARD)
    if is_sentence and any(token.kind == "word" for token in tokens_of(text, begin, end)) and LTR_LETTER.search(words):
        return Isolate(begin, begin + len(words.rstrip()), "ltr", is_forced=bool(_ARABIC_INDIC.search(words)))
    return None


def _parts(text: str, start: int, end: int) -> Iterator[Isolate]:
    """What one stretch between two right-to-left words consists of."""
    tokens = tokens_of(text, start, end)
    matching = _brackets(text, start, end)
    groups = [part for group in _grouped(text, tokens, end) for part in _balanced(text, group, matching)]
    spans = [_span(text, group, matching) for group in groups]
    for begin, stop in spans:
        words = text[begin:stop]
        has_order = words.isdecimal() or words == PART
        is_lone_name = len(spans) == 1 and words.replace(" ", "").isalpha()
        if has_order or is_lone_name:
            continue
        if not _ARABIC_INDIC.search(words):
            yield Isolate(begin, stop, "ltr")
        elif _MUST_BE_FORCED.search(words) or _is_telephone(words):
            yield Isolate(begin, stop, "ltr", is_forced=True)


_ARABIC_INDIC = re.compile("[\u0660-\u0669]")
_MUST_BE_FORCED = re.compile(rf"[^\W\d_]|\d[)\]]?\s+[(\[]?\d|[{FORWARD}]")
_DATE = re.compile(r"\d{4}[-–]\d\d?[-–]\d\d?|\d\d?[-–]\d\d?[-–]\d{4}")


def _is_telephone(words: str) -> bool:
    """``0800 123 456``, ``٠٨٠٠-١٢٣-٤٥٦``: many digits in groups, from a nought or a plus on, and no date."""
    digits = re.sub(r"\D", "", words)
    return len(digits) > 5 and words.lstrip("(")[0] in "0٠+" and not _DATE.fullmatch(words)


def _grouped(text: str, tokens: list[Token], end: int) -> list[list[Token]]:
    """Tokens that are read as one. A joint belongs to a group only between two of its parts, or as its sign.

    A pause parts two amounts (``5 mg, 10 mg``), not the words of a sentence (``Take 5 mg, then wait``). A number
    that a right-to-left word counts goes with a name before it (``Co-codamol 8/500``), never with an amount.
    """
    places = [place for place, token in enumerate(tokens) if token.kind not in ("joint", "none")]
    parts = [tokens[place] for place in places]
    chain = _counting_chain(text, parts, end)
    groups: list[list[Token]] = []
    has_word = False  # whether the last group has one
    for number, (place, token) in enumerate(zip(places, parts, strict=True)):
        between = tokens[places[number - 1] + 1 : place] if number else []
        begins = chain if number == chain.start else None
        if groups and _joins(groups[-1][-1], between, token, begins, has_word=has_word):
            groups[-1].append(token)
            has_word = has_word or token.kind == "word"
        else:
            sign = tokens[place - 1] if place and token.kind in ("number", "amount") else None
            has_sign = sign and _PREFIX.fullmatch(text, sign.start, sign.end)
            groups.append([sign, token] if has_sign else [token])
            has_word = token.kind == "word"
    return groups


@dataclass(frozen=True)
class _Chain:
    """The numbers that the right-to-left word behind them counts: from which part on, and whether it is known to."""

    start: int
    is_counted: bool = False


def _joins(last: Token, between: list[Token], token: Token, chain: _Chain | None, *, has_word: bool) -> bool:
    """Whether a token is read as one with a group, which ``last`` ends; ``chain`` is what begins with the token."""
    if any(one.kind != "joint" for one in between) or (last.has_pause and not has_word):
        return False
    if "part" in (last.kind, token.kind):
        return "word" in (last.kind, token.kind)
    if chain:
        return has_word and not chain.is_counted and last.kind in ("word", "number") and not between
    return True


_THOUSANDS = re.compile(r"(?<![\d \u00a0])\d{1,3}(?:[ \u00a0\u2009\u202f]\d{3})+$")


def _counting_chain(text: str, parts: list[Token], end: int) -> _Chain:
    """``3`` in "500 mg 3 مرات", ``5 – 10`` in "5 – 10 ملغ", ``1 000`` in "1 000 ملغ"."""
    word = RTL_WORD.match(text, end)
    if not parts or not word or parts[-1].kind != "number" or text[parts[-1].end : end].strip(" \u00a0-–"):
        return _Chain(len(parts))
    counts = is_counted(word[0])
    start = len(parts) - 1
    while start and parts[start - 1].kind == "number" and not parts[start - 1].has_pause:
        start -= 1
    written = text[parts[start].lead : parts[-1].end]
    if counts and not _THOUSANDS.search(written) and not _is_telephone(written):
        for place in range(len(parts) - 1, start, -1):
            if not text[parts[place - 1].end : parts[place].start].strip():
                return _Chain(place, counts)
    return _Chain(start, counts)


def _brackets(text: str, start: int, end: int) -> dict[int, int]:
    """Where the bracket stands that belongs to the one at each place, both ways."""
    matching: dict[int, int] = {}
    waiting: list[int] = []
    for found in _BRACKET.finditer(text, start, end):
        if found[0] in OPENERS:
            waiting.append(found.start())
        elif waiting and text[waiting[-1]] == OPENERS[CLOSERS.index(found[0])]:
            opener = waiting.pop()
            matching[opener], matching[found.start()] = found.start(), opener
    return matching


def _openers(text: str, token: Token) -> list[int]:
    return [at for at in range(token.lead, token.start) if text[at] in OPENERS]


def _closers(text: str, token: Token) -> list[int]:
    return [at for at in range(token.end, token.trail) if text[at] in CLOSERS]


def _balanced(text: str, group: list[Token], matching: dict[int, int]) -> Iterator[list[Token]]:
    """The group, cut where a bracket opens that closes outside of it, or closes one that opened outside."""
    end = group[-1].trail
    part: list[Token] = []
    for token in group:
        if part and any(matching.get(at, end) >= end for at in _openers(text, token)):
            yield part
            part = []
        part.append(token)
        if any(matching.get(at, -1) < part[0].lead for at in _closers(text, token)):
            yield part
            part = []
    if part:
        yield part


def _span(text: str, group: list[Token], matching: dict[int, int]) -> tuple[int, int]:
    """From its first to its last sign, with the brackets that stand around all of it."""
    first, last = group[0], group[-1]
    openers = [at for at in _openers(text, first) if first.end <= matching.get(at, -1) < last.trail]
    start = min(openers, default=first.start)
    closers = [at for at in _closers(text, last) if matching.get(at, -1) >= start]
    return start, max((at + 1 for at in closers), default=last.end)

"""Lines that only the width of a page, a fax or an e-mail broke are one line again; lines that are lines stay.

A text wrapped at a width betrays itself: the first word of each line would not have fitted onto the line before
(the greedy rule of every word processor and mail program). What is not clearly wrapped stays as it is, because
a line too many is ugly, and two doses on one line are dangerous.
"""

import re
from collections.abc import Sequence

from monographs.exchange.unmarked.words.labels import tells_an_amount

_NARROWEST, _WIDEST = 45, 130
_LONG = 55  # a line of so many letters whose sentence goes on in small letters below was wrapped, whatever the rest is
_SLACK = 0.85  # lines of a proportional font, wrapped at one width, differ by so much in letters
_ENOUGH = 0.75
_FEW = 4
_SENTENCE_END = re.compile(r"[.!?…:;。।۔؟؛][\"'”’»)\]]*$")
_MARKER = re.compile(r"\s*(?:[-*+•‣▪●◦·–—>#|]\s|\d{1,3}[.)]\s|[a-z][.)]\s|o[\t\u00a0]|[•‣▪●◦·])")
_DASH = re.compile(r"\s*[-–—]\s")
_LABEL = re.compile(r"\s*[^\W\d_][^:.!?]{0,40}:(?:\s|$)")
_OPEN_WORDS = frozenset(
    re.findall(
        r"\S+",
        "a an the of to at in on with and or but you your for from by as than then that this these those if is are be "
        "not no do it its every each more less up per before after until about take between within over under only "
        "least most takes give gives given use swallow during without when while can may must should will has have "
        "had de el la los las con por para un una y o en su que se der die das den dem des ein eine einen und oder "
        "mit von zu für bei im am sie ist nicht le les du une et ou avec pour dans vous il lo gli di da e per che van "
        "het een met voor te w z na i lub",
    )
)


def usual_width(lines: Sequence[str]) -> int:
    """The width in letters that the lines of a text were wrapped at, or 0 where they were not.

    Decided by the places where a sentence goes on, in small letters or in a script without capitals, in the next line;
    where there are few of them, only if no line of the text is longer.
    """
    breaks = _breaks_within_sentences(lines)
    width = _width_of_many(breaks) if len(breaks) >= _FEW else _width_of_few(breaks, lines)
    return width if _NARROWEST <= width <= _WIDEST else 0


def _breaks_within_sentences(lines: Sequence[str]) -> list[tuple[int, int]]:
    """Where a sentence goes on in the next line: the length of the line, and that of the word that follows."""
    return [
        (len(above.rstrip()), len(_first_word(below)))
        for above, below in zip(lines, lines[1:], strict=False)
        if above.strip() and below.strip() and (_goes_on(above, below) or _is_left_open(above, below))
        if below.lstrip()[0].islower() or len(above) >= _NARROWEST  # without capitals a heading looks the same
    ]


def _width_of_many(breaks: list[tuple[int, int]]) -> int:
    """The length that nearly no line surpasses, if most lines are full at it."""
    lengths = sorted(length for length, _word in breaks)
    width = lengths[min(len(lengths) - 1, int(len(lengths) * 0.95))]
    full = sum(length + 1 + word > _SLACK * width for length, word in breaks)
    return width if full >= _ENOUGH * len(breaks) else 0


def _width_of_few(breaks: list[tuple[int, int]], lines: Sequence[str]) -> int:
    """The length of the longest line, if two or more long lines are broken, and each is full at it."""
    longest = max((len(line.rstrip()) for line in lines), default=0)
    full = [length + 1 + word > _SLACK * longest for length, word in breaks if length >= _NARROWEST]
    return longest if len(full) > 1 and all(full) else 0


def unwrap(lines: Sequence[str], width: int) -> tuple[str, ...]:
    """The lines of one block with those joined that were wrapped; ``width`` is `usual_width` of the whole text.

    A hyphen at a line's end stays and takes the next line without a space; two numbers are never joined.
    """
    joined = list(lines[:1])
    for below, is_wrapped in zip(lines[1:], wrapped(lines, width), strict=True):
        if is_wrapped:
            joined[-1] = join(joined[-1], below)
        else:
            joined.append(below)
    return tuple(joined)


def wrapped(lines: Sequence[str], width: int) -> list[bool]:
    """For each line of a block but the first whether only the width parted it from the line above."""
    if len(lines) < 2 or _are_alike(lines):
        return [False] * (len(lines) - 1)
    pairs = list(zip(lines, lines[1:], strict=False))
    is_prose = any(_goes_on(above, below) and is_full(above, below, width) for above, below in pairs)
    dashes = sum(bool(_DASH.match(line)) for line in lines)
    return [
        _is_wrapped(above, below, width, is_prose=is_prose) or (dashes == 1 and _goes_on_with_dash(above, below, width))
        for above, below in pairs
    ]


def join(above: str, below: str) -> str:
    """Two pieces of a broken sentence as one: with a space, or none after a hyphen within a word or a range."""
    above, below = above.rstrip(), below.strip()
    is_hyphenated = re.search(r"[^\W_][-‐–]$", above) and re.match(r"[^\W_]", below)
    return above + below if is_hyphenated else f"{above} {below}"


def ends_sentence(line: str) -> bool:
    """Whether a sentence, or a lead with a colon, ends with this line."""
    return bool(_SENTENCE_END.search(line.rstrip()))


def is_open_word(line: str) -> bool:
    """Whether the line's last word, or its comma, asks for more: ``"take it with"``."""
    last = line.split()[-1] if line.split() else ""
    return last.endswith((",", "،")) or last.casefold().strip("(\"'“‘") in _OPEN_WORDS


def begins_small(line: str) -> bool:
    """Whether the line begins with a small letter, or with a letter of a script that has no capitals."""
    first = line.lstrip().lstrip("(\"'“‘«")[:1]
    return first.isalpha() and not first.isupper() and not first.istitle()


def is_full(above: str, below: str, width: int) -> bool:
    """Whether the next word would not have fitted; without a known width, whether the line is long."""
    length = len(above.rstrip())
    if not width:
        return length >= _LONG
    return length + 1 + len(_first_word(below)) > _SLACK * width


def begins_list_item(line: str) -> bool:
    """Whether the line begins with what may be a bullet, a number or a letter of a list, or another sign."""
    return bool(_MARKER.match(line))


def _goes_on(above: str, below: str) -> bool:
    return begins_small(below) and not ends_sentence(above) and not begins_list_item(below)


def _is_left_open(above: str, below: str) -> bool:
    """Whether a long line ends in a word that asks for more, whatever the next begins with (German nouns)."""
    return len(above) >= _NARROWEST and is_open_word(above) and below.lstrip()[0].isalpha()


def _first_word(line: str) -> str:
    return line.split(maxsplit=1)[0] if line.strip() else ""


def _are_alike(lines: Sequence[str]) -> bool:
    """Whether each line is an entry of its own: all begin with one word, a number or a label with a colon."""
    if len({_first_word(line).casefold() for line in lines}) == 1 and not begins_small(lines[1]):
        return True
    return all(line.lstrip()[:1].isdigit() for line in lines) or all(_LABEL.match(line) for line in lines)


def _goes_on_with_dash(above: str, below: str, width: int) -> bool:
    """A dash within a sentence that stands at a line's start, and is the block's only one: no bullet."""
    is_open = bool(width) and not ends_sentence(above) and bool(_DASH.match(below)) and not _DASH.match(above)
    return is_open and is_full(above, below, width)


def _is_wrapped(above: str, below: str, width: int, *, is_prose: bool) -> bool:
    if not is_full(above, below, width) or begins_list_item(below):
        return False
    last, first = above.rstrip()[-1], below.lstrip()[0]
    if first.isdigit() and (last.isdigit() or re.search(r"\d[-‐–]$", above.rstrip())):
        return not last.isdigit()  # "5-" and "10 mg" are one range; two numbers are never joined
    if ends_sentence(above) and not (first.islower() and above.rstrip().endswith((".", ";"))):
        return is_prose and bool(width) and not above.rstrip().endswith(":") and not _LABEL.match(below)
    if begins_small(below):
        return bool(width) or first.islower()
    return bool(width) and _asks_for(above, below, is_prose=is_prose)


def _asks_for(above: str, below: str, *, is_prose: bool) -> bool:
    """Whether a full line goes on in one that begins with a capital or a number."""
    if is_open_word(above):
        return True
    begins_with_amount = below.lstrip()[0].isdigit() and tells_an_amount(" ".join(below.split()[:3]))
    if _LABEL.match(below) or begins_with_amount:
        return False
    last = above.split()[-1]
    return is_prose or (last[-1].isdigit() and tells_an_amount(f"{last} {_first_word(below)}"))

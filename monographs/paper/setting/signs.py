"""Words made ready for paper: what must not be parted at a line's end is held together, and no sign can stop the
printing.

Nothing is taken away that can be seen. What is added or exchanged (`plain_again` undoes it): U+2060 around a dash
between two numbers, because a line may break at ``0.5–|1 mg`` (Unicode Standard Annex 14, class BA); U+00A0 between
an amount and its unit, a day and its month; U+2011 for a hyphen within a word, because Polish and Spanish would
write it twice where a line ends there.
"""

import re
import unicodedata

from monographs.text.amounts.units import MEASURES, any_of
from monographs.text.order.counted import COUNTED

NO_BREAK, JOINER, HYPHEN, MAY_BREAK = "\u00a0", "\u2060", "\u2011", "\u200b"
ISOLATES = "\u2066\u2067\u2068\u2069\u202a\u202b\u202c\u202d\u202e"

WEB = re.compile(r"(?:https?://|www\.)\S+|\S+@\S+\.\S+")
_DASH = re.compile(r"(?<=[\d%])([–−-])(?=\d)")
_SPACED_DASH = re.compile(r"(?<=\d) ([–−]) (?=\d)")
_UNIT = re.compile(rf"(?<=\d)(\u2069?) (?=[\u2066\u2067]?(?:{any_of(*MEASURES.values())})(?!\w))", re.IGNORECASE)
_COUNTS = re.compile(rf"(?<=\d)(\u2069?) (?=(?:{'|'.join(map(re.escape, COUNTED))})(?!\w))")
_DAY = re.compile(r"(?<!\d)(\d{1,2}) (?=[^\W\d_]+(?: [^\W\d_]+){0,2} \d{4}(?!\d))")  # of a date: 2 November 2026
_GROUPS = re.compile(r"(?<=\d) (?=\d)")  # of a telephone number, of thousands
_ARROW = re.compile(r"(?<=\S) ([→←])(?: (?=\S))?")
_HYPHEN = re.compile(r"(?<=[^\W_])-(?=[^\W_])")
_SPACES = re.compile(r"[\t\x0b\x0c\r\x85\u2028\u2029\u2002-\u200a\u3000]")
_CONTROLS = re.compile(r"[\x00-\x09\x0b-\x1f\x7f]")
_MAY_NEED_HOLDING = re.compile(r"\d|\w-\w|[→←]")
_ADDED = str.maketrans({JOINER: None, MAY_BREAK: None, NO_BREAK: " ", HYPHEN: "-", "\u202f": " ", "\u00ad": None})
_ISOLATES = dict.fromkeys(map(ord, ISOLATES))


def cleaned(text: str) -> str:
    """Without what stops PDF/UA-1 or has no width: a TAB between two numbers would print "510 mg" for "5 10 mg"."""
    text = _SPACES.sub(" ", text)
    if text.isascii() and not _CONTROLS.search(text):
        return text
    return "".join(sign for sign in text if sign in "\n" or not _is_nothing(sign))


def _is_nothing(sign: str) -> bool:
    return sign == "\ufeff" or unicodedata.category(sign) in ("Cc", "Cs", "Co", "Cn")


def held_together(text: str) -> str:
    """The text with no-break signs where a line must not end; web addresses stay as they are."""
    if not _MAY_NEED_HOLDING.search(text):
        return text
    parts, at = [], 0
    for address in (*WEB.finditer(text), None):
        words = text[at : address.start()] if address else text[at:]
        words = _HYPHEN.sub(_hyphen, _DASH.sub(rf"{JOINER}\1{JOINER}", words))
        words = _SPACED_DASH.sub(rf"{NO_BREAK}\1{NO_BREAK}", words)
        words = _DAY.sub(rf"\1{NO_BREAK}", words)
        words = _ARROW.sub(rf"{NO_BREAK}\1{NO_BREAK}", _GROUPS.sub(NO_BREAK, words))
        parts.append(_COUNTS.sub(rf"\1{NO_BREAK}", _UNIT.sub(rf"\1{NO_BREAK}", words)))
        if address:
            parts.append(address[0])
            at = address.end()
    return "".join(parts)


def _hyphen(found: re.Match) -> str:
    """A hyphen of a word; between two figures it stays what it is, held by U+2060."""
    before, after = found.string[found.start() - 1], found.string[found.end()]
    return f"{JOINER}-{JOINER}" if before.isdigit() and after.isdigit() else HYPHEN


def plain_again(text: str) -> str:
    """What was typed, of what stands on paper: no added sign, no sign of order."""
    return text.translate(_ADDED).translate(_ISOLATES)


def spelt_out(text: str, known: frozenset[str]) -> str:
    """The text with each sign that no font of ours has as its name: ``[grinning face]``.

    The gate asks for such signs at submission (`quality.as_read.printed_signs`); this is for texts from before, so
    that a reader gets a sheet that says what stands there, and not none.
    """
    if text.isascii() or known.issuperset(text):
        return text
    return "".join(sign if sign in known else _name(sign) for sign in text)


def _name(sign: str) -> str:
    if unicodedata.category(sign) in ("Mn", "Me", "Cf"):
        return ""  # a mark or joiner on its own says nothing
    return f"[{unicodedata.name(sign, 'unknown sign').lower()}]"

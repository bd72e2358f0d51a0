"""What a text looks like once it has arrived: the signs that word processors and PDFs leave behind, put right.

One place decides what a sign means. The editor (on pasting), the import, every saved draft and the quality gate
call `settle`; nobody else replaces such signs. Decided here, and why:

* A line ends with a newline, whichever sign ended it. It never becomes a space, nor nothing: ``Take 2␋5 mg`` has
  two numbers.
* What is not seen and only tells where a word may be parted (soft hyphen, U+FEFF) is dropped, but never between two
  digits: nobody can tell whether ``5`` and ``10`` were one number. There it stays, and the gate asks.
* Letters that are drawn as one (ﬁ) and full-width letters and digits become the letters themselves. Not more of
  Unicode's compatibility forms: ``½``, ``²``, ``™`` and ``㎎`` mean something. A full-width full stop stays too:
  in ``１．２錠`` it may number a line.
* The no-break hyphen (U+2011, U+2010) becomes ``-``. It keeps words together, but half of all fonts lack it, and
  searching, comparing and reading numbers all see another sign.
* A no-break *space* inside a line stays: it keeps a dose on one line. At a line's start it only pretends to be text.
* The micro sign (U+00B5) stands before a Latin letter (``µg``), the Greek mu everywhere else.
* Letters of the Symbol font become what they show (``symbol_font.txt``); unknown private letters stay and are found.
* Signs of lists at a line's start become Markdown's own: see `pasted_lists`.
"""

import re
import unicodedata
from functools import lru_cache
from pathlib import Path

from monographs.text.letters.pasted_lists import BLANK, FONT_BULLET, Line, read_lists

_LINE_END = re.compile(r"\r\n|[\r\n\x0b\x0c\x85\u2028\u2029]")
_UNUSUAL_END = re.compile(r"[\x0b\x0c\x85\u2028\u2029]")
_PARTS_WORDS = re.compile(r"[\u00ad\ufeff]+")
_LIGATURES = {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"}
_FULL_WIDTH = {
    chr(code): chr(code - 0xFEE0) for code in (*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B))
}
_HYPHEN = re.compile(rf"(?<!^)[\u2010\u2011]|^[\u2010\u2011](?!{BLANK})")
_DRAWN_ALONE = re.compile(rf"[{''.join(_LIGATURES)}]|{_HYPHEN.pattern}")
_MICRO = re.compile(r"[\u00b5\u03bc]")
_DEGREE = re.compile(r"(?<=\d)([ \u00a0\u202f\u2009]?)[º˚]([ \u00a0\u202f\u2009]?)(?=[CF](?![^\W_]))")
_NOT_A_SPACE = re.compile("[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]+")
_LEADING = re.compile(f"{BLANK}+")


def _symbol_font() -> dict[str, str]:
    rows = Path(__file__).with_name("symbol_font.txt").read_text(encoding="utf-8").splitlines()
    cells = [row.split() for row in rows if not row.startswith("# ")]
    return {chr(int(code, 16)): " " if shown == "space" else shown for code, shown, _name in cells}


_SYMBOLS = _symbol_font()
_SAME_LOOK = str.maketrans(_LIGATURES)
_OTHER_LOOK = str.maketrans(_SYMBOLS | _FULL_WIDTH)


def settle(text: str) -> str:
    """A text of several lines, settled. Pure; settling twice is settling once; no letter or digit is lost."""
    return "\n".join(line.reads for line in settled_lines(text) if line.reads is not None)


@lru_cache(maxsize=64)  # what is saved is settled, and several checks ask how it would be
def settled_lines(text: str) -> tuple[Line, ...]:
    """The lines of ``text`` in order, each as it was typed and as it reads, for `settle` and for the gate."""
    return tuple(read_lists(_lines(text)))


def settle_facts(text: str) -> str:
    """The same for lines that are a list already, one item a line: a bullet before one is dropped."""
    return "\n".join(line.reads for line in read_lists(_lines(text), are_items=True) if line.reads is not None)


def settle_line(text: str) -> str:
    """The same for what has one line (a title, a name, a citation): line ends are spaces, no list is made."""
    return " ".join(part for line in _lines(text) if (part := line.reads.strip()))


def settle_signs(text: str) -> str:
    """Only the signs, line by line: no list is made and no line is added or taken away."""
    return "\n".join(line.reads for line in _lines(text))


def _lines(text: str) -> list[Line]:
    if text.isascii() and not _UNUSUAL_END.search(text):
        lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
        return [Line(line, line if line.strip(" \t") else "") for line in lines]
    ends = [match[0] for match in _LINE_END.finditer(text)]
    return [_line(line, ends[place] if place < len(ends) else "") for place, line in enumerate(_LINE_END.split(text))]


def _line(typed: str, end: str) -> Line:
    if typed.isascii() and not _UNUSUAL_END.match(end):
        return Line(typed, typed if typed.strip(" \t") else "")
    # Before a line's own words a private letter is a bullet of Word's, whatever the Symbol font has there.
    marked = FONT_BULLET.sub(r"\g<blanks>•", typed)
    plain = _drop_parting(marked).translate(_SAME_LOOK)
    shown = plain.translate(_OTHER_LOOK)
    shown = _DEGREE.sub(r"\1°\2", unicodedata.normalize("NFC", shown))
    why = ["end"] if _UNUSUAL_END.match(end) else []
    why += ["sign"] if unicodedata.normalize("NFC", plain) != shown else []
    reads = _HYPHEN.sub("-", _MICRO.sub(_micro, shown))
    why += ["letters"] if _DRAWN_ALONE.search(marked) else []
    leading = _LEADING.match(reads)
    if leading:
        if leading.end() == len(reads):
            why += ["blank"] if reads.strip(" \t") else []
            reads = ""
        else:
            reads = _NOT_A_SPACE.sub("", leading[0]) + reads[leading.end() :]
    return Line(typed, reads, tuple(why), leading[0] if leading else "")


def _drop_parting(text: str) -> str:
    def dropped(match: re.Match) -> str:
        before, after = _beside(match)
        return match[0] if _may_be_a_number(before) and _may_be_a_number(after) else ""

    return _PARTS_WORDS.sub(dropped, text)


def _may_be_a_number(sign: str) -> bool:
    return sign.isnumeric() or sign in tuple(".,٫٬·") or "\uf02c" <= sign <= "\uf039"


def _micro(match: re.Match) -> str:
    before, after = _beside(match)
    is_greek = "\u0370" <= before <= "\u03ff" or "\u1f00" <= before <= "\u1fff"
    return "\u00b5" if after.isascii() and after.isalpha() and not is_greek else "\u03bc"


def _beside(match: re.Match) -> tuple[str, str]:
    """The signs before and behind a match, "" at the ends."""
    return match.string[max(match.start() - 1, 0) : match.start()], match.string[match.end() : match.end() + 1]

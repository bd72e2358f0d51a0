"""What stands in a text to be looked for, piece by piece: words, amounts, codes, Chinese and Japanese runs.

What parts two pieces parts them everywhere: ``/``, hyphens, a full stop between letters, a letter beside a digit. What
does not is dropped: apostrophes, vowel marks, signs that nobody sees.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from monographs.remembered import MOST_REMEMBERED
from monographs.text.amounts.numbers import keep_groups, value
from monographs.text.amounts.units import MEASURES, any_of
from monographs.text.letters.folding import fold

LONGEST = 60  # characters of one word that are looked at
WORD, AMOUNT, CODE, RUN = "word", "amount", "code", "run"

_MARKS = "".join(re.escape(chr(code)) for code in range(0x300, 0x3100) if unicodedata.category(chr(code))[0] == "M")
_HIDDEN = "\u00ad\u034f\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufe00-\ufe0f\ufeff"
_APOSTROPHES = "'’‘ʼ＇`´"
_HAN = "\u3041-\u3096\u30a1-\u30fa\u30fc\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_LETTER = rf"(?![{_HAN}])[^\W\d_]"
_GLYPH = r"[\u00bc-\u00be\u2150-\u215e]"
_RAISED = "\u00b2\u00b3\u00b9\u2070\u2074-\u2079"
_DASH = r"\-\u2010-\u2015\u2212"
_END = r"(?![^\W_])"
_UNIT = rf"[\s{_DASH}]{{0,2}}(?P<unit>{any_of(*MEASURES.values())}){_END}"
_NUMBER = (
    r"\d{1,3}(?:[\u00a0\u2009\u202f]\d{3})+(?!\d)(?:[.,]\d+)?"
    r"|(?<![\d/.,])(?:\d+ )?[1-9]/(?:10|[2-9])(?![\d/]|[.,]\d)"
    rf"|\d+(?:[.,·]\d+)*\s?{_GLYPH}|\d+(?:[.,·]\d+)*[{_RAISED}]*|(?<![^\s(\[])[.·]\d+|{_GLYPH}"
)
_CODE = (
    rf"(?<![^\W_])(?:[A-Za-z][{_DASH}]?|[B-HJ-Zb-hj-z]\s)\d{{1,3}}(?!\d|[.,·/]\d|\s?{_GLYPH}|[{_RAISED}])"
    rf"(?!{_UNIT.replace('?P<unit>', '?:')})"
)
_WORD = rf"{_LETTER}(?:{_LETTER}|[{_MARKS}{_HIDDEN}]|[{_APOSTROPHES}](?={_LETTER}))*"
_ASCII_WORD = "[A-Za-z]+(?:['`][A-Za-z]+)*"
_PIECE, _ASCII_PIECE = (
    re.compile(
        rf"(?P<code>{_CODE})|(?P<number>{_NUMBER})(?:{_UNIT})?|(?P<run>[{_HAN}]+)"
        rf"|(?P<word>{_WORD})",
        re.IGNORECASE,
    ),
    # Of two letters in a row the first begins neither code nor number: most words are found without looking for those.
    re.compile(
        rf"(?P<plain>(?=[a-z]{{2}}){_ASCII_WORD})|(?P<code>{_CODE})|(?P<number>{_NUMBER})(?:{_UNIT})?"
        rf"|(?P<word>{_ASCII_WORD})",
        re.IGNORECASE,
    ),
)
_RUN = re.compile(f"[{_HAN}]")
_DROPPED = re.compile(f"[{_HIDDEN}{_APOSTROPHES}]")
_OTHER_DIGIT = re.compile(r"(?![0-9])\d")
_DECIMAL_SIGNS = str.maketrans("٫٬", ".,")
# "5–10 mg", "5 to 10 mg": the unit behind the last holds for each.
_JOINS = re.compile(
    rf"\s*(?:[{_DASH},]|to|and|or|bis|und|oder|à|a|et|ou|y|o|e|i|lub|do|إلى|الى|أو|و)\s*", re.IGNORECASE
)
# Articles that French, Italian and Catalan join to the next word by an apostrophe.
_ARTICLE = re.compile(
    rf"(?:l|d|j|m|t|s|n|c|qu|lorsqu|puisqu|jusqu|un|all|dall|dell|nell|sull|quest|quell|gl)[{_APOSTROPHES}](?=[^\W\d_]{{2}})",
    re.IGNORECASE,
)
_UNITS = [(name, re.compile(any_of(spellings), re.IGNORECASE)) for name, spellings in MEASURES.items()]


class Piece(NamedTuple):
    """``kind`` is `WORD`, `AMOUNT`, `CODE` or `RUN`; ``text`` its folded letters or its number, ``unit`` a name of
    `MEASURES` or "". It stands at ``text[start:end]`` of what was read."""

    kind: str
    text: str
    start: int
    end: int
    unit: str = ""


_NOT_ONLY_WORDS = re.compile(rf"\d|{_GLYPH}|[{_HAN}]")
_WORD_ALONE, _ASCII_WORD_ALONE = re.compile(_WORD), re.compile(_ASCII_WORD)


def only_words(text: str) -> list[str] | None:
    """The words, as they are written, of a text in which nothing else is to be looked for, as in most sentences; None
    of any other. Each gives what `pieces` would give of it."""
    return None if _NOT_ONLY_WORDS.search(text) else _a_word_of(text).findall(text)


def places_of_only_words(text: str) -> Iterator[re.Match] | None:
    """The same with where each stands."""
    return None if _NOT_ONLY_WORDS.search(text) else _a_word_of(text).finditer(text)


def _a_word_of(text: str) -> re.Pattern:
    return _ASCII_WORD_ALONE if text.isascii() else _WORD_ALONE


def is_written_without_spaces(word: str) -> bool:
    """Whether Chinese or Japanese stands in it, which parts no words."""
    return not word.isascii() and _RUN.search(word) is not None


def pieces(text: str) -> Iterator[Piece]:
    """All there is to look for, in order."""
    for one in pieces_and_words(text):
        if type(one) is Piece:
            yield one
        else:
            yield from _word(one)


def pieces_and_words(text: str) -> Iterator[Piece | re.Match]:
    """The same with each word as it is written, where it was found: for who needs no more of it."""
    if not text.isascii():
        text = _OTHER_DIGIT.sub(lambda digit: str(unicodedata.decimal(digit[0])), text).translate(_DECIMAL_SIGNS)
    waiting: list[Piece] = []  # numbers whose unit may come behind the next one
    for match in (_ASCII_PIECE if text.isascii() else _PIECE).finditer(text):
        kind = match.lastgroup
        if kind in ("plain", "word"):
            if waiting and not _JOINS.fullmatch(text, waiting[-1].end, min(match.end() + 1, len(text))):
                yield from waiting
                waiting = []
            yield match
            continue
        if kind in ("number", "unit"):
            number = Piece(AMOUNT, match["number"], match.start(), match.end(), _unit(match["unit"] or ""))
            if waiting and not _JOINS.fullmatch(text, waiting[-1].end, number.start):
                yield from waiting
                waiting = []
            waiting.append(number)
            if number.unit:
                yield from (Piece(AMOUNT, one.text, one.start, one.end, number.unit) for one in waiting)
                waiting = []
            continue
        yield from waiting
        waiting = []
        if kind == "code":
            yield Piece(CODE, _code(match[0]), match.start(), match.end())
        else:
            yield Piece(RUN, match[0], match.start(), match.end())
    yield from waiting


def _word(match: re.Match) -> tuple[Piece, ...]:
    article, folded = without_article(match[0])
    return (Piece(WORD, folded, match.start() + article, match.end()),) if folded else ()


def without_article(word: str) -> tuple[int, str]:
    """How long the article is that is joined to a word, and the word without it, folded."""
    return _without_article(word) if len(word) <= LONGEST else _without_article.__wrapped__(word)


@lru_cache(maxsize=MOST_REMEMBERED)  # of words, not of what somebody leans on a key for
def _without_article(word: str) -> tuple[int, str]:
    article = _ARTICLE.match(word)
    end = article.end() if article else 0
    return end, folded_word(word[end:])


def folded_word(word: str) -> str:
    """One word without case, accents, apostrophes and what nobody sees."""
    return _known_word(word) if len(word) <= LONGEST else _known_word.__wrapped__(word)


@lru_cache(maxsize=MOST_REMEMBERED)  # of words, not of what somebody leans on a key for
def _known_word(word: str) -> str:
    return fold(_DROPPED.sub("", word)).replace(" ", "")[:LONGEST]


@lru_cache(maxsize=1_000)
def _unit(written: str) -> str:
    """The name of a unit: ``"mcg"`` → ``"microgram"``."""
    return next((name for name, spelling in _UNITS if written and spelling.fullmatch(written)), "")


def _code(written: str) -> str:
    """``"B-12"`` → ``"b12"``."""
    return fold(written[0]) + re.sub(r"\D", "", written)


def number(written: str, language: str) -> str:
    """A number in one way of writing it: ``"0.5"`` for ½, 0,50 and .5, ``"1/3"``, ``"10^5"``."""
    return _known_number(written, language) if len(written) <= LONGEST else _known_number.__wrapped__(written, language)


@lru_cache(maxsize=MOST_REMEMBERED)
def _known_number(written: str, language: str) -> str:
    raised = len(written.rstrip(_RAISED_SIGNS))
    if raised < len(written):
        return f"{number(written[:raised], language)}^{unicodedata.normalize('NFKC', written[raised:])}"
    amount = value(written[:LONGEST], language)
    if isinstance(amount, str):
        return re.sub(r"[^\w.,/^]", "", keep_groups(amount))
    whole, bottom = divmod(amount.numerator, amount.denominator), amount.denominator
    if 10**12 % bottom:
        return f"{amount.numerator}/{bottom}"
    if not whole[1]:
        return str(whole[0])
    return f"{whole[0]}.{10**12 * whole[1] // bottom:012d}".rstrip("0")


_RAISED_SIGNS = "\u00b2\u00b3\u00b9\u2070\u2074\u2075\u2076\u2077\u2078\u2079"

"""The word account: what an author typed, held against what patients read.

Every letter, digit and sign of the source that is not markup by its position must stand on the page, in its place;
nothing that was apart may be joined, nothing that was typed as one may be parted, and nothing may be there that was
not typed. It does not ask the parser what is markup: it says itself what may be some, and takes the page's words
from the finished HTML. What may be markup and touches a number is told as well (`doubts`).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate

from monographs.text.markup.account.discrepancy import Discrepancy, Kind
from monographs.text.markup.account.doubts import doubts
from monographs.text.markup.markdown import typed_words
from monographs.text.markup.rules.cards import CLOSES, OPENS
from monographs.text.markup.rules.emphasis import flanks, is_spaceless, is_word
from monographs.text.markup.rules.lines import normal
from monographs.text.markup.rules.links import read_image, read_link
from monographs.text.markup.rules.tables import is_rule

_MOST_WAYS = 16  # ways to read the text so far that are kept in mind
_MOST_FOUND = 20  # a text in which more went wrong needs no longer list
_EXCERPT = 60  # characters
_PUNCTUATION = frozenset("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~")
_RULE = re.compile(r"-{3,}|\*{3,}|_{3}")
_OPENING = re.compile(r"(?:#{1,6}|[-*])(?=[ \t]|$)")
_MAY_BE_MARKUP = re.compile(r"[*_\\|\[\]]")  # within a line; "!" only before a bracket
_PIECE = re.compile(r"\s+|\*+|_+|[\\|\[\]!]|[^\s*_\\|\[\]!]+")


@dataclass(frozen=True)
class _Piece:
    """Typed signs without a space: words that must be read, or markup that need not. ``line`` counts from 0."""

    text: str
    line: int
    is_markup: bool = False


def account(source: str, *, language: str = "en", is_line: bool = False) -> list[Discrepancy]:
    """All that is read otherwise than it was typed, then all that is doubtful, each in the order of the text.

    ``is_line`` says that the text is one line, such as a key fact. Takes time in proportion to the text's length.
    """
    return list(_account(source, language, is_line))


@lru_cache(maxsize=128)  # the gate asks twice, and the editor's panel again and again for sections that stay
def _account(source: str, language: str, is_line: bool) -> tuple[Discrepancy, ...]:
    return (*held(source, language=language, is_line=is_line), *doubts(source, is_line=is_line))


def held(source: str, *, language: str = "en", is_line: bool = False) -> list[Discrepancy]:
    """What went wrong between typing and reading: lost, added, joined. [] for every text, unless the renderer errs
    or markup has joined two words (``5[mg](/a)``)."""
    lines = normal(source).split("\n")
    read = typed_words(source, language=language, is_line=is_line)
    if _words_without_markup(lines, is_line=is_line) == read.split():
        return []
    page = _Page(read)
    found: list[Discrepancy] = []
    ways = [0]
    pieces = list(_pieces(lines, is_line=is_line))
    at = 0
    while at < len(pieces) and len(found) < _MOST_FOUND:
        piece = pieces[at]
        before = pieces[at - 1] if at else None
        next_ways = page.read(piece, before, ways)
        if next_ways:
            ways, at = next_ways, at + 1
            continue
        found.append(_wrong(lines, piece, page, ways))
        at, ways = _go_on(pieces, at, page, ways)
    if len(found) < _MOST_FOUND and ways[-1] < len(page.signs):
        found.append(Discrepancy(Kind.ADDED, "", page.excerpt(ways[-1]), len(lines)))
    return found


def _words_without_markup(lines: list[str], *, is_line: bool) -> list[str] | None:
    """The typed words of a text in which nothing is markup but lines that are all of it, and how a line opens; None of
    any other. Where the page has just these words, each was read where it was typed, and nothing else was."""
    words: list[str] = []
    for line in lines:
        text = line.strip(" \t")
        if not is_line:
            if _is_all_markup(line.strip()):
                continue
            if opening := _OPENING.match(text):
                if text.endswith(opening[0]):  # of a heading that is closed as well
                    return None
                text = text[opening.end() :]
        if _MAY_BE_MARKUP.search(text):
            return None
        words += text.split()
    return words


class _Page:
    """The words that patients read, without spaces, and where the spaces are."""

    def __init__(self, words: str):
        self.words = words
        self.places = [place for place, character in enumerate(words) if not character.isspace()]
        self.signs = "".join(words[place] for place in self.places)
        gaps = [at > 0 and self.places[at - 1] + 1 < place for at, place in enumerate(self.places)]
        self.is_apart = [*gaps, True]
        self.gaps_before = [0, *accumulate(gaps)]

    def read(self, piece: _Piece, before: _Piece | None, ways: list[int]) -> list[int]:
        """How far the page may have been read with this piece, from each place where the one before it may end."""
        text = piece.text
        if text.isspace():
            return ways
        was_apart = before is None or before.is_markup or before.text.isspace()
        starts, length = self.signs.startswith, len(text)
        found = [at + length for at in ways if starts(text, at) and self._stands_at(at, at + length, was_apart)]
        if piece.is_markup:
            found = sorted({*found, *ways})
        return found if len(found) <= _MOST_WAYS else found[: _MOST_WAYS // 2] + found[-_MOST_WAYS // 2 :]

    def _stands_at(self, at: int, end: int, was_apart: bool) -> bool:
        if self.gaps_before[end] > self.gaps_before[at + 1]:
            return False
        if was_apart:
            return self.is_apart[at] or not _joins(self.signs[at - 1 : at], self.signs[at : at + 1])
        return not self.is_apart[at]

    def excerpt(self, at: int) -> str:
        """The words about a place."""
        place = self.places[at] if at < len(self.places) else len(self.words)
        start = self.words.rfind("\n", 0, place) + 1
        return " ".join(self.words[max(start, place - _EXCERPT // 2) : place + _EXCERPT // 2].split())


@lru_cache(maxsize=4096)  # a text has few pairs, and each is asked for at many places
def _joins(last: str, first: str) -> bool:
    return is_word(last) and is_word(first) and not is_spaceless(last) and not is_spaceless(first)


def _wrong(lines: list[str], piece: _Piece, page: _Page, ways: list[int]) -> Discrepancy:
    joined = [at for at in ways if page.signs.startswith(piece.text, at)]
    at = joined[-1] if joined else ways[-1]
    typed = lines[piece.line].strip()
    start = max(typed.find(piece.text) - _EXCERPT // 2, 0)
    return Discrepancy(
        Kind.JOINED if joined else Kind.LOST, typed[start : start + _EXCERPT], page.excerpt(at), piece.line + 1
    )


def _go_on(pieces: list[_Piece], at: int, page: _Page, ways: list[int]) -> tuple[int, list[int]]:
    """Where to go on behind something that went wrong: at a later line whose beginning the page has."""
    line = pieces[at].line
    while at < len(pieces):
        piece = pieces[at]
        if piece.line > line and not piece.is_markup and not piece.text.isspace():
            place = page.signs.find(piece.text, ways[0])
            if place >= 0:
                return at, [place]
            line = piece.line
        at += 1
    return at, [len(page.signs)]


def _pieces(lines: list[str], *, is_line: bool) -> Iterator[_Piece]:
    for number, line in enumerate(lines):
        if number:
            yield _Piece("\n", number - 1)
        text = line.strip()
        if not is_line and _is_all_markup(text):
            for part in re.findall(r"\||[^\s|]+", text):
                yield _Piece(part, number, is_markup=True)
            continue
        yield from _line_pieces(line, number, is_line=is_line)


def _is_all_markup(text: str) -> bool:
    return bool(CLOSES.fullmatch(text) or OPENS.fullmatch(text) or _RULE.fullmatch(text)) or is_rule(text)


def _line_pieces(line: str, number: int, *, is_line: bool) -> Iterator[_Piece]:
    place = len(line) - len(line.lstrip(" \t"))
    end = len(line.rstrip(" \t"))
    opening = None if is_line else _OPENING.match(line, place)
    closing = 0
    if opening:
        yield _Piece(opening[0], number, is_markup=True)
        place = opening.end()
        marks = opening[0]
        closing = len(marks) if len(marks) > 1 and line[place:end].endswith((f" {marks}", f"\t{marks}")) else 0
    yield from _inline_pieces(line, place, end - closing, number)
    if closing:
        yield _Piece(" ", number)
        yield _Piece(line[end - closing : end], number, is_markup=True)


def _inline_pieces(line: str, place: int, end: int, number: int) -> Iterator[_Piece]:
    waiting: list[tuple[int, str]] = []  # where the words of a link end, and its address
    while place < end:
        if waiting and place >= waiting[-1][0]:
            address = waiting.pop()[1]
            yield _Piece("]", number, is_markup=True)
            yield _Piece(address, number, is_markup=True)
            place += 1 + len(address)
            continue
        match = _PIECE.match(line, place, waiting[-1][0] if waiting else end)
        text = match[0] if match else line[place]
        if text[0] == "[" and (link := read_link(line, place)):
            waiting.append((link.end("words"), line[link.end("words") + 1 : link.end()]))
            yield _Piece("[", number, is_markup=True)
            place += 1
        elif text[0] == "!" and (image := read_image(line, place)):
            yield from _picture_pieces(line, image, number)
            place = image.end()
        else:
            for piece in _signs_or_words(line, place, end, text, number):
                yield piece
                place += len(piece.text)


def _signs_or_words(line: str, place: int, end: int, text: str, number: int) -> Iterator[_Piece]:
    """``text``, which stands at ``place``, and after a backslash the sign that it keeps."""
    if text == "\\" and (place + 1 == end or line[place + 1] in _PUNCTUATION):
        yield _Piece("\\", number, is_markup=True)
        if place + 1 < end:
            yield _Piece(line[place + 1], number)
    elif text[0] in "*_":
        before, after = line[place - 1 : place] if place else "", line[place + len(text) : place + len(text) + 1]
        is_markup = any(flanks(before, after, text[0], len(text)))
        for part in text if is_markup else [text]:  # of three stars, two or one may be markup
            yield _Piece(part, number, is_markup=is_markup)
    else:
        yield _Piece(text, number, is_markup=text == "|")


def _picture_pieces(line: str, image: re.Match, number: int) -> Iterator[_Piece]:
    yield _Piece("![", number, is_markup=True)
    yield from _picture_words(image["words"], number)
    yield _Piece("]" + line[image.end("words") + 1 : image.end()], number, is_markup=True)


def _picture_words(words: str, number: int) -> Iterator[_Piece]:
    """An alternative text has no markup but backslashes."""
    for part in re.findall(r"\s+|\\[!-/:-@\[-`{-~]|\\|[^\s\\]+", words):
        if part[0] == "\\" and len(part) > 1:
            yield _Piece("\\", number, is_markup=True)
            part = part[1]
        yield _Piece(part, number)

"""Tokens: what the index of texts is made of, and what a query asks it for.

A token is a word as it is written (folded), its stem behind a ``~`` (``~dizzi``), an amount with its unit (``10mg``), a
code (``b12``) or two letters of Chinese. A word stands in the index both ways (once, where it is its own stem), so that
a name of a medicine can be asked for without its stem, whichever names the site has by then.
There are no stop words. A token has letters, digits, marks and ``% . , / ^ ~ _ °``, neither space nor quotation mark.
"""

from collections.abc import Container, Iterable, Iterator, Set
from dataclasses import dataclass
from functools import lru_cache
from operator import itemgetter

from monographs.remembered import MOST_REMEMBERED
from monographs.text.tokens.reading import (
    AMOUNT,
    CODE,
    LONGEST,
    RUN,
    WORD,
    Piece,
    number,
    only_words,
    pieces,
    pieces_and_words,
    places_of_only_words,
    without_article,
)
from monographs.text.tokens.stems import SNOWBALL, stem

VERSION = f"1+snowball-{SNOWBALL}"
"""Of the rules here and of the stems. What is stored was made by one version; another makes it anew."""

# A number with a comma means another one where the comma is a decimal mark; a reader's language is not known.
_WAYS_TO_COUNT = ("en", "de")


def tokens(text: str, language: str) -> list[str]:
    """All tokens of a text in ``language``, in order, for the index."""
    found: list[str] = []
    if (words := only_words(text)) is not None:
        for word in words:
            found += _forms_of(word, language) if len(word) <= LONGEST else _forms_as_written(word, language)
        return found
    for piece in pieces_and_words(text):
        found += _kept(piece, language) if type(piece) is Piece else _forms_as_written(piece[0], language)
    return found


@dataclass(frozen=True, slots=True)
class Wanted:
    """One thing that is looked for: found where any of ``ways`` (tokens) is; ``piece`` is how it was asked for."""

    ways: frozenset[str]
    piece: Piece


def wanted(query: str, languages: Iterable[str], *, names: Container[str] = ()) -> list[Wanted]:
    """What a query looks for in texts of ``languages``, each thing once; all of it must be found.

    A word of ``names`` (folded words that names of medicines consist of) is found only as it is written.
    """
    languages = tuple(languages)
    found: dict[frozenset[str], Wanted] = {}
    for piece in pieces(query):
        for ways in _asked(piece, languages, names):
            found.setdefault(ways, Wanted(ways, piece))
    return list(found.values())


def spans(text: str, language: str, ways: Set[str]) -> Iterator[tuple[int, int]]:
    """Where in ``text`` stands what has one of these tokens, from and to, in order and apart."""
    if (words := places_of_only_words(text)) is not None:
        for word in words:
            if not ways.isdisjoint(_forms_as_written(word[0], language)):
                article, _folded = without_article(word[0])
                yield word.start() + article, word.end()
        return
    end = 0
    for piece in sorted(pieces(text), key=itemgetter(Piece._fields.index("start"))):
        if piece.start >= end and _has_one(piece, language, ways):
            yield piece.start, piece.end
            end = piece.end


def _has_one(piece: Piece, language: str, ways: Set[str]) -> bool:
    return not ways.isdisjoint(_kept(piece, language))


def _kept(piece: Piece, language: str) -> Iterator[str]:
    if piece.kind == WORD:
        yield from _forms(piece.text, language)
    elif piece.kind == AMOUNT:
        amount = number(piece.text, language)
        yield amount
        if piece.unit:
            yield _amount(amount, piece.unit)
    elif piece.kind == CODE:
        yield from (piece.text, piece.text[0], piece.text[1:])
    else:
        yield from piece.text
        yield from _pairs(piece.text)


def _forms_as_written(word: str, language: str) -> tuple[str, ...]:
    """A word of a text as it stands in the index."""
    return _forms_of(word, language) if len(word) <= LONGEST else _forms_of.__wrapped__(word, language)


@lru_cache(maxsize=MOST_REMEMBERED)  # of words, not of what somebody leans on a key for
def _forms_of(written: str, language: str) -> tuple[str, ...]:
    return _forms(without_article(written)[1], language)


@lru_cache(maxsize=MOST_REMEMBERED)
def _forms(word: str, language: str) -> tuple[str, ...]:
    """A folded word as it stands in the index: none of what was no letter at all."""
    if not word:
        return ()
    stemmed = stem(word, language)
    return (word, f"~{stemmed}") if stemmed not in ("", word) else (word,)


def _asked(piece: Piece, languages: tuple[str, ...], names: Container[str]) -> Iterator[frozenset[str]]:
    if piece.kind == WORD:
        stems = () if piece.text in names else {stem(piece.text, language) or piece.text for language in languages}
        yield frozenset({piece.text, *stems, *(f"~{stemmed}" for stemmed in stems)} if stems else {piece.text})
    elif piece.kind == AMOUNT:
        yield frozenset(_amount(number(piece.text, language), piece.unit) for language in _WAYS_TO_COUNT)
    elif piece.kind == CODE:
        yield frozenset({piece.text})
    else:
        yield from (frozenset({pair}) for pair in _pairs(piece.text) or [piece.text])


def _amount(amount: str, unit: str) -> str:
    return amount + unit.replace(" ", "_")


def _pairs(run: str) -> list[str]:
    return [run[place : place + 2] for place in range(len(run) - 1)]


__all__ = ["RUN", "VERSION", "Wanted", "spans", "tokens", "wanted"]

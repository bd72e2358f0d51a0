"""A reply as words: each folded, with the place where it was typed. The same for the rules of every language.

What people do to words is undone here where no language is needed for it: case, accents, apostrophes, unseen signs,
letters of another alphabet that look alike, letters set apart ("k i l l"). Signs of Chinese are words each.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import NamedTuple

from monographs.remembered import MOST_REMEMBERED
from monographs.text.letters.folding import fold
from monographs.text.letters.signs import TWINS, cleaned

_HAN = "\u3400-\u9fff\uf900-\ufaff"
_LETTER = rf"[^\W_{_HAN}]"
_MARKS = "\u0300-\u036f\u064b-\u065f\u0670\u0640"
_APOSTROPHES = "'’‘ʼ`´＇"
_EMOJI = "\u2600-\u27bf\U0001f300-\U0001faff"
_PART = re.compile(
    rf"[{_HAN}]|[?？؟]|[{_EMOJI}]"
    rf"|(?:\\$(?=[A-Za-z]{{2}}))?{_LETTER}(?:{_LETTER}|[{_MARKS}]|[{_APOSTROPHES}*@$]+(?={_LETTER})|(?<=\d)[.,](?=\d)|(?<=[A-Za-z])!(?=[a-z]))*"
)
_ENDS = re.compile(r"(?<!\.)\.(?!\.)(?=\s|$)|[!?;。！？；؟۔]|\n\s*\n")
_NUMBER_FIRST = re.compile(r"((?!0\D)\d[\d.,]*)(\D+)")
_NUMBER_LAST = re.compile(r"([^\d*@$!]{4,}|[xX])(\d+)")
_CAPITAL_I = re.compile(r"(?<=[a-z])I+(?=[a-zI]|$)")
_HAS_LATIN = re.compile("[A-Za-z]")
_TWINS = str.maketrans(TWINS)
_LEAST_SPELT = 3  # letters set apart that make a word
_LONGEST_SHOUTED = 9  # letters of a word with a "!" for an i; in longer ones it ends a sentence without a space


class Word(NamedTuple):
    """One word of a reply: as ``folded``, from ``start`` to ``end`` in the text; ``breaks``: it begins a sentence."""

    folded: str
    start: int
    end: int
    breaks: bool


@dataclass(frozen=True)
class Typed:
    """A reply without unseen signs, and its words in order."""

    text: str
    words: tuple[Word, ...]

    @cached_property
    def folded(self) -> str:
        return " ".join(word.folded for word in self.words)

    def between(self, start: int, end: int) -> str:
        """What was typed from one place to another, on one line."""
        return " ".join(self.text[start:end].split())


def split(text: str) -> Typed:
    """The words of ``text``. Takes time in proportion to it."""
    text = cleaned(text)
    return Typed(text, tuple(_joined_sentences(list(_spelt_together(list(_words(text)), text)))))


def _words(text: str) -> Iterator[Word]:
    end = 0
    for part in _PART.finditer(text):
        start, between = part.start(), text[end : part.start()]
        breaks = end == 0 or (between != " " and bool(_ENDS.search(text[end : start + 1] if between else between)))
        if end and text[end - 1] in "?？؟":
            breaks = True
        for folded, first, last in _folded(part[0]):
            yield Word(folded, start + first, start + last, breaks and first == 0)
        end = part.end()


@lru_cache(maxsize=MOST_REMEMBERED)
def _folded(typed: str) -> tuple[tuple[str, int, int], ...]:
    """One part of a text as folded words, each with its place in the part: ``20mg`` is two, ``su1c1de`` is one."""
    if typed in "?？؟":
        return (("?", 0, 1),)
    if "!" in typed and len(typed) > _LONGEST_SHOUTED:
        cut = typed.index("!")
        return (
            *_folded(typed[:cut]),
            *((word, start + cut + 1, end + cut + 1) for word, start, end in _folded(typed[cut + 1 :])),
        )
    apart = _NUMBER_FIRST.fullmatch(typed) or _NUMBER_LAST.fullmatch(typed)
    if apart:
        cut = apart.end(1)
        return ((_plain(typed[:cut]), 0, cut), (_plain(typed[cut:]), cut, len(typed)))
    return ((_plain(typed), 0, len(typed)),)


def _plain(word: str) -> str:
    if not word.isascii() and _HAS_LATIN.search(word):
        word = word.translate(_TWINS)
    word = _CAPITAL_I.sub(lambda found: "l" * len(found[0]), word)
    return fold(word) or word


def _spelt_together(words: list[Word], text: str) -> Iterator[Word]:
    """Letters set apart as the word they spell: "k i l l" is one word, a wider gap ends it."""
    place = 0
    while place < len(words):
        end = place
        while end < len(words) and _is_letter(words[end]) and (end == place or _is_near(words, end, text)):
            end += 1
        if end - place >= _LEAST_SPELT:
            run = words[place:end]
            yield Word("".join(word.folded for word in run), run[0].start, run[-1].end, run[0].breaks)
            place = end
        else:
            yield words[place]
            place += 1


def _is_letter(word: Word) -> bool:
    return len(word.folded) == 1 and word.folded.isalpha() and not "\u3400" <= word.folded <= "\u9fff"


def _is_near(words: list[Word], place: int, text: str) -> bool:
    return len(text[words[place - 1].end : words[place].start]) == 1


def _joined_sentences(words: list[Word]) -> Iterator[Word]:
    """A sentence of one word parts nothing: "I. Can't. Breathe." is read as one."""
    for place, word in enumerate(words):
        is_alone = word.breaks and (place + 1 == len(words) or words[place + 1].breaks)
        follows_one = word.breaks and place > 0 and words[place - 1].breaks and words[place - 1].folded != "?"
        if (is_alone and word.folded != "?") or follows_one:
            word = word._replace(breaks=place == 0)
        yield word

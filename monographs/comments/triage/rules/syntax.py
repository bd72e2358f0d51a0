"""Patterns as they are written in the files of rules, read into parts. The files' own notes are in `files`.

``took``, ``suicid*`` (begins so), ``*cillin`` (ends so), ``*pril*`` (has this behind its second letter), ``overdose~``
(or one letter wrong, also where that is another known word), ``(a|b c|d)``, ``word?`` and ``(a b)?`` (may be there),
``<list>``, ``<medicine>`` (any medicine's name), ``#`` (a number), ``#>=6``, ``#<=3``, ``#2-5``, ``..`` (up to three
words), ``..6``, ``!(mg|ml)`` (not followed by), ``^`` and ``$`` (a sentence begins, ends), ``<?>`` (a question mark),
``//`` (up to 25 words, past the ends of sentences; between the stretches of a pattern alone).
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence

from monographs.comments.triage.rules.medicine_words import MEDICINE
from monographs.comments.triage.rules.parts import AnyOf, Edge, Gap, InTurn, Keys, Maybe, Not, Part, Words

_GAP, _MOST = 3, 12
_SIGN = re.compile(r"\s+|<\?>|<[\w-]+>|#(?:>=\d+|<=\d+|\d+-\d+)?|\.\.(?:\d+)?|//|[()|?!^$]|[^\s()|?!^$<>#]+")

ReadsAs = Callable[[str], Sequence[str]]


class BadPattern(ValueError):
    """A pattern that cannot be read; says which, and why."""


class Made:
    """The parts of one file that were made already, to be used again: ``lists`` by their names, and words."""

    def __init__(self):
        self.lists: dict[str, Part] = {}
        self._words: dict[Keys, Words] = {}

    def words(self, words: Iterable[str]) -> Words:
        """One part for all that are equal: the same few words stand in very many patterns."""
        part = Words(words)
        return self._words.setdefault(part.first, part)

    def any_of(self, parts: Sequence[Part]) -> Part:
        """One part that stands for several; single words become one look-up."""
        words = [word for part in parts if isinstance(part, Words) for word in part.first]
        others = [part for part in parts if not isinstance(part, Words)]
        if not others:
            return self.words(words)
        return AnyOf([*others, self.words(words)] if words else others) if len(parts) > 1 else parts[0]


def read_pattern(
    written: str, lists: Mapping[str, Sequence[str]], reads_as: ReadsAs, made: Made | None = None
) -> tuple[Part, ...]:
    """The stretches of a pattern. ``reads_as`` folds a written word, and may make several of it."""
    made = made or Made()
    return tuple(_Reader(stretch, lists, reads_as, (), made).read() for stretch in written.split(" // "))


class _Reader:
    def __init__(self, written: str, lists: Mapping, reads_as: ReadsAs, within: tuple[str, ...], made: Made):
        self.written, self.lists, self.reads_as, self.within, self.made = written, lists, reads_as, within, made
        self.signs = [sign for sign in _SIGN.findall(written) if not sign.isspace()]
        if "".join(self.signs) != "".join(written.split()):
            raise BadPattern(f"{written!r}: a sign in it means nothing")
        self.place = 0

    def read(self) -> Part:
        found = self._choice()
        if self.place < len(self.signs):
            raise BadPattern(f"{self.written!r}: {self.signs[self.place]!r} closes nothing")
        if found.may_be_empty:
            raise BadPattern(f"{self.written!r}: nothing in it must be there")
        return found

    def _choice(self) -> Part:
        choices = [self._sequence()]
        while self._next() == "|":
            self.place += 1
            choices.append(self._sequence())
        return self.made.any_of(choices)

    def _sequence(self) -> Part:
        parts = []
        while self._next() not in ("", "|", ")"):
            parts.append(self._part())
        if not parts:
            raise BadPattern(f"{self.written!r}: a choice is empty")
        return parts[0] if len(parts) == 1 else InTurn(parts)

    def _part(self) -> Part:
        sign = self._take()
        if sign == "!":
            return Not(self._part())
        if sign in "^$":
            return Edge()
        if sign.startswith(".."):
            most = int(sign[2:] or _GAP)
            if most > _MOST:
                raise BadPattern(f"{self.written!r}: a gap has at most {_MOST} words")
            return Gap(most)
        part = self._group() if sign == "(" else self._named(sign)
        if self._next() == "?":
            self.place += 1
            return Maybe(part)
        return part

    def _group(self) -> Part:
        found = self._choice()
        if self._take() != ")":
            raise BadPattern(f"{self.written!r}: a bracket is not closed")
        return found

    def _named(self, sign: str) -> Part:
        if sign == "<?>":
            return self.made.words("?")
        if sign == "<medicine>":
            return self.made.words([MEDICINE])
        if sign.startswith("<"):
            return self._list(sign[1:-1])
        if sign.startswith("#"):
            return self.made.words([sign])
        ending = sign[-1] if sign[-1] in "*~" else ""
        words = self.reads_as(sign.strip("*~"))
        if not words or (sign[0] == "*" and (ending == "~" or len(words) > 1)):
            raise BadPattern(f"{self.written!r}: {sign!r} is no word")
        if sign[0] == "*":
            return self.made.words([f"*{words[0]}{ending}"])
        parts = [self.made.words([word]) for word in (*words[:-1], words[-1] + ending)]
        return parts[0] if len(parts) == 1 else InTurn(parts)

    def _list(self, name: str) -> Part:
        if name not in self.lists or name in self.within:
            raise BadPattern(f"{self.written!r}: there is no list {name!r}, or it is in itself")
        if name not in self.made.lists:
            within = (*self.within, name)
            readers = [_Reader(each, self.lists, self.reads_as, within, self.made) for each in self.lists[name]]
            self.made.lists[name] = self.made.any_of([reader.read() for reader in readers])
        return self.made.lists[name]

    def _next(self) -> str:
        return self.signs[self.place] if self.place < len(self.signs) else ""

    def _take(self) -> str:
        sign = self._next()
        if sign in ("", "|", "?") or (sign == ")" and self.place == 0):
            raise BadPattern(f"{self.written!r}: something is missing at {self.place}")
        self.place += 1
        return sign

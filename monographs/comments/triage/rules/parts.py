"""The parts of a pattern. Each tells where it may end when it begins at a word; all are bounded, none looks far."""

from collections.abc import Iterable, Sequence
from typing import Protocol

Keys = frozenset[str]


class Read(Protocol):
    """A reply as the rules of one language read it: which words of patterns each of its words is, and which of its
    words begin sentences (one more of them than words: the end begins one, too). ``known``: what a part found where,
    since many rules share it."""

    keys: Sequence[Keys]
    breaks: Sequence[bool]
    known: dict[tuple, set[int]]


class Part:
    """``ends`` gives the places behind the part for a beginning ``at``; a sentence's end between is no match, but at
    the ``start`` of the pattern. ``first`` are the words that it may begin with, ``may_be_empty`` if with others.
    There are very many parts: they have slots."""

    __slots__ = ()
    first: Keys = frozenset()
    may_be_empty = False

    def ends(self, read: Read, at: int, start: int) -> set[int]:
        raise NotImplementedError

    def needed(self) -> list[Keys]:
        """Sets of words of each of which a text must have one."""
        return [self.first] if self.first and not self.may_be_empty else []


def _all_of(sets: Sequence[Keys]) -> Keys:
    """All words of some sets; of one set itself, not a copy: there are very many parts."""
    return sets[0] if len(sets) == 1 else frozenset().union(*sets)


class Words(Part):
    """One word of several."""

    __slots__ = ("first",)

    def __init__(self, words: Iterable[str]):
        self.first = frozenset(words)

    def ends(self, read: Read, at: int, start: int) -> set[int]:
        if at >= len(read.keys) or (read.breaks[at] and at != start) or self.first.isdisjoint(read.keys[at]):
            return set()
        return {at + 1}


class InTurn(Part):
    """One part after another."""

    __slots__ = ("parts", "first", "may_be_empty")

    def __init__(self, parts: Sequence[Part]):
        self.parts = tuple(parts)
        begins: list[Keys] = []
        for part in self.parts:
            begins.append(part.first)
            if not part.may_be_empty:
                break
        self.first = _all_of(begins)
        self.may_be_empty = all(part.may_be_empty for part in self.parts)

    def ends(self, read: Read, at: int, start: int) -> set[int]:
        places = {at}
        for part in self.parts:
            if len(places) == 1:
                (place,) = places
                places = part.ends(read, place, start)
            else:
                places = set().union(*(part.ends(read, place, start) for place in places))
            if not places:
                break
        return places

    def needed(self) -> list[Keys]:
        return [words for part in self.parts for words in part.needed()]


class AnyOf(Part):
    """One part of several, found by the word that it begins with."""

    __slots__ = ("parts", "first", "may_be_empty", "_loose", "_by_first")

    def __init__(self, parts: Sequence[Part]):
        self.parts = tuple(parts)
        self.first = _all_of([part.first for part in parts])
        self.may_be_empty = any(part.may_be_empty for part in parts)
        self._loose = tuple(part for part in parts if part.may_be_empty)
        self._by_first: dict[str, tuple[Part, ...]] = {}
        for part in parts:
            alone = (part,)  # one for all words that lead to this part alone, as nine in ten do
            for word in () if part.may_be_empty else part.first:
                self._by_first[word] = (*others, part) if (others := self._by_first.get(word)) else alone

    def ends(self, read: Read, at: int, start: int) -> set[int]:
        here = (self, at, at == start)
        known = read.known.get(here)
        if known is None:
            known = read.known[here] = self._ends(read, at, start)
        return known

    def _ends(self, read: Read, at: int, start: int) -> set[int]:
        found: set[int] = set()
        if at < len(read.keys):
            for word in read.keys[at] & self.first:
                for part in self._by_first.get(word, ()):
                    found |= part.ends(read, at, start)
        for part in self._loose:
            found |= part.ends(read, at, start)
        return found


class Maybe(Part):
    """A part, or nothing."""

    __slots__ = ("part", "first")
    may_be_empty = True

    def __init__(self, part: Part):
        self.part, self.first = part, part.first

    def ends(self, read: Read, at: int, start: int) -> set[int]:
        return {at} | self.part.ends(read, at, start)


class Gap(Part):
    """Up to so many words of any kind, within the sentence."""

    __slots__ = ("most",)
    may_be_empty = True

    def __init__(self, most: int):
        self.most = most

    def ends(self, read: Read, at: int, start: int) -> set[int]:
        found = {at}
        for place in range(at, min(at + self.most, len(read.keys))):
            if read.breaks[place] and place != start:
                break
            found.add(place + 1)
        return found


class Not(Part):
    """Nothing, where the part does not follow."""

    __slots__ = ("part",)
    may_be_empty = True

    def __init__(self, part: Part):
        self.part = part

    def ends(self, read: Read, at: int, start: int) -> set[int]:
        return set() if self.part.ends(read, at, start) else {at}


class Edge(Part):
    """Nothing, where a sentence begins or ends."""

    __slots__ = ()
    may_be_empty = True

    def ends(self, read: Read, at: int, start: int) -> set[int]:
        return {at} if read.breaks[at] else set()

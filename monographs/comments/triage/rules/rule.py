"""A rule, and where it holds in a reply."""

from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from functools import cached_property

from monographs.comments.labels import Label
from monographs.comments.triage.rules.parts import Keys, Part, Read

_MOST_BETWEEN = 25  # words between two stretches of a pattern
_NEAR = 40  # words between what a rule must find all of

Span = tuple[int, int]


@dataclass(frozen=True)
class Pattern:
    """Stretches that follow one another."""

    stretches: tuple[Part, ...]

    @cached_property
    def needed(self) -> tuple[Keys, ...]:
        """Sets of words of each of which a text must have one, the smallest first."""
        return tuple(sorted({words for stretch in self.stretches for words in stretch.needed()}, key=len))

    def may_hold(self, there: Set[str]) -> bool:
        """Whether a text with these words has all that it needs."""
        return not any(map(there.isdisjoint, self.needed))

    def matches(self, read: Read, places: Mapping[str, Sequence[int]]) -> Iterator[tuple[Span, ...]]:
        """Where it holds, from the left: for each stretch the words from one to before another. ``places``: where in
        the text each word stands."""
        first, rest = self.stretches[0], self.stretches[1:]
        for start in _starts(first, places):
            if ends := first.ends(read, start, start):
                span = start, min(ends)
                if not rest:
                    yield (span,)
                elif found := self._behind(read, span):
                    yield found

    def _behind(self, read: Read, span: Span) -> tuple[Span, ...]:
        """The first stretch and those that follow it; () where one does not."""
        found = [span]
        for part in self.stretches[1:]:
            start = found[-1][1]
            span = _first(part, read, start, min(start + _MOST_BETWEEN, len(read.keys) - 1))
            if span is None:
                return ()
            found.append(span)
        return tuple(found)


def _starts(part: Part, places: Mapping[str, Sequence[int]]) -> Sequence[int]:
    """Where a part may begin, from the left."""
    words = part.first.intersection(places)  # `&` with the keys goes through all words that it may begin with
    if len(words) == 1:
        (word,) = words
        return places[word]
    return sorted({place for word in words for place in places[word]})


def _first(part: Part, read: Read, earliest: int, latest: int) -> Span | None:
    for start in range(earliest, latest + 1):
        if not part.first.isdisjoint(read.keys[start]) and (ends := part.ends(read, start, start)):
            return start, min(ends)
    return None


@dataclass(frozen=True)
class Rule:
    """One pattern of each group must hold, near one another; ``unless`` takes away a match that it overlaps;
    ``elsewhere``: it is tried in texts of other languages, too."""

    label: Label
    name: str
    groups: tuple[tuple[Pattern, ...], ...]
    unless: tuple[Pattern, ...] = ()
    elsewhere: bool = True

    def find(
        self,
        read: Read,
        places: Mapping[str, Sequence[int]],
        taken: Sequence[Span],
        may_hold: Sequence[Sequence[Pattern]],
    ) -> tuple[Span, ...]:
        """The first match that overlaps nothing of ``taken`` or ``unless``; () where there is none. ``may_hold``: of
        each group the patterns that may hold in the text, in their order (`quick`)."""
        near: tuple[Span, ...] = ()
        excepted: list[Span] | None = None  # looked for where there is a match to except
        for patterns in may_hold:
            for match in (match for pattern in patterns for match in pattern.matches(read, places)):
                if excepted is None:
                    excepted = spans(self.unless, read, places)
                if not _overlap(match, (*taken, *excepted, *near)) and _is_near(match, near):
                    break
            else:
                return ()
            near += match
        return tuple(sorted(near))


def spans(patterns: Sequence[Pattern], read: Read, places: Mapping[str, Sequence[int]]) -> list[Span]:
    """Every stretch of words that one of the patterns takes."""
    may_hold = (pattern for pattern in patterns if pattern.may_hold(places.keys()))
    return [span for pattern in may_hold for match in pattern.matches(read, places) for span in match]


def _is_near(match: Sequence[Span], others: Sequence[Span]) -> bool:
    return not others or abs(match[0][0] - others[0][0]) <= _NEAR


def _overlap(match: Sequence[Span], taken: Sequence[Span]) -> bool:
    return any(start < end_taken and start_taken < end for start, end in match for start_taken, end_taken in taken)

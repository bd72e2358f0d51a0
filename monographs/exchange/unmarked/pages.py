"""Running heads and feet of a paged text: ``"Page 2 of 6"``, ``"2/6"``, ``"Revised 11/2024 · 2"``, a repeated title.

They are taken out of the text, and a sentence that the page's end broke is one sentence again. A line counts as
one only on evidence that a line of advice can't give: it counts pages, or it comes again beside lines that do,
or it stands in the middle of a sentence. A line that says for whom a dose is never counts, a dose only on the
strongest evidence.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from monographs.exchange.unmarked.words.labels import ORDERS, is_for_somebody, tells_an_amount
from monographs.exchange.unmarked.words.medicine_name import is_only_name
from monographs.exchange.unmarked.wrapping import (
    begins_list_item,
    begins_small,
    ends_sentence,
    is_full,
    is_open_word,
    join,
)

_PAGE = (
    r"(?:page|seite|página|pagina|pág\.?|pag\.?|strona|str\.|sida|side|strana|oldal|sayfa|страница|stránka"
    r"|صفحة|الصفحة|p\.)"
)
_OF = r"(?:of|/|von|de|di|van|z|ze|sur|av|af|su|من|sa)"
_COUNT = rf"(?:{_PAGE}\s*\d{{1,3}}(?:\s*{_OF}\s*\d{{1,3}})?)"
_ONLY_COUNT = re.compile(
    rf"[-–—|•· ]*(?:{_COUNT}|\d{{1,3}}\s*(?:of|von)\s*\d{{1,3}}\s*(?:pages|seiten))[-–—|•·. ]*", re.IGNORECASE
)
_SEPARATOR = r"(?:\s*[·•|–—]\s*|\s+-\s+|\t+|\s{2,}|,\s*)"
_WITH_COUNT = re.compile(
    rf"(?P<rest>.{{2,90}}?)(?:{_SEPARATOR}|\s)(?P<count>{_COUNT})|(?P<count2>{_COUNT})(?:{_SEPARATOR})(?P<rest2>.{{2,90}})",
    re.IGNORECASE,
)
_WITH_NUMBER = re.compile(
    rf"(?P<rest>.{{2,90}}?){_SEPARATOR}(?P<count>\d{{1,3}})(?:\s*/\s*\d{{1,3}})?"
    rf"|(?P<count2>\d{{1,3}})(?:\s*/\s*\d{{1,3}})?{_SEPARATOR}(?P<rest2>.{{2,90}})"
)
_REVISED = re.compile(
    r"(?:(?:last|date|this leaflet was last|leaflet|text) )*"
    r"(?:revised|revision|updated|approved|version|rev\.|stand:?|révision|revisado|fecha|überarbeitet|آخر مراجعة)"
    r".{0,50}?\s*[·•|–—]\s*\d{1,3}",
    re.IGNORECASE,
)
_FRACTION = re.compile(r"[-–— ]*(\d{1,3})\s*/\s*(\d{1,3})[-–— ]*")
_BARE = re.compile(r"[-–—|· ]*(\d{1,3})[-–—|· ]*")
_LONGEST = 100
_FEWEST_LINES = 12  # between two bare page numbers, or two running heads that nothing else betrays


@dataclass(frozen=True)
class Paged:
    """The lines without page furniture, and the furniture as (line from 1, text).

    A line taken out is "" where it parted two blocks, or None where the text goes on across it.
    """

    lines: tuple[str | None, ...]
    furniture: tuple[tuple[int, str], ...]


def without_furniture(
    lines: list[str],
    page_starts: set[int],
    names_kind: Callable[[str], bool],
    *,
    names: tuple[str, ...] = (),
    width: int = 0,
) -> Paged:
    """Tell the running heads and feet from the text; ``page_starts`` are the places of lines behind a page break.

    ``names_kind`` says whether a line is a heading of a section, which no furniture is; ``names`` are those of
    the medicine, and ``width`` is the text's `usual_width`.
    """
    found = _Finder(lines, page_starts, names_kind, names).found()
    return Paged(
        tuple(_closed_up(lines, found, width)), tuple((place + 1, lines[place].strip()) for place in sorted(found))
    )


class _Finder:
    def __init__(
        self, lines: list[str], page_starts: set[int], names_kind: Callable[[str], bool], names: tuple[str, ...]
    ):
        self.lines = lines
        self.names = names
        self.page_starts = page_starts
        self.names_kind = names_kind
        self.filled = [place for place, line in enumerate(lines) if line.strip()]
        self.rank = {place: rank for rank, place in enumerate(self.filled)}
        self.counters: set[int] = set()

    def found(self) -> set[int]:
        candidates = [place for place in self.filled if self._may_be(place)]
        self.counters |= {
            place
            for place in candidates
            if _ONLY_COUNT.fullmatch(text := self._text(place)) or _REVISED.fullmatch(text)
        }
        self._count_fractions(candidates)
        self._count_with_text(candidates)
        self._count_bare(candidates)
        self.counters |= {
            place
            for place in candidates
            if self.rank[place] and is_only_name(self._text(place), self.names) and self._is_beside_counter(place)
        }
        for _line_of_a_head in range(3):  # what stands beside a running head may be its second line
            self.counters |= self._repeated(candidates)
        return self.counters

    def _text(self, place: int) -> str:
        return self.lines[place].strip()

    def _may_be(self, place: int) -> bool:
        text = self._text(place)
        return len(text) <= _LONGEST and not is_for_somebody(text) and not self.names_kind(text)

    def _count_fractions(self, candidates: list[int]) -> None:
        """``2/6`` and ``3/6``, or one alone that breaks a sentence or keeps other furniture company."""
        of = defaultdict(list)
        for place in candidates:
            if match := _FRACTION.fullmatch(self._text(place)):
                of[int(match[2])].append((int(match[1]), place))
        for total, counted in of.items():
            numbers = [number for number, _place in counted]
            rises = numbers == list(range(numbers[0], numbers[0] + len(numbers))) and numbers[-1] <= total
            places = [place for _number, place in counted]
            if rises and (len(places) > 1 or self._has_evidence(places[0])):
                self.counters |= set(places)

    def _count_with_text(self, candidates: list[int]) -> None:
        """A text that stays with a number that rises from page to page."""
        groups = defaultdict(list)
        for place in candidates:
            if counted := _counted(self._text(place)):
                has_word, rest, number = counted
                groups[has_word, rest].append((number, place))
        for (has_word, rest), counted in groups.items():
            places = [place for _number, place in counted]
            if self._is_advice(rest) or not _rises([number for number, _place in counted]):
                continue
            is_proven = any(self._has_evidence(place) for place in places)
            if (len(places) > 1 and has_word) or (is_proven and (has_word or len(places) > 1)):
                self.counters |= set(places)

    def _count_bare(self, candidates: list[int]) -> None:
        """``- 2 -`` or ``2`` alone, a page apart and rising, where at least one of them breaks a sentence."""
        bare = [(int(match[1]), place) for place in candidates if (match := _BARE.fullmatch(self._text(place)))]
        numbers = [number for number, _place in bare]
        places = [place for _number, place in bare]
        if len(bare) < 2 or numbers != list(range(numbers[0], numbers[0] + len(numbers))) or numbers[0] > 3:
            return
        is_apart = all(self.rank[b] - self.rank[a] >= _FEWEST_LINES for a, b in zip(places, places[1:], strict=False))
        if is_apart and any(self._has_evidence(place) for place in places):
            self.counters |= set(places)

    def _repeated(self, candidates: list[int]) -> set[int]:
        groups = defaultdict(list)
        for place in candidates:
            text = self._text(place)
            if place not in self.counters and not begins_list_item(text) and not text.endswith((":", ";", ",")):
                groups[text.casefold()].append(place)
        repeated = [places for text, places in groups.items() if len(places) > 1 and not self._is_advice(text)]
        return {place for places in repeated for place in self._heads_among(places)}

    def _heads_among(self, places: list[int]) -> list[int]:
        """Those of one line's places where it is a running head; the text's own first line is its title."""
        later = [place for place in places if self.rank[place] > 0]
        if later and all(map(self._stands_above_a_dose, later)):
            return []
        proven = sum(self._has_evidence(place) for place in later)
        is_title = len(later) < len(places)
        if proven == len(later) and (is_title or proven > 1):
            return later
        is_mostly_proven = proven > 1 and proven * 2 > len(later) and not begins_small(self._text(places[0]))
        return later if is_mostly_proven else []

    def _stands_above_a_dose(self, place: int) -> bool:
        """Whether the line may be the heading of what is below it: "For fever" above "Adults" or "5 mg"."""
        following = [self._text(self.filled[r]) for r in (self.rank[place] + 1,) if r < len(self.filled)]
        has_name = any(name.casefold() in self._text(place).casefold() for name in self.names)
        return not has_name and any(is_for_somebody(text) or tells_an_amount(text[:200]) for text in following)

    def _is_advice(self, text: str) -> bool:
        """Whether the line is a sentence, or has an amount that is not the strength behind the medicine's name."""
        has_name = any(name.casefold() in text.casefold() for name in self.names) and not ORDERS.match(text)
        return ends_sentence(text) or (tells_an_amount(text) and not has_name)

    def _is_beside_counter(self, place: int) -> bool:
        rank = self.rank[place]
        beside = [self.filled[r] for r in (rank - 1, rank + 1) if 0 <= r < len(self.filled)]
        return any(other in self.counters for other in beside)

    def _has_evidence(self, place: int) -> bool:
        """Whether the line stands beside a page counter or at a page break, or breaks a sentence."""
        rank = self.rank[place]
        if self._is_beside_counter(place):
            return True
        if place in self.page_starts or (rank + 1 < len(self.filled) and self.filled[rank + 1] in self.page_starts):
            return True
        if not 0 < rank < len(self.filled) - 1:
            return False
        above, below = self.lines[self.filled[rank - 1]], self.lines[self.filled[rank + 1]]
        return goes_on_across(above, below) and not begins_small(self.lines[place])


def _counted(text: str) -> tuple[bool, str, int] | None:
    """Of a line with a page's number: whether it has a word for the page, the rest of the line and the number."""
    for pattern in (_WITH_COUNT, _WITH_NUMBER):
        match = pattern.fullmatch(text)
        if match and not text.endswith((":", ";")):
            rest = match["rest"] or match["rest2"]
            number = int(re.search(r"\d+", match["count"] or match["count2"])[0])
            return pattern is _WITH_COUNT, rest.casefold().strip(), number
    return None


def _rises(numbers: list[int]) -> bool:
    return all(0 < below - above <= 2 for above, below in zip(numbers, numbers[1:], strict=False))


def goes_on_across(above: str, below: str, width: int = 0) -> bool:
    """Whether the sentence of the last line before a page's end goes on in the first line behind it.

    In a script without capitals only a line as wide as the text is (``width``) shows that.
    """
    if ends_sentence(above) or begins_list_item(below) or len(above.split()) < 3:
        return False
    if begins_small(below):
        return below.lstrip()[0].islower() or (width > 0 and is_full(above, below, width))
    return is_open_word(above)


def _closed_up(lines: list[str], found: set[int], width: int) -> list[str | None]:
    """The lines with the furniture gone; where a sentence goes on across it, its two halves are one line."""
    kept: list[str | None] = list(lines)
    for first, last in _gaps(lines, sorted(found)):
        above = _nearest_filled(kept, range(first - 1, -1, -1))
        below = _nearest_filled(lines, range(last + 1, len(lines)))
        if above is not None and below is not None and goes_on_across(kept[above], lines[below], width):
            kept[below] = join(kept[above], lines[below])
            kept[above:below] = [None] * (below - above)
        else:
            kept[first : last + 1] = [""] * (last + 1 - first)
    return kept


def _gaps(lines: list[str], places: list[int]) -> list[tuple[int, int]]:
    """The first and the last place of each run of furniture that has only empty lines within."""
    gaps: list[tuple[int, int]] = []
    for place in places:
        if gaps and not any(line.strip() for line in lines[gaps[-1][1] + 1 : place]):
            gaps[-1] = (gaps[-1][0], place)
        else:
            gaps.append((place, place))
    return gaps


def _nearest_filled(lines: Sequence[str | None], places: Iterable[int]) -> int | None:
    return next((place for place in places if (lines[place] or "").strip()), None)

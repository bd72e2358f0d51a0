"""What is known of each medicine by its number: its generic name and its class."""

from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from monographs.search.columns.one_text import OneText, Writing, narrow


class Known(NamedTuple):
    """A medicine in the index: its generic name and class."""

    name: str
    drug_class: str


class Medicines(Mapping[int, Known]):
    """All medicines by their numbers."""

    def __init__(self, rows: Iterable[tuple[int, str, str]]):
        """``rows`` are ``(number, name, class)``, in the order of their numbers."""
        numbers, classes, names = array("q"), array("I"), Writing()
        places: dict[str, int] = {}
        for number, name, drug_class in rows:
            numbers.append(number)
            names.add(name)
            classes.append(places.setdefault(drug_class, len(places)))
        self._numbers, self._classes = narrow(numbers), narrow(classes)
        self._names, self._known_classes = OneText(*names.done()), tuple(places)

    def __getitem__(self, number: int) -> Known:
        if number not in self:
            raise KeyError(number)
        place = bisect_left(self._numbers, number)
        return Known(self._names[place], self._known_classes[self._classes[place]])

    def __contains__(self, number: object) -> bool:
        place = bisect_left(self._numbers, number)
        return place < len(self._numbers) and self._numbers[place] == number

    def __iter__(self) -> Iterator[int]:
        return iter(self._numbers)

    def __len__(self) -> int:
        return len(self._numbers)


class ChangedMedicines(Mapping[int, Known]):
    """Medicines of which some were changed, added or taken away since: ``changes`` by their numbers, None for what is
    gone."""

    def __init__(self, before: Mapping[int, Known], changes: Mapping[int, Known | None]):
        self._before, self._changes = before, changes

    def __getitem__(self, number: int) -> Known:
        known = self._changes[number] if number in self._changes else self._before[number]
        if known is None:
            raise KeyError(number)
        return known

    def __iter__(self) -> Iterator[int]:
        there = {number for number, known in self._changes.items() if known}
        return iter(sorted(there.union(number for number in self._before if number not in self._changes)))

    def __len__(self) -> int:
        return sum(1 for _number in self)

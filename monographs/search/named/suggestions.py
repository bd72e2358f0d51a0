"""Names to choose from while somebody types: only beginnings, never slips, and only what has a leaflet."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain, islice

from monographs.medicines.models import NameKind
from monographs.search.index.kept import ever_published, the_index
from monographs.search.index.name_index import Name, NameIndex
from monographs.search.shown.hits import shown_of
from monographs.search.spelling.compared import joined
from monographs.text.letters.folding import fold

MOST = 8
LONGEST = 30  # letters of a beginning; who has typed more knows the name
_LOOKED_AT = 2_000  # names with so short a beginning that more could not be told apart anyway
_MEDICINES = 50  # that are asked for at once: some of them may have no leaflet at the instant


@dataclass(frozen=True)
class Suggestion:
    """A name that begins so, and the generic name of its medicine."""

    name: str
    medicine: str


def beginning(typed: str) -> str:
    """What the suggestions for a text depend on: its folded form of at most `LONGEST` letters, one spelling for all
    texts that have the same suggestions."""
    return fold(fold(typed[: 4 * LONGEST])[:LONGEST])


def suggest(typed: str, at: dt.datetime) -> list[Suggestion]:
    """At most `MOST` names, one of each medicine that has a leaflet at ``at``: those that begin so, then those with a
    word that does. One query."""
    folded, index = beginning(typed), the_index()
    if not joined(folded):
        return []
    found = list(islice(_once(index, folded), _MEDICINES))
    shown = shown_of((name.medicine for name in found), at)
    with_leaflet = (name for name in found if name.medicine in shown)
    return [Suggestion(name.name, index.medicines[name.medicine].name) for name in islice(with_leaflet, MOST)]


def _once(index: NameIndex, folded: str) -> Iterator[Name]:
    """For each medicine that may have a leaflet the shortest name that begins so, its generic name if that does."""
    published = ever_published()
    found: dict[int, Name] = {}
    begun = islice(index.beginning(folded), _LOOKED_AT)
    inside = islice(index.inside(folded, is_begun=True), _LOOKED_AT)
    for is_inside, name in chain(((False, name) for name in begun), ((True, name) for name in inside)):
        known = found.get(name.medicine)
        if name.medicine in published if known is None else not is_inside and _rank(name) < _rank(known):
            found[name.medicine] = name
    return iter(found.values())


def _rank(name: Name) -> tuple[bool, int]:
    return name.kind != NameKind.GENERIC, len(name.name)

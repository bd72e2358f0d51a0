"""A leaflet that was found, and the look-up of what is shown of some medicines."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from monographs.publication.showings import Showing


@dataclass(frozen=True)
class Hit:
    """A leaflet that was found.

    ``title`` is the published one and ``name`` the medicine's generic name. A leaflet found by a name has
    that in ``matched_name``; one found by its text has in ``snippet`` the whole sentence that says it, with what it
    holds for, as plain text, or "" (`quotes`).
    ``in_effect`` is the `Kind` of the publication that is in effect: a leaflet may be withdrawn or at its end.
    """

    slug: str
    title: str
    name: str
    matched_name: str
    snippet: str
    language: str
    in_effect: str


@dataclass(frozen=True)
class Shown:
    """What is shown of a medicine: its leaflet, in one language; ``publication`` is the number of its row."""

    slug: str
    title: str
    language: str
    in_effect: str
    publication: int

    def hit(self, *, name: str, matched_name: str) -> Hit:
        return Hit(self.slug, self.title or name, name, matched_name, "", self.language, self.in_effect)


def shown_of(medicines: Iterable[int], at: dt.datetime) -> dict[int, list[Shown]]:
    """By medicine, the leaflets that have a page at ``at``, a withdrawn one's notice included; one query, by index."""
    rows = Showing.objects.at(at).filter(leaflet__medicine__in=list(medicines)).order_by("title", "leaflet__language")
    found: dict[int, list[Shown]] = defaultdict(list)
    columns = ("leaflet__slug", "title", "leaflet__language", "publication__kind", "publication")
    for medicine, *values in rows.values_list("leaflet__medicine", *columns):
        found[medicine].append(Shown(*values))
    return found

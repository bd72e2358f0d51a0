"""A leaflet that was found, and the look-up of what is shown of some medicines."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import BigIntegerField, DateTimeField, QuerySet

from monographs.leaflets.models import Edition
from monographs.prepared import Given, PreparedIn
from monographs.publication.models import Kind
from monographs.publication.shown.behind import behind_at, behind_where_hidden
from monographs.publication.shown.showings import Showing

ABSENT = (Kind.WITHDRAWAL, Kind.EXPIRY)  # what is in effect of a leaflet that shows a notice instead of a text


@dataclass(frozen=True)
class Hit:
    """A leaflet that was found.

    ``title`` is the published one and ``name`` the medicine's generic name. A leaflet found by a name has
    that in ``matched_name``; one found by its text has in ``snippet`` the whole sentence that says it, with what it
    holds for, as plain text, or "" (`quotes`).
    ``in_effect`` is the `Kind` of the publication that is in effect: a leaflet may be withdrawn or at its end;
    ``publication`` is the number of its row.
    """

    slug: str
    title: str
    name: str
    matched_name: str
    snippet: str
    language: str
    in_effect: str
    publication: int
    edition: str = Edition.STANDARD


@dataclass(frozen=True)
class Shown:
    """What is shown of a medicine: its leaflet, in one language and edition; ``publication`` is its row's number."""

    slug: str
    title: str
    language: str
    in_effect: str
    publication: int
    edition: str = Edition.STANDARD

    def hit(self, *, name: str, matched_name: str) -> Hit:
        title = self.title or name
        return Hit(
            self.slug, title, name, matched_name, "", self.language, self.in_effect, self.publication, self.edition
        )


def shown_of(medicines: Iterable[int], at: dt.datetime) -> dict[int, list[Shown]]:
    """By medicine, the leaflets that have a page at ``at``, a withdrawn one's notice included, a translation that the
    clinic hides left out, standard ones before easy read; one query, by index."""
    found: dict[int, list[Shown]] = defaultdict(list)
    for medicine, *values, hidden in _shown_of.rows(medicines, at=at):
        if not behind_at(hidden, at):
            found[medicine].append(Shown(*values))
    for leaflets in found.values():
        leaflets.sort(key=lambda leaflet: leaflet.edition != Edition.STANDARD)
    return found


def _showings(medicines: list[Given]) -> QuerySet:
    rows = Showing.objects.at(Given("at", DateTimeField())).filter(leaflet__medicine__pk__in=medicines)
    columns = ("leaflet__slug", "title", "leaflet__language", "publication__kind", "publication", "leaflet__edition")
    return rows.order_by("title", "leaflet__language").values_list("leaflet__medicine", *columns, behind_where_hidden())


_shown_of = PreparedIn(_showings, BigIntegerField())

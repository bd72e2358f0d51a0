"""The A–Z: every name of every medicine that has a leaflet, under its letter.

Only what the public may know at ``at`` counts: leaflets that are shown, and withdrawn ones, marked as such.
Each function costs the same number of queries however many leaflets and names there are.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import F, Q
from django.db.models.functions import Substr

from monographs.medicines.models import MedicineName, NameKind
from monographs.publication.models import Publication
from monographs.search.titles import last_title
from monographs.text.letters.folding import fold

NOT_A_LETTER = "0-9"  # the A–Z's page for names that begin with a digit or a sign
_KIND_ORDER = {kind: place for place, kind in enumerate(NameKind.values)}


@dataclass(frozen=True)
class Entry:
    """A line of the A–Z: a name, its kind (`NameKind`), and the leaflet it leads to (``in_effect``: as in `Hit`)."""

    name: str
    kind: str
    title: str
    slug: str
    language: str
    in_effect: str


def listing(at: dt.datetime, letter: str | None = None) -> list[Entry]:
    """Every name of every medicine with a leaflet, in order; of those that begin with ``letter`` if it is given.

    ``letter`` is one of `letters`, in either case; any other gives an empty list. A medicine with leaflets in
    two languages has each name twice.
    """
    condition = Q()
    if letter is not None:
        letter = fold(letter)
        if letter != NOT_A_LETTER:
            if len(letter) != 1 or _initial(letter) != letter:
                return []
            condition = Q(leaflet__medicine__names__folded__startswith=letter)
    rows = [row for row in _names(at, condition) if letter is None or _initial(row["folded"]) == letter]
    return [
        Entry(
            name=row["matched"],
            kind=row["name_kind"],
            title=_title(row),
            slug=row["leaflet__slug"],
            language=row["leaflet__language"],
            in_effect=row["kind"],
        )
        for row in sorted(rows, key=_order)
    ]


def letters(at: dt.datetime) -> set[str]:
    """The letters (lower case, of any script) that the A–Z has a page for; `NOT_A_LETTER` stands for the rest."""
    names = MedicineName.objects.filter(
        folded__gt="", medicine__in=Publication.objects.shown(at).values("leaflet__medicine")
    )
    return {_initial(first) for first in names.values_list(Substr("folded", 1, 1), flat=True).distinct()}


def _names(at: dt.datetime, condition: Q | None = None) -> Iterable[dict]:
    """One row for each name of each leaflet that has a page, shown or withdrawn; one query."""
    names = "leaflet__medicine__names"
    # One filter for both conditions: a second one would join the names a second time.
    has_name = Q(**{f"{names}__folded__gt": ""}) & (condition or Q())
    return (
        Publication.objects.shown(at)
        .filter(has_name)
        .values(
            "leaflet__slug",
            "leaflet__language",
            "leaflet__medicine__name",
            "kind",
            matched=F(f"{names}__name"),
            name_kind=F(f"{names}__kind"),
            folded=F(f"{names}__folded"),
            title=last_title(at),
        )
    )


def _order(row: dict) -> tuple:
    return row["folded"], _KIND_ORDER[row["name_kind"]], _title(row), row["leaflet__language"], row["leaflet__slug"]


def _title(row: dict) -> str:
    return row["title"] or row["leaflet__medicine__name"]


def _initial(folded: str) -> str:
    return folded[0] if folded[0].isalpha() else NOT_A_LETTER

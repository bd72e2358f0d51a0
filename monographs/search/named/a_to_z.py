"""The A–Z: every name of every medicine that has a leaflet, under its letter, in the order of the site's language.

Only what the public may know at ``at`` counts: leaflets that are shown, and withdrawn ones, marked as such. Letters and
order stand in the names' rows (`medicines.places`), and so does from when on a name is listed
(`publication.shown.listing`): what is asked of the database is as much for 100,000 names as for ten.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeVar

from django.conf import settings
from django.db import connection
from django.utils.translation import get_language

from monographs.leaflets.editions import is_easy_read
from monographs.medicines.models import MedicineName
from monographs.search.index import kept as kept_index
from monographs.search.shown.hits import Hit, Shown, shown_of

Leaflet = TypeVar("Leaflet", Hit, Shown)
ON_A_PAGE = 200  # names
_USED = """
WITH RECURSIVE used (letter) AS (
    SELECT ({first})
    UNION ALL
    SELECT ({next}) FROM used WHERE used.letter IS NOT NULL
)
SELECT letter FROM used WHERE letter IS NOT NULL
"""
_FIRST = "SELECT n.letter FROM {table} n WHERE n.listed_from <= %s{after} ORDER BY n.letter LIMIT 1"


@dataclass(frozen=True)
class Other:
    """Another leaflet of a name: ``leaflet``, and whether its language tells it from the rest."""

    leaflet: Shown
    is_told_by_language: bool


@dataclass(frozen=True)
class Entry:
    """A line of the A–Z: a name, its ``letter``, its ``medicine``'s number, the ``leaflet`` it leads to, and the
    ``others`` of its medicine."""

    name: str
    letter: str
    medicine: int
    leaflet: Shown
    others: tuple[Other, ...] = ()


@dataclass(frozen=True)
class Listing:
    """A page of the A–Z, and whether there is another behind it."""

    entries: list[Entry]
    has_more: bool


def listing(at: dt.datetime, letter: str | None = None, *, page: int = 1) -> Listing:
    """The names of a letter, or all, `ON_A_PAGE` at a time; two queries. Each stands there once.

    It leads to the standard leaflet in the active language, or to the first in the order of their titles; the others
    follow, easy read behind the rest of its language.
    """
    names = MedicineName.objects.filter(listed_from__lte=at).order_by("sort_key", "pk")
    if letter is not None:
        names = names.filter(letter=letter)
    first = (page - 1) * ON_A_PAGE
    rows = list(names.values_list("name", "letter", "medicine")[first : first + ON_A_PAGE + 1])
    here = rows[:ON_A_PAGE]
    shown = shown_of({medicine for _name, _letter, medicine in here}, at)
    entries = [_entry(*row, shown[medicine]) for row in here if (medicine := row[-1]) in shown]
    return Listing(entries, len(rows) > ON_A_PAGE)


def letters(at: dt.datetime) -> list[str]:
    """The letters that have names at ``at``, in no order that means anything; one query.

    It goes from each letter to the next by the index, so that no name is read but the first of each.
    """
    table = connection.ops.quote_name(MedicineName._meta.db_table)
    first, following = (_FIRST.format(table=table, after=after) for after in ("", " AND n.letter > used.letter"))
    instant = connection.ops.adapt_datetimefield_value(at)
    with connection.cursor() as cursor:
        cursor.execute(_USED.format(first=first, next=following), [instant, instant])
        return [letter for (letter,) in cursor.fetchall()]


def letters_lately(at: dt.datetime) -> list[str]:
    """`letters` as of an instant at most `index.kept.LOOK_EVERY` seconds before ``at``: for answers that no cache
    keeps, and whose names are no younger."""
    kept = _kept_letters.get(connection.alias)
    if not kept or not dt.timedelta() <= at - kept[0] < dt.timedelta(seconds=kept_index.LOOK_EVERY):
        kept = _kept_letters[connection.alias] = at, letters(at)
    return kept[1]


_kept_letters: dict[str, tuple[dt.datetime, list[str]]] = {}  # by database


def in_our_language_first(leaflets: Iterable[Leaflet]) -> list[Leaflet]:
    """The same leaflets, those in the language of the page first, and of each language the standard one before easy
    read (`hits.shown_of`)."""
    ours = get_language() or settings.LANGUAGE_CODE
    return sorted(leaflets, key=lambda leaflet: leaflet.language != ours)


def _entry(name: str, letter: str, medicine: int, leaflets: list[Shown]) -> Entry:
    lead, *rest = in_our_language_first(leaflets)
    languages = [leaflet.language for leaflet in leaflets if not is_easy_read(leaflet.edition)]
    others = (
        Other(leaflet, languages.count(leaflet.language) == 1 and not is_easy_read(leaflet.edition)) for leaflet in rest
    )
    return Entry(name, letter, medicine, lead, tuple(others))

"""What is shown of a leaflet that was found by its passages: its title, and what is told beside it."""

import datetime as dt
from collections.abc import Iterable
from typing import NamedTuple

from django.db.models import QuerySet

from monographs.prepared import Fixed, Given, PreparedIn
from monographs.publication.found.passages import Passage, Weight, first_id
from monographs.publication.shown.behind import behind_at, behind_where_hidden


class ShownTitle(NamedTuple):
    """What is shown of a leaflet; ``name`` is its medicine's, ``kind`` that of the publication."""

    publication: int
    slug: str
    title: str
    name: str
    language: str
    kind: str
    edition: str
    medicine: int


SHOWN = (
    "publication_id", "publication__leaflet__slug", "heading", "publication__leaflet__medicine__name", "language",
    "publication__kind", "publication__leaflet__edition", "publication__leaflet__medicine",
    behind_where_hidden("publication__showing__"),
)  # fmt: skip


def read_titles(prepared: PreparedIn, numbers: Iterable[int], *, at: dt.datetime) -> list[ShownTitle]:
    """What a look-up of `SHOWN` finds, without the translations that the clinic hides."""
    return [ShownTitle(*row) for *row, hidden in prepared.rows(numbers, at=at) if not behind_at(hidden, at)]


def shown_titles(at: dt.datetime | Given) -> QuerySet[Passage]:
    """The title's passage of each leaflet that is shown.

    Titles are told by their ids: of the tables that passages stand in, PostgreSQL then plans for theirs alone.
    """
    return Passage.objects.filter(
        pk__lt=Fixed(first_id(Weight.TITLE + 1)),
        publication__showing__starts_at__lte=at,
        publication__showing__ends_at__gt=at,
    )

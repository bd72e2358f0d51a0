"""When names change: what is made of all names (the index of the search) holds as long as this stamp stands."""

from django.db.models import QuerySet, Subquery

from monographs.audit.models import Entry
from monographs.prepared import Prepared

NAME_VERBS = (
    "medicine.added",
    "medicine.changed",
    "medicine.deleted",
    "medicine.names-added",
    "medicine.names-imported",
)
"""Every verb that may add, change or take away a name."""


def names_stamp() -> tuple[str, ...]:
    """It changes with every verb that touches names: the newest ledger entry of each, found by index in one query."""
    return tuple(hash_ or "" for row in _newest.rows() for hash_ in row)


def _find() -> QuerySet:
    newest = {
        f"newest_{place}": Subquery(Entry.objects.newest_where(verb=verb).values("hash")[:1])
        for place, verb in enumerate(NAME_VERBS)
    }
    return Entry.objects.order_by("position").annotate(**newest).values_list(*newest)[:1]


_newest = Prepared(_find)

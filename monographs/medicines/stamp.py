"""When names change: what is made of all names (the index of the search) holds as long as this stamp stands."""

from typing import NamedTuple

from django.db.models import QuerySet, Subquery

from monographs.audit.models import Entry
from monographs.medicines.models import MedicineName
from monographs.prepared import Prepared

_IMPORTED = "medicine.names-imported"
NAME_VERBS = (
    "medicine.added",
    "medicine.changed",
    "medicine.deleted",
    "medicine.names-added",
    _IMPORTED,
)
"""Every verb that may add, change or take away a name."""


class Mark(NamedTuple):
    """How far the names were read: the ledger's newest entry then, by its position and hash, and the number of the
    newest name's row; 0 and "" where there was none."""

    position: int
    hash: str
    name: int


def names_stamp() -> tuple[str, ...]:
    """It changes with every verb that touches names: the newest ledger entry of each, found by index in one query."""
    stamp, _mark = stamp_and_mark()
    return stamp


def stamp_and_mark() -> tuple[tuple[str, ...], Mark]:
    """The stamp of the names, and how far all is written by now, in one query. Verbs write one at a time, so what comes
    later has higher numbers."""
    for *hashes, position, hash_, name in _newest.rows():
        return tuple(each or "" for each in hashes), Mark(position, hash_, name or 0)
    return (), Mark(0, "", 0)


def _find() -> QuerySet:
    newest = {
        f"newest_{place}": Subquery(Entry.objects.newest_where(verb=verb).values("hash")[:1])
        for place, verb in enumerate(NAME_VERBS)
    }
    name = Subquery(MedicineName.objects.order_by("-pk").values("pk")[:1])
    return (
        Entry.objects.order_by("-position")
        .annotate(**newest, name=name)
        .values_list(*newest, "position", "hash", "name")[:1]
    )


_newest = Prepared(_find)


def changed_since(mark: Mark) -> set[int] | None:
    """Numbers of the medicines whose names verbs may have changed since, those that are gone among them.

    None where the ledger does not tell: it was empty, or is another one by now (a backup was put back).
    """
    if not Entry.objects.filter(position=mark.position, hash=mark.hash).exists():
        return None
    entries = Entry.objects.filter(verb__in=NAME_VERBS, position__gt=mark.position).order_by()
    acts = list(entries.values_list("verb", "about"))
    changed = {int(about.rpartition("/")[2]) for verb, about in acts if verb != _IMPORTED}
    if any(verb == _IMPORTED for verb, _about in acts):
        # An import changes no name that is there.
        changed |= set(MedicineName.objects.filter(pk__gt=mark.name).order_by().values_list("medicine", flat=True))
    return changed

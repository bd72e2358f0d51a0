"""The index of names that each process keeps: a search asks the memory which medicines are meant, and the database only
what of them is shown.

It is made of `MedicineName` once, and follows the names when their stamp has moved (`medicines.stamp`), which is looked
up at most every `LOOK_EVERY` seconds; nothing clears it. A change costs as much as it changes: the medicines that the
ledger names are read and laid over what was read before. Where these have become many, all is read anew in a thread of
its own, and readers go on with what is there. Rows that are written past the verbs are seen when all is read anew. What
is published is asked at the instant of the search, never here: the index only keeps in mind which medicines ever had a
publication, from a table that only grows.
"""

import logging
import threading
import time
from collections import defaultdict
from collections.abc import Mapping
from typing import NamedTuple

from django.db import DatabaseError, InterfaceError
from django.db.models import BigIntegerField, QuerySet

from monographs.audit.apart import connection_apart
from monographs.freed import give_back_freed
from monographs.medicines.models import Medicine, MedicineName
from monographs.medicines.stamp import Mark, changed_since, stamp_and_mark
from monographs.prepared import Given, Prepared
from monographs.publication.models import Publication
from monographs.search.columns.numbers import Numbers
from monographs.search.index.known import Known, Medicines
from monographs.search.index.name_index import Change, NameIndex

LOOK_EVERY = 1.0  # seconds between two looks at the stamp
MOST_CHANGED = 2_000  # medicines and names laid over the others; more are put among them, as each change reads them all
_ROWS = 1_000  # that are read at once: many would leave their memory in pieces, which the process keeps
_AT_ONCE = 500  # medicines whose names are read by one query

logger = logging.getLogger(__name__)


class _Standing(NamedTuple):
    """The names as they stand: ``whole`` as they were read at first, ``changes`` since by the numbers of medicines,
    ``index`` made of both; and how far this is: the stamp of the names, and what was written last."""

    stamp: tuple[str, ...]
    mark: Mark
    whole: NameIndex
    changes: Mapping[int, Change]
    index: NameIndex

    @property
    def is_much_changed(self) -> bool:
        return sum(1 + len(change.names) for change in self.changes.values()) > MOST_CHANGED


def _read_whole() -> _Standing:
    stamp, mark = stamp_and_mark()  # before the names: what changes meanwhile is read again
    whole = _whole()
    give_back_freed()
    return _Standing(stamp, mark, whole, {}, whole)


def _whole() -> NameIndex:
    told = Medicine.objects.order_by("pk").values_list("pk", "name", "drug_class")
    medicines = Medicines(told.iterator(chunk_size=_ROWS))
    rows = MedicineName.objects.order_by().values_list("medicine", "name", "kind", "folded")
    # A medicine may be added between the two.
    return NameIndex(medicines, (row for row in rows.iterator(chunk_size=_ROWS) if row[0] in medicines))


def _follow(known: _Standing) -> _Standing:
    """The same with what was changed since; itself where nothing was."""
    stamp, mark = stamp_and_mark()
    if stamp == known.stamp:
        return known
    changed = changed_since(known.mark)
    if changed is None:
        return _read_whole()
    changes = {**known.changes, **_as_they_are(sorted(changed))}
    return _Standing(stamp, mark, known.whole, changes, known.whole.changed(changes))


def _as_they_are(numbers: list[int]) -> dict[int, Change]:
    known: dict[int, Known] = {}
    names: dict[int, list[tuple[int, str, str, str]]] = defaultdict(list)
    for first in range(0, len(numbers), _AT_ONCE):
        some = numbers[first : first + _AT_ONCE]
        for row in MedicineName.objects.filter(medicine__in=some).values_list("medicine", "name", "kind", "folded"):
            names[row[0]].append(row)
        for number, *told in Medicine.objects.filter(pk__in=some).values_list("pk", "name", "drug_class"):
            known[number] = Known(*told)
    return {one: Change(known.get(one), tuple(names[one]) if one in known else ()) for one in numbers}


class _Kept:
    """The index of this process, and since when it is known to hold."""

    def __init__(self):
        self.lock = threading.Lock()
        self.forget()

    def forget(self) -> None:
        self.looked_at = float("-inf")
        self.standing: _Standing | None = None
        self.index = NameIndex({}, ())
        self.renewed_by: threading.Thread | None = None
        self.published = Numbers()
        self.last_publication = 0

    def refresh(self) -> None:
        self.take(_follow(self.standing) if self.standing else _read_whole())
        if self.standing.is_much_changed and not (self.renewed_by and self.renewed_by.is_alive()):
            self.renewed_by = threading.Thread(target=self.renew_beside, name="all names", daemon=True)
            self.renewed_by.start()
        self.follow_publications()
        self.looked_at = time.monotonic()

    def read_first(self) -> None:
        """Before somebody asks, on a connection of this thread's own. Where the database does not answer, or has no
        tables yet, whoever asks first waits for it."""
        try:
            with connection_apart():
                _look()
        except (DatabaseError, InterfaceError) as error:
            logger.info("The names of all medicines are read with the first search: %s", error)

    def follow_publications(self) -> None:
        """Keep in mind the medicines of those that have come since."""
        is_more = True
        while is_more:
            rows = list(_published_since.rows(number=self.last_publication))
            for number, medicine in rows:
                self.published.add(medicine)
                self.last_publication = number
            is_more = len(rows) == _ROWS

    def take(self, standing: _Standing) -> None:
        self.standing, self.index = standing, standing.index

    def renew_beside(self) -> None:
        """Read all names anew on a connection of this thread's own; tried again with the next change if it fails."""
        try:
            with connection_apart():
                self.renew()
        except (DatabaseError, InterfaceError) as error:
            logger.warning("The names of all medicines are read anew later: %s", error)

    def renew(self) -> None:
        """Put what was changed among the other names. Readers go on with what is there."""
        renewed = _read_whole()
        with self.lock:
            if self.standing:  # not forgotten meanwhile
                self.take(_follow(renewed))
        give_back_freed()  # what was known before


def _published() -> QuerySet:
    rows = Publication.objects.filter(pk__gt=Given("number", BigIntegerField()))
    return rows.order_by("pk").values_list("pk", "leaflet__medicine")[:_ROWS]


_published_since = Prepared(_published)


_kept = _Kept()


def the_index() -> NameIndex:
    """The index as the names stand, at most `LOOK_EVERY` seconds old."""
    _look()
    return _kept.index


def read_first() -> None:
    """Read the names before somebody asks: for 200,000 of them the first reader would wait for seconds."""
    _kept.read_first()


def ever_published() -> Numbers:
    """The medicines that have had a publication, also one whose instant is to come, as of the last `the_index`."""
    return _kept.published


def forget() -> None:
    """Make it anew when it is asked next (for tests, whose databases go back in time)."""
    with _kept.lock:
        _kept.forget()


def _look() -> None:
    if time.monotonic() - _kept.looked_at < LOOK_EVERY:
        return
    # While one reader looks, others go on with what is there; only the very first ones wait for it.
    if _kept.lock.acquire(blocking=_kept.standing is None):
        try:
            if time.monotonic() - _kept.looked_at >= LOOK_EVERY:
                _kept.refresh()
        finally:
            _kept.lock.release()

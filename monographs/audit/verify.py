"""Whether the ledger is still what was written."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db import connection
from django.utils.translation import gettext as _

from monographs.audit.chain import GENESIS
from monographs.audit.models import Entry

_CHUNK = 2000  # rows in memory at once


class Altered(Exception):
    """A row is not what was written: ``table``, the row's ``number`` there, and ``problem``, a sentence."""

    def __init__(self, table: str, number: int, problem: str):
        super().__init__(
            _("%(table)s, row %(number)s: %(problem)s") % {"table": table, "number": number, "problem": problem}
        )
        self.table, self.number, self.problem = table, number, problem


@dataclass(frozen=True)
class Head:
    """The end of the ledger: the position and hash of its newest entry. Written down elsewhere, it proves
    later that nothing up to it was taken away."""

    position: int = 0
    hash: str = GENESIS

    def __str__(self):
        return f"{self.position}:{self.hash}"

    @classmethod
    def parse(cls, text: str) -> "Head":
        """Read ``"12:ab…"``. Raises ValueError for anything else."""
        position, _colon, digest = text.strip().partition(":")
        is_number = position.isascii() and position.isdigit()
        if not is_number or len(digest) != len(GENESIS) or set(digest) - set("0123456789abcdef"):
            raise ValueError(text)
        return cls(int(position), digest)


def check_ledger(known: Head | None = None) -> Iterator[Head]:
    """Read the whole ledger from its beginning; yields the head so far after each entry, raises `Altered`.

    Positions follow each other, each entry carries the hash of the one before, and its own hash is that of
    its columns. ``known`` is a head that was seen before and must be on the way. Of entries taken from the
    end SQLite's own count tells; PostgreSQL keeps none that could be trusted, so there it takes ``known``
    or, in `operations.verify`, the rows that these entries spoke of.
    """
    table = Entry._meta.db_table
    newest_row = _newest_row_ever()  # read first: what is written meanwhile must not look like a gap
    head, last_row = Head(), 0
    for entry in Entry.objects.order_by("position").iterator(chunk_size=_CHUNK):
        if entry.position != head.position + 1:
            raise Altered(table, head.position + 1, _("this entry is missing."))
        if entry.previous_hash != head.hash:
            raise Altered(
                table,
                entry.position,
                _("the entry before it has the hash %(expected)s, but it follows %(found)s.")
                % {"expected": head.hash, "found": entry.previous_hash},
            )
        if entry.hash != entry.computed_hash():
            raise Altered(
                table,
                entry.position,
                _("its columns have the hash %(expected)s, but it carries %(found)s.")
                % {"expected": entry.computed_hash(), "found": entry.hash},
            )
        head, last_row = Head(entry.position, entry.hash), entry.pk
        if known and known.position == head.position and known.hash != head.hash:
            raise Altered(
                table,
                head.position,
                _("it had the hash %(expected)s, but now it has %(found)s.")
                % {"expected": known.hash, "found": head.hash},
            )
        yield head
    if newest_row > last_row or (known and known.position > head.position):
        raise Altered(table, head.position + 1, _("this entry is missing from the end."))


def _newest_row_ever() -> int:
    """The highest row number that SQLite has given; 0 on PostgreSQL, where what is rolled back uses numbers up too."""
    if connection.vendor != "sqlite":
        return 0
    with connection.cursor() as cursor:
        cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [Entry._meta.db_table])
        row = cursor.fetchone()
    return row[0] if row else 0

"""Writing to the ledger: `record` one entry, inside `act`, one verb at a time."""

import contextlib
import functools
import logging
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextvars import ContextVar
from dataclasses import dataclass
from typing import ParamSpec, TypeVar

from django.conf import settings
from django.db import OperationalError, connection, models, transaction
from django.utils import timezone, translation
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from monographs.audit.chain import GENESIS, canonical_json
from monographs.audit.context import current_address, note_act
from monographs.audit.models import Entry, reference
from monographs.audit.readers import hidden_address
from monographs.prepared import Prepared, PreparedInsert, write_together
from monographs.refusals import Busy, NoRoom, Refused

P = ParamSpec("P")
R = TypeVar("R")
_log = logging.getLogger(__name__)
_LEDGER_LOCK = 0x1EAF1E7  # any constant; one lock for all verbs
# What a verb asks is the same each time. Left alone, PostgreSQL plans it anew five times on each connection before it
# takes one plan for all values (its manual, PREPARE, "Notes"): for a thread that keeps its connection for minutes, and
# writes now and then, that is nearly always.
_PLANNED_ONCE = "SET LOCAL plan_cache_mode = force_generic_plan"
_LOCK_NOT_AVAILABLE, _DISK_FULL = "55P03", "53100"  # PostgreSQL's codes for them
# What SQLite says where a file can't grow: the database, its log, or the index of its log. A limit of file sizes or
# a quota is an error of writing to it.
_NO_ROOM_ON_SQLITE = {sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR_WRITE, sqlite3.SQLITE_IOERR_SHMSIZE}
_LONGEST_LABEL = 300  # characters of what an entry calls the thing that it is about


@dataclass
class _Turn:
    """Of the verb that writes now; ``newest``: the position and hash of the ledger's last entry, as they came with the
    turn, until the verb has looked. It may undo what it wrote itself, so afterwards the ledger is asked. ``number``:
    what the row gets that the verb adds, where that came with the turn, until somebody takes it."""

    newest: tuple[int, str] | None = None
    number: int | None = None

    def take_newest(self) -> tuple[int, str] | None:
        newest, self.newest = self.newest, None
        return newest

    def take_number(self) -> int | None:
        number, self.number = self.number, None
        return number


_turn: ContextVar[_Turn | None] = ContextVar("turn", default=None)


def act(
    verb: Callable[P, R] | None = None, *, adds: type[models.Model] | None = None
) -> Callable[P, R] | Callable[[Callable[P, R]], Callable[P, R]]:
    """Make a function a verb: one transaction, and one writer at a time on either database.

    SQLite lets one transaction write at a time anyway; on PostgreSQL an advisory lock, held until the
    transaction ends, does the same. So a verb that reads a state and acts on it can't be overtaken
    between the two, and the ledger's chain can't fork. Verbs must read what they judge *inside*.
    A verb that another verb calls belongs to that one's transaction and turn: where it refuses, all of it is undone,
    and nothing can be written any more, even if the refusal were caught in between.
    A verb that ``adds`` a row of a table may be told its number beforehand (`number_of_new`).
    Raises Busy where the turn does not come within ``settings.WAIT_FOR_A_LOCK``, NoRoom where the disk is full.
    """
    if verb is None:
        return functools.partial(act, adds=adds)

    @functools.wraps(verb)
    def one_at_a_time(*args: P.args, **kwargs: P.kwargs) -> R:
        if _turn.get() and connection.in_atomic_block:
            with transaction.atomic(savepoint=False):
                return verb(*args, **kwargs)
        try:
            with transaction.atomic(), _acting() as turn:
                if (told := lock_ledger(adds) if adds else lock_ledger()) is not None:
                    turn.newest, turn.number = told[:2], next(iter(told[2:]), None)
                transaction.on_commit(note_act)
                return verb(*args, **kwargs)
        except OperationalError as error:
            if not isinstance(error, Refused) and (refusal := refusal_of(error)):
                raise refusal from error
            raise

    return one_at_a_time


@contextlib.contextmanager
def _acting() -> Iterator[_Turn]:
    turn = _Turn()
    token = _turn.set(turn)
    try:
        yield turn
    finally:
        _turn.reset(token)


def number_of_new() -> int | None:
    """The number of the row that the verb adds (`act`), for the first who asks: so it can be written together with
    what names it. None where the database gives it when the row is written."""
    turn = _turn.get()
    return turn.take_number() if turn else None


def lock_ledger(adds: type[models.Model] | None = None) -> tuple | None:
    """Wait for the turn to write; position and hash of the last entry, where they came with it, and then the number
    that a row of the table ``adds`` gets, if there is one. Must run inside a transaction."""
    if connection.vendor != "postgresql":
        return None
    rows = connection.begin_with(_PLANNED_ONCE, f"SELECT pg_advisory_xact_lock({_LEDGER_LOCK})", _sql_of_newest(adds))
    return rows[0] if rows else None


@functools.cache
def _sql_of_newest(adds: type[models.Model] | None) -> str:
    newest = str(_newest().query)
    if not adds:
        return newest
    meta = adds._meta
    number = f"nextval(pg_get_serial_sequence('\"{meta.db_table}\"', '{meta.pk.column}'))"
    return f"SELECT newest.*, {number} FROM ({newest}) newest"  # noqa: S608 - names of our own


def refusal_of(error: Exception) -> Refused | None:
    """What a person is told of a failure that is nobody's mistake: somebody else was writing, or the disk is full.

    ``error`` itself if it is a refusal; None for other failures.
    """
    return error if isinstance(error, Refused) else busy_with(error) or no_room_for(error)


def no_room_for(error: Exception) -> NoRoom | None:
    """The refusal for what failed because the database's disk is full; None for other failures."""
    cause = error.__cause__
    is_sqlite = getattr(cause, "sqlite_errorcode", 0) in _NO_ROOM_ON_SQLITE
    if not (is_sqlite or getattr(cause, "sqlstate", "") == _DISK_FULL):
        return None
    _log.error("The disk of the database is full: %s", error)
    return NoRoom(
        _(
            "The disk of our server is full, so nothing was saved. Keep a copy of your words, tell whoever looks after "
            "the site, and try again later."
        )
    )


def busy_with(error: Exception) -> Busy | None:
    """The refusal for what failed because another writer held the lock for too long; None for other failures."""
    if isinstance(error, Busy):
        return error
    cause = error.__cause__
    is_sqlite = getattr(cause, "sqlite_errorcode", 0) & 0xFF in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)
    if not (is_sqlite or getattr(cause, "sqlstate", "") == _LOCK_NOT_AVAILABLE):
        return None
    return Busy(_("Somebody else was saving, and that took too long. Nothing of yours is saved yet. Please try again."))


_new = PreparedInsert(Entry)


def _newest() -> models.QuerySet:
    return Entry.objects.order_by("-position").values_list("position", "hash")[:1]


_last = Prepared(_newest)


def record(
    verb: str,
    *,
    by: models.Model | None,
    about: models.Model,
    subject: models.Model | None = None,
    why: str = "",
    data: dict | None = None,
    is_public: bool = False,
    effective_at=None,
    keeps_address: bool = False,
    beside: Iterable[tuple[PreparedInsert, Sequence[models.Model]]] = (),
) -> Entry:
    """Append one entry. ``by`` is None for a reader or the clock; ``subject`` is whose history it belongs to.

    ``data`` must be JSON. ``is_public`` entries move the public stamp, from ``effective_at`` on (default: now).
    Nothing of a reader's words, name or address may come in: ``about`` is named by its ``in_the_record`` if it has one
    (else by its text), and of a reader's act only the hidden address is kept. ``keeps_address`` is for somebody at the
    staff's door whose name is not known yet. ``beside``: new rows that are written on the same way (`write_together`);
    the entry that is told has no number of its own then.
    """
    turn = _turn.get()
    last = (turn and turn.take_newest()) or next(iter(_last.rows()), (0, GENESIS))
    now, address = timezone.now(), current_address.get()
    entry = _new.new(
        position=last[0] + 1,
        at=now,
        verb=verb,
        by=by,
        by_name=by.name[:200] if by else "",
        about=reference(about),
        about_label=_shortened(_label(about)),
        subject=reference(subject or about),
        why=why,
        data=canonical_json(data or {}),
        address=address if by or keeps_address else hidden_address(address, at=now),
        is_public=is_public,
        effective_at=effective_at or now,
        previous_hash=last[1],
    )
    entry.hash = entry.computed_hash()
    if beside:
        write_together(*beside, (_new, [entry]))
    else:
        _new.write(entry)
    return entry


def _shortened(label: str) -> str:
    return label if len(label) <= _LONGEST_LABEL and label.isascii() else Truncator(label).chars(_LONGEST_LABEL)


def _label(thing: models.Model) -> str:
    """In the site's language, whatever the reader's is."""
    if translation.get_language() == settings.LANGUAGE_CODE:
        return str(getattr(thing, "in_the_record", thing))
    with translation.override(settings.LANGUAGE_CODE):
        return str(getattr(thing, "in_the_record", thing))

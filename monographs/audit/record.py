"""Writing to the ledger: `record` one entry, inside `act`, one verb at a time."""

import functools
import sqlite3
from collections.abc import Callable
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
from monographs.prepared import Prepared
from monographs.refusals import Busy

P = ParamSpec("P")
R = TypeVar("R")
_LEDGER_LOCK = 0x1EAF1E7  # any constant; one lock for all verbs
_LOCK_NOT_AVAILABLE = "55P03"  # PostgreSQL's code for it
_LAST = Prepared(lambda: Entry.objects.order_by("-position").values_list("position", "hash")[:1])


def act(verb: Callable[P, R]) -> Callable[P, R]:
    """Make a function a verb: one transaction, and one writer at a time on either database.

    SQLite lets one transaction write at a time anyway; on PostgreSQL an advisory lock, held until the
    transaction ends, does the same. So a verb that reads a state and acts on it can't be overtaken
    between the two, and the ledger's chain can't fork. Verbs must read what they judge *inside*.
    Raises Busy where the turn does not come within ``settings.WAIT_FOR_A_LOCK``.
    """

    @functools.wraps(verb)
    def one_at_a_time(*args: P.args, **kwargs: P.kwargs) -> R:
        try:
            with transaction.atomic():
                lock_ledger()
                transaction.on_commit(note_act)
                return verb(*args, **kwargs)
        except OperationalError as error:
            if not isinstance(error, Busy) and (refusal := busy_with(error)):
                raise refusal from error
            raise

    return one_at_a_time


def lock_ledger() -> None:
    """Wait for the turn to write. Must run inside a transaction."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LEDGER_LOCK])


def busy_with(error: Exception) -> Busy | None:
    """The refusal for what failed because another writer held the lock for too long; None for other failures."""
    if isinstance(error, Busy):
        return error
    cause = error.__cause__
    is_sqlite = getattr(cause, "sqlite_errorcode", 0) & 0xFF in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)
    if not (is_sqlite or getattr(cause, "sqlstate", "") == _LOCK_NOT_AVAILABLE):
        return None
    return Busy(_("Somebody else was saving, and that took too long. Nothing of yours is saved yet. Please try again."))


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
) -> Entry:
    """Append one entry. ``by`` is None for a reader or the clock; ``subject`` is whose history it belongs to.

    ``data`` must be JSON. ``is_public`` entries move the public stamp, from ``effective_at`` on (default: now).
    Nothing of a reader's words, name or address may come in: ``about`` is named by its ``in_the_record`` if it has one
    (else by its text), and of a reader's act only the hidden address is kept. ``keeps_address`` is for somebody at the
    staff's door whose name is not known yet.
    """
    last = next(_LAST.rows(), (0, GENESIS))
    now, address = timezone.now(), current_address.get()
    entry = Entry(
        position=last[0] + 1,
        at=now,
        verb=verb,
        by=by,
        by_name=by.name[:200] if by else "",
        about=reference(about),
        about_label=Truncator(_label(about)).chars(300),
        subject=reference(subject or about),
        why=why,
        data=canonical_json(data or {}),
        address=address if by or keeps_address else hidden_address(address, at=now),
        is_public=is_public,
        effective_at=effective_at or now,
        previous_hash=last[1],
    )
    entry.hash = entry.computed_hash()
    entry.save(force_insert=True)
    return entry


def _label(thing: models.Model) -> str:
    """In the site's language, whatever the reader's is."""
    with translation.override(settings.LANGUAGE_CODE):
        return str(getattr(thing, "in_the_record", thing))

"""A connection of its own for a thread that works beside the requests, on either database."""

import contextlib
from collections.abc import Iterator

from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper

_ANSWERED_WITHIN = 2  # seconds
_ALIAS = "default"


@contextlib.contextmanager
def connection_apart(*, waits: float = 0.1) -> Iterator[BaseDatabaseWrapper]:
    """In this thread, everything asked of the database takes a connection of its own; it is closed at the end.

    It waits at most ``waits`` seconds for a lock, and on PostgreSQL no longer than 2 seconds for anything: an
    OperationalError then. Whoever works beside the requests must not wait as long as they do.
    """
    usual = connections[_ALIAS]
    own = usual.copy()
    options = own.settings_dict["OPTIONS"]
    if own.vendor == "sqlite":
        options["timeout"] = waits
    else:
        options["options"] = f"{options.get('options', '')} -c lock_timeout={int(waits * 1000) or 1}".strip()
        options["answer_within"] = _ANSWERED_WITHIN
    connections[_ALIAS] = own
    try:
        yield own
    finally:
        with contextlib.suppress(Exception):  # it may be broken, and is given up in any case
            own.close()
        connections[_ALIAS] = usual

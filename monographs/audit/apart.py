"""A connection of its own for a thread that works beside the requests, on either database."""

import contextlib
from collections.abc import Iterator

from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper

_CONNECTED_WITHIN = 2  # seconds
_ANSWERED_WITHIN = 2  # seconds
_ALIAS = "default"


@contextlib.contextmanager
def connection_apart(*, waits: float = 0.1) -> Iterator[BaseDatabaseWrapper]:
    """In this thread, everything asked of the database takes a connection outside the pool; it is closed at the end.

    It waits at most ``waits`` seconds for a lock, and on PostgreSQL no longer than 2 seconds for anything: an
    OperationalError then. Whoever works beside the requests must neither wait with them nor take their place.
    """
    usual = connections[_ALIAS]
    own = usual.copy()
    options = own.settings_dict["OPTIONS"]
    if own.vendor == "sqlite":
        options["timeout"] = waits
    else:
        options.pop("pool", None)
        limits = {"lock_timeout": int(waits * 1000) or 1, "statement_timeout": _ANSWERED_WITHIN * 1000}
        given = options.get("options", "")
        options["options"] = " ".join([given, *(f"-c {name}={value}" for name, value in limits.items())]).strip()
        options["connect_timeout"] = _CONNECTED_WITHIN
        options["tcp_user_timeout"] = _ANSWERED_WITHIN * 1000
    connections[_ALIAS] = own
    try:
        yield own
    finally:
        with contextlib.suppress(Exception):  # it may be broken, and is given up in any case
            own.close()
        connections[_ALIAS] = usual

"""What trouble of the database's own means for the person who met it: for both databases, the one place.

Such trouble is no fault of the program: it is answered with 503, in words, and what was being sent is handed back. The
codes are PostgreSQL's (appendix A) and SQLite's (sqlite.org/rescode.html).
"""

import functools
import logging
import sqlite3
from collections.abc import Callable
from typing import ParamSpec

from django.db import DatabaseError, InterfaceError, InternalError, OperationalError
from django.utils.translation import gettext as _

P = ParamSpec("P")
_log = logging.getLogger(__name__)
_UNKNOWN = "08007"  # transaction_resolution_unknown
_READ_ONLY = "25006"  # read_only_sql_transaction: a standby, or a server that was told so
_WAITED_IN_ACT = "25P03"  # idle_in_transaction_session_timeout
_DAMAGED = "XX"  # internal_error, data_corrupted, index_corrupted
_ENDED = {None, "57P01", "57P02", "57P05", "25P03"}  # admin_shutdown, crash_shutdown, idle_session_timeout
_SQLITE_DAMAGED = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}


def is_trouble(error: BaseException | None) -> bool:
    """Whether it is the database that failed, and not what was asked of it."""
    if isinstance(error, OperationalError | InterfaceError):
        return _sqlite_code(error) != sqlite3.SQLITE_ERROR  # wrong SQL, which PostgreSQL calls a ProgrammingError
    if isinstance(error, InternalError):
        return _code(error) in {_READ_ONLY, _WAITED_IN_ACT} or (_code(error) or "").startswith(_DAMAGED)
    return isinstance(error, DatabaseError) and _sqlite_code(error) in _SQLITE_DAMAGED


def sentence_about(error: BaseException | None, *, usual: str = "", has_acted: bool = False) -> str:
    """What a person is told of a failure that `is_trouble`: what happened, what of theirs is saved, what to do.

    ``usual`` is the page's own sentence for a database that is busy or away. ``has_acted`` says that some of what was
    sent is on record already: it failed on the way to the answer.
    """
    if has_acted or is_saved_perhaps(error):
        return _(
            "The connection to our database ended while this was being saved, so we do not know whether it is saved. "
            "Please look whether it is there before you send it again."
        )
    if _code(error) == _READ_ONLY or _sqlite_code(error) == sqlite3.SQLITE_READONLY:
        return _(
            "Our site can be read at the moment, but nothing can be saved. Nothing was half done. If you were sending "
            "something, keep a copy of your words, and send it again later."
        )
    return usual or _(
        "Our site is busy or being repaired. Nothing was half done. If you were sending something, go back, keep a "
        "copy of your words, and send it again in a minute."
    )


def is_saved_perhaps(error: BaseException | None) -> bool:
    """Whether nobody knows if what was sent is saved: sending it again could save it twice."""
    return _code(error) == _UNKNOWN


def has_hung_up(error: BaseException | None) -> bool:
    """Whether PostgreSQL ended the connection, so that another one may well work. Nothing was waited for then."""
    if not isinstance(error, OperationalError | InterfaceError | InternalError):
        return False
    return hasattr(error.__cause__, "sqlstate") and _code(error) in _ENDED


def a_hint(write: Callable[P, None]) -> Callable[P, None]:
    """Make a write one that is only a hint: where the database is in trouble it is left out, and what is around it goes
    on. Not inside a transaction."""

    @functools.wraps(write)
    def perhaps(*args: P.args, **kwargs: P.kwargs) -> None:
        try:
            write(*args, **kwargs)
        except (DatabaseError, InterfaceError) as error:
            if not is_trouble(error):
                raise
            _log.warning("%s could not be written: %s", write.__name__, error)

    return perhaps


class InOneLine(logging.Filter):
    """Of the log: a request that failed with the database's trouble takes a line there, and no account of the program.

    Thousands do while it is away, and the log must not fill the disk. PostgreSQL's DETAIL is left out: it may repeat a
    row.
    """

    def filter(self, record: logging.LogRecord) -> bool:
        error = record.exc_info[1] if record.exc_info else None
        if is_trouble(error):
            said = " ".join(str(error).partition("DETAIL:")[0].split())
            record.msg, record.args = "%s (%s)", (record.getMessage(), said)
            record.exc_info = record.exc_text = None
        return True


def _code(error: BaseException | None) -> str | None:
    return getattr(getattr(error, "__cause__", None), "sqlstate", None)


def _sqlite_code(error: BaseException | None) -> int:
    return getattr(getattr(error, "__cause__", None), "sqlite_errorcode", 0) & 0xFF

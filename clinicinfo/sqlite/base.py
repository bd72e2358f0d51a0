"""Django's backend for SQLite, which works with no file but the one that this process opened first.

SQLite itself goes on with a file that was removed or replaced while it was open: what is saved then is acknowledged and
lost, and the file that was put there is damaged by the journal of the other ("How To Corrupt An SQLite Database File",
sqlite.org/howtocorrupt.html: unlinking or renaming a database file while in use; mispairing files and hot journals).
"""

import datetime as dt
import os
from collections.abc import Sequence
from functools import lru_cache
from typing import ClassVar

from django.db import OperationalError
from django.db.backends.sqlite3 import base
from django.db.backends.sqlite3.features import DatabaseFeatures as DjangosFeatures
from django.db.backends.sqlite3.operations import DatabaseOperations as DjangosOperations
from django.db.backends.utils import CursorWrapper
from django.utils.functional import cached_property

from clinicinfo.answers import Answer, asked

_File = tuple[int, int]  # the disk, and its number there
_LONGEST_KEPT = 10_000  # characters of a statement whose spelling for SQLite is kept


class _Cursor(base.SQLiteCursorWrapper):
    """As Django's, but how SQLite wants a statement spelt is worked out once."""

    def convert_query(self, query: str, *, param_names: Sequence[str] | None = None) -> str:
        if param_names is not None or len(query) > _LONGEST_KEPT:
            return super().convert_query(query, param_names=param_names)
        return _spelt(query)


@lru_cache(maxsize=500)
def _spelt(query: str) -> str:
    return base.FORMAT_QMARK_REGEX.sub("?", query).replace("%%", "%")


class _PlannedCursor(_Cursor):
    """Kept with its connection: to make one takes as long as to ask a small question with it."""

    def close(self) -> None:
        """Nothing to do: the connection's end is its own."""


class DatabaseFeatures(DjangosFeatures):
    """As Django's, but a busy database is not taken for one without JSON.

    Django 5.2 asks within a transaction, which begins by taking the lock (IMMEDIATE, `clinicinfo.databases`), and
    remembers any failure of it for as long as the connection lives: each page that makes a JSON object would fail.
    """

    @cached_property
    def supports_json_field(self) -> bool:
        with self.connection.cursor() as cursor:
            try:
                cursor.execute("SELECT JSON('{}')")
            except OperationalError as error:
                if "no such function" in str(error):
                    return False
                raise
        return True


class DatabaseOperations(DjangosOperations):
    """As Django's, but a moment that is stored in UTC is told so without asking the settings for each."""

    def convert_datetimefield_value(self, value: object, expression: object, connection: object) -> object:
        if type(value) is dt.datetime and value.tzinfo is None and self.connection.timezone is dt.UTC:
            return value.replace(tzinfo=dt.UTC)
        return super().convert_datetimefield_value(value, expression, connection)


class DatabaseWrapper(base.DatabaseWrapper):
    """As Django's, but a request whose database is not in its place any more fails before it asks anything.

    Moved back, it works at once. Where another file was put there, the site must be started anew. ``migrate`` makes a
    file where there is none; a process that has worked with one never does.
    """

    features_class = DatabaseFeatures
    ops_class = DatabaseOperations
    _planned: CursorWrapper | None = None
    _opened_first: ClassVar[dict[str, _File]] = {}  # by name

    def get_new_connection(self, conn_params: dict[str, object]):
        """The connection; OperationalError where it would be to another file than before."""
        self._check_place()
        connection = super().get_new_connection(conn_params)
        if file := self._file():
            self._opened_first.setdefault(self._name(), file)
        return connection

    def create_cursor(self, name: object = None) -> base.SQLiteCursorWrapper:
        return self.connection.cursor(factory=_Cursor)

    def planned_cursor(self) -> CursorWrapper:
        """For SQL that is the same each time. A connection has one of them: what it was asked must be fetched, all of
        it, before the next question. One that several threads share, or whose queries are captured, has none."""
        if self.queries_logged or self.allow_thread_sharing:
            return self.cursor()
        self.close_if_health_check_failed()
        self.ensure_connection()
        if self._planned is None or self._planned.cursor.connection is not self.connection:
            self._planned = self.make_cursor(self.connection.cursor(factory=_PlannedCursor))
        return self._planned

    def planned(self, sql: str, values: list[object]) -> Answer:
        """Ask SQL that is the same each time."""
        return asked(self.planned_cursor(), sql, values)

    def close_if_health_check_failed(self) -> None:
        """Called by Django before everything that is asked; once a request it looks, without asking SQLite."""
        if self.connection is not None and not self.health_check_done:
            self._check_place()
            self.health_check_done = True

    def _check_place(self) -> None:
        if self._opened_first.get(self._name(), self._file()) != self._file():
            raise OperationalError(f"The database {self._name()} was removed or replaced while the site was running.")

    def _name(self) -> str:
        return str(self.settings_dict["NAME"])

    def _file(self) -> _File | None:
        try:
            found = os.stat(self._name())
        except OSError:  # not there, or in memory
            return None
        return found.st_dev, found.st_ino

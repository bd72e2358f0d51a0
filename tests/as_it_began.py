"""The database as it was before the first test, put back after a test that had transactions of its own.

Django empties every table then, and has the site complete its database anew: roles, permissions, a first checklist.
Here only the tables that a test has changed are touched, and get the rows back that they had.
"""

from django.apps import apps
from django.db import models, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.utils import CursorWrapper

from monographs.audit.models import Entry

Rows = dict[str, set[tuple]]


def rows_of_all(connection: BaseDatabaseWrapper) -> Rows:
    """What each table with rows has in its columns, by the table's name; without what the database makes of others."""
    columns = _columns()
    with connection.cursor() as cursor:
        has_rows = "SELECT '{0}' WHERE EXISTS (SELECT 1 FROM {0})"
        cursor.execute(" UNION ALL ".join(has_rows.format(name) for name in columns))
        rows = {}
        for (name,) in cursor.fetchall():
            cursor.execute(f"SELECT {', '.join(columns[name])} FROM {name}")  # noqa: S608 - our own tables
            rows[name] = set(cursor.fetchall())
    return rows


def put_back(connection: BaseDatabaseWrapper, began: Rows) -> None:
    """Let every table have the rows of ``began`` and no others. Triggers must be off: record is deleted."""
    columns = _columns()
    with transaction.atomic(), connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(f"LOCK TABLE {', '.join(columns)} IN SHARE ROW EXCLUSIVE MODE")
        rows = rows_of_all(connection)  # nobody's late act may come between: SQLite locks at the beginning
        for name in {*rows, *began}:
            kept = began.get(name, set())
            if rows.get(name) == kept:
                continue
            cursor.execute(f"DELETE FROM {name}")  # noqa: S608 - our own tables
            if kept:
                into = f"{name} ({', '.join(columns[name])}) VALUES ({', '.join(['%s'] * len(columns[name]))})"
                cursor.executemany(f"INSERT INTO {into}", list(kept))
            if connection.vendor == "sqlite" and name == Entry._meta.db_table:
                _forget_numbers_given(cursor, name)


def _forget_numbers_given(cursor: CursorWrapper, name: str) -> None:
    """SQLite counts the rows that it gave numbers to, and `verify_history` takes what is missing of them for cut off.
    Of other tables the count goes on, so that no number means another row in a later test."""
    cursor.execute(
        f"UPDATE sqlite_sequence SET seq = (SELECT COALESCE(MAX(id), 0) FROM {name}) WHERE name = %s",  # noqa: S608
        [name],
    )


def _columns() -> dict[str, list[str]]:
    tables = [model for model in apps.get_models(include_auto_created=True) if not model._meta.proxy]
    return {model._meta.db_table: [f'"{field.column}"' for field in _kept(model)] for model in tables}


def _kept(model: type[models.Model]) -> list[models.Field]:
    return [field for field in model._meta.local_concrete_fields if not field.generated]

"""Rows that may be written once and never changed: the database itself refuses, on SQLite and PostgreSQL.

`protect` runs after every migration (see `MonographsConfig`), because SQLite drops a table's triggers
when a migration rebuilds the table.
"""

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper

_SQLITE = """
CREATE TRIGGER IF NOT EXISTS "{table}_no_{verb}" BEFORE {verb} ON "{table}"
BEGIN SELECT RAISE(ABORT, '{table} is append-only: rows are never changed or deleted'); END
"""

# Without this INSERT OR REPLACE would take the old row away: SQLite asks no trigger about that DELETE. Asked for each
# key by itself: of one OR of several SQLite may make a look through the whole table, by what its statistics say of a
# key that is mostly empty.
_SQLITE_REPLACE = """
CREATE TRIGGER "{table}_no_replace" BEFORE INSERT ON "{table}" WHEN {is_there}
BEGIN SELECT RAISE(ABORT, '{table} has such a row already, and no row is replaced'); END
"""

_POSTGRESQL_FUNCTION = """
CREATE OR REPLACE FUNCTION monographs_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION '% is append-only: rows are never changed or deleted', TG_TABLE_NAME
USING ERRCODE = 'restrict_violation'; END $$
"""

_POSTGRESQL = """
CREATE OR REPLACE TRIGGER "{table}_no_change" BEFORE UPDATE OR DELETE ON "{table}"
FOR EACH ROW EXECUTE FUNCTION monographs_refuse_change();
CREATE OR REPLACE TRIGGER "{table}_no_truncate" BEFORE TRUNCATE ON "{table}"
FOR EACH STATEMENT EXECUTE FUNCTION monographs_refuse_change();
"""


def protect(connection: BaseDatabaseWrapper, tables: list[str]) -> None:
    """Refuse UPDATE and DELETE (and on PostgreSQL TRUNCATE) on these tables. Can be run again and again."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(_POSTGRESQL_FUNCTION)
            for table in tables:
                cursor.execute(_POSTGRESQL.format(table=table))
        else:
            for table in tables:
                for verb in ("UPDATE", "DELETE"):
                    cursor.execute(_SQLITE.format(table=table, verb=verb))


def refuse_replacing(connection: BaseDatabaseWrapper, kept: list[type[models.Model]]) -> None:
    """Refuse REPLACE of rows of these models on SQLite; PostgreSQL has nothing like it. Can be run again and again."""
    if connection.vendor != "sqlite":
        return
    with connection.cursor() as cursor:
        for model in kept:
            table = model._meta.db_table
            is_there = " OR ".join(_is_there(table, fields) for fields in _unique_together(model))
            cursor.execute(f'DROP TRIGGER IF EXISTS "{table}_no_replace"')
            cursor.execute(_SQLITE_REPLACE.format(table=table, is_there=is_there))


def _is_there(table: str, fields: list[models.Field]) -> str:
    same = " AND ".join(f'"{field.column}" = NEW."{field.column}"' for field in fields)
    return f'EXISTS (SELECT 1 FROM "{table}" WHERE {same})'  # noqa: S608 - names of our own


def _unique_together(model: type[models.Model]) -> list[list[models.Field]]:
    """The columns, one or several, whose values no two rows share."""
    alone = [[field] for field in model._meta.concrete_fields if field.unique]
    together = [
        [model._meta.get_field(name) for name in constraint.fields]
        for constraint in model._meta.total_unique_constraints
    ]
    return alone + together

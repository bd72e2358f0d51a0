"""Rows that may be written once and never changed: the database itself refuses, on SQLite and PostgreSQL.

`protect` runs after every migration (see `MonographsConfig`), because SQLite drops a table's triggers
when a migration rebuilds the table.
"""

from django.db.backends.base.base import BaseDatabaseWrapper

_SQLITE = """
CREATE TRIGGER IF NOT EXISTS "{table}_no_{verb}" BEFORE {verb} ON "{table}"
BEGIN SELECT RAISE(ABORT, '{table} is append-only: rows are never changed or deleted'); END
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

"""Rows that must not be written so: triggers with a condition, on SQLite and PostgreSQL.

Like those of `append_only` they are made after every migration. Each room says in ``GUARDS`` what it guards.
"""

from collections.abc import Iterable

from django.db.backends.base.base import BaseDatabaseWrapper

Guard = tuple[str, str, str, str, str, str]
"""The trigger's name, the verb (INSERT or UPDATE), the table, when the row is refused on SQLite and on PostgreSQL, and
the sentence."""

_SQLITE = """
CREATE TRIGGER {name} BEFORE {verb} ON {table} WHEN {refused}
BEGIN SELECT RAISE(ABORT, '{sentence}'); END
"""

_POSTGRESQL = """
CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF {refused} THEN RAISE EXCEPTION '{sentence}' USING ERRCODE = 'restrict_violation'; END IF;
    RETURN NEW;
END $$;
CREATE OR REPLACE TRIGGER {name} BEFORE {verb} ON {table} FOR EACH ROW EXECUTE FUNCTION {name}();
"""


def guard(connection: BaseDatabaseWrapper, guards: Iterable[Guard]) -> None:
    """Create the triggers. Can be run again and again."""
    with connection.cursor() as cursor:
        for name, verb, table, on_sqlite, on_postgresql, sentence in guards:
            words = {"name": name, "verb": verb, "table": table, "sentence": sentence}
            if connection.vendor == "postgresql":
                cursor.execute(_POSTGRESQL.format(refused=on_postgresql, **words))
            else:
                cursor.execute(f"DROP TRIGGER IF EXISTS {name}")
                cursor.execute(_SQLITE.format(refused=on_sqlite, **words))

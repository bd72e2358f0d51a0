"""Rows that must not be written so: triggers with a condition, on SQLite and PostgreSQL.

Like those of `append_only` they are made after every migration. Each room says in ``GUARDS`` what it guards.
"""

from collections.abc import Iterable

from django.db.backends.base.base import BaseDatabaseWrapper

Guard = tuple[str, ...]
"""The trigger's name, the verb (INSERT or UPDATE), the table, when the row is refused on SQLite and on PostgreSQL, and
the sentence; then, where only some rows are looked at, which: what the row itself says, without a query."""

_SQLITE = """
CREATE TRIGGER {name} BEFORE {verb} ON {table} WHEN ({only}) AND ({refused})
BEGIN SELECT RAISE(ABORT, '{sentence}'); END
"""

# What a guard asks is planned once on each connection. Left alone, PostgreSQL plans the long ones anew for each row: to
# read a few rows by their numbers it reckons dearer without knowing the numbers, and planning takes several times as
# long as reading. Rows that are not looked at have nothing planned at all.
_POSTGRESQL = """
CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql SET plan_cache_mode = force_generic_plan AS $$
BEGIN
    IF {refused} THEN RAISE EXCEPTION '{sentence}' USING ERRCODE = 'restrict_violation'; END IF;
    RETURN NEW;
END $$;
CREATE OR REPLACE TRIGGER {name} BEFORE {verb} ON {table} FOR EACH ROW WHEN ({only}) EXECUTE FUNCTION {name}();
"""


def guard(connection: BaseDatabaseWrapper, guards: Iterable[Guard]) -> None:
    """Create the triggers. Can be run again and again."""
    with connection.cursor() as cursor:
        for name, verb, table, on_sqlite, on_postgresql, sentence, *some in guards:
            only = some[0] if some else "TRUE"
            words = {"name": name, "verb": verb, "table": table, "sentence": sentence, "only": only}
            if connection.vendor == "postgresql":
                cursor.execute(_on_postgresql(on_postgresql, words))
            else:
                cursor.execute(f"DROP TRIGGER IF EXISTS {name}")
                cursor.execute(_SQLITE.format(refused=on_sqlite, **words))


def _on_postgresql(refused: str, words: dict[str, str]) -> str:
    """What the row says by itself stands in WHEN altogether: for a row that is as it must be no function is called."""
    if "SELECT" in refused:
        return _POSTGRESQL.format(refused=refused, **words)
    return _POSTGRESQL.format(refused="TRUE", **{**words, "only": f"({words['only']}) AND ({refused})"})

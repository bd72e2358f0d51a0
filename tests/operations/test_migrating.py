"""What a migration needs that meets a database with triggers, as every site has one; a new database has none yet."""

from importlib import import_module
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.db import connection

from monographs.operations.database import complete, missing_guards

pytestmark = pytest.mark.django_db


def triggers_about(table: str) -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger' AND sql LIKE %s", [f"%{table}%"])
        return {name for (name,) in cursor.fetchall()}


@pytest.mark.skipif("connection.vendor != 'sqlite'", reason="PostgreSQL adds a column without making the table anew")
def test_no_trigger_speaks_of_the_decisions_while_their_table_is_made_anew_and_all_are_back_behind_it():
    """SQLite 3.40 refuses to rename a table while a trigger of another one names it ("ALTER TABLE RENAME")."""
    migration = import_module("monographs.migrations.0026_second_factor")
    before = triggers_about("monographs_decision")
    assert before
    migration.let_go(apps, SimpleNamespace(connection=connection))
    assert triggers_about("monographs_decision") == set()
    complete(connection)
    assert triggers_about("monographs_decision") == before
    assert missing_guards(connection) == []

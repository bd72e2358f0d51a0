"""A guard refuses a row as its condition says, looks at some rows alone where it says which, and is planned once."""

import pytest
from django.db import DatabaseError, connection, transaction

from monographs.audit.guards import guard
from monographs.operations.database.needs import GUARDS

pytestmark = pytest.mark.django_db

OF_NO_KIND = "NOT EXISTS (SELECT 1 FROM kinds k WHERE k.kind = NEW.kind)"


@pytest.fixture
def things():
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE kinds (kind text)")
        cursor.execute("CREATE TABLE things (kind text, number integer)")
    return [("things_of_a_kind", "INSERT", "things", OF_NO_KIND, OF_NO_KIND, "there is no such kind")]


def insert(kind: str, number: int) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("INSERT INTO things (kind, number) VALUES (%s, %s)", [kind, number])


def test_a_row_is_refused_as_the_condition_says(things):
    guard(connection, things)
    with pytest.raises(DatabaseError, match="there is no such kind"):
        insert("new", 1)


def test_rows_that_it_does_not_look_at_pass(things):
    [of_a_kind] = things
    guard(connection, [(*of_a_kind, "NEW.number > 5")])
    insert("new", 5)
    with pytest.raises(DatabaseError, match="there is no such kind"):
        insert("new", 6)


def test_what_the_row_itself_says_is_refused_without_asking_a_table(things):
    """On PostgreSQL it stands in WHEN, so that no function is called for a row that is as it must be."""
    small = ("things_are_small", "INSERT", "things", "NEW.number > 9", "NEW.number > 9", "it is too large")
    for only in ((), ("NEW.kind = 'counted'",)):
        guard(connection, [(*small, *only)])
        insert("counted", 9)
        with pytest.raises(DatabaseError, match="it is too large"):
            insert("counted", 10)
    insert("another", 10)
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_get_triggerdef(oid) FROM pg_trigger WHERE tgname = 'things_are_small'")
            assert "number > 9" in cursor.fetchone()[0]


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite plans a trigger with the statement")
def test_postgresql_plans_what_a_guard_asks_once():
    with connection.cursor() as cursor:
        cursor.execute("SELECT proname, proconfig FROM pg_proc WHERE prorettype = 'trigger'::regtype")
        told = dict(cursor.fetchall())
    assert {name: told[name] for name, *_rest in GUARDS} == {
        name: ["plan_cache_mode=force_generic_plan"] for name, *_rest in GUARDS
    }

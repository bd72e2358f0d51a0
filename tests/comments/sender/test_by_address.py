"""What came from an address is looked up along its index, by a plan that PostgreSQL makes once."""

import pytest
from django.db import connection

from monographs.comments.models import Comment
from monographs.comments.sender.sent_already import _sent
from tests.makers import make_comment, make_published

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite keeps no plans for values that come later"),
]
COUNT = 5_000


def told(sql: str, values: list | None = None) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.fetchall()


@pytest.fixture
def replies():
    one = make_comment(make_published())
    columns = {"leaflet": one.leaflet, "publication": one.publication, "body": "Thank you."}
    Comment.objects.bulk_create(Comment(**columns, hidden_address=f"hidden:{number}") for number in range(COUNT))


def look_up() -> tuple[str, int]:
    """The name of the statement, and how often its one plan served."""
    with connection.cursor() as cursor:
        cursor.execute("DEALLOCATE ALL")
        cursor.execute("ANALYZE monographs_comment")
    connection.connection._prepared.clear()
    for number in range(12):
        assert len([*_sent(20).rows(hidden=f"hidden:{number}", body="Thank you.")]) <= 1
    [(name, served)] = told(
        "SELECT name, generic_plans FROM pg_prepared_statements WHERE statement LIKE %s", ["%hidden_address%"]
    )
    return name, served


def test_it_is_planned_once(replies):
    _name, served = look_up()
    assert served > 0


def test_the_table_is_not_read_where_no_row_has_an_address(replies):
    """As after thirty quiet days; whichever plan it is."""
    Comment.objects.update(hidden_address="")
    name, _served = look_up()
    for mode in ("force_generic_plan", "force_custom_plan"):
        told("SELECT set_config('plan_cache_mode', %s, true)", [mode])
        plan = "\n".join(line for (line,) in told(f"EXPLAIN EXECUTE {name} ('x', 'hidden:1', 'hidden:1', 'hidden:1')"))
        assert "hidden_address" in plan
        assert "Seq Scan on monographs_comment" not in plan

"""Rows of record can't be changed, by whatever door: each table, each statement."""

import pytest
from django.db import DatabaseError, connection, transaction

from monographs.audit.models import Entry
from monographs.comments.deciding.actions import reject
from monographs.comments.models import Comment
from monographs.operations.database.needs import APPEND_ONLY, NOT_REPLACED, complete
from monographs.publication.actions import cancel_release
from monographs.publication.models import Publication
from tests.effort import database_effort
from tests.makers import make_comment, make_published
from tests.makers_alerts import make_approved_alert
from tests.makers_reactions import make_reaction
from tests.makers_together import make_judgement
from tests.people import make_person
from tests.publication.test_schedule import make_scheduled

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def one_of_each(rows_of_the_file):
    publication = make_published()
    reject(make_comment(publication), by=make_person("carla"), reason="Not about the medicine.")
    cancel_release(make_scheduled("Latermol"), by=make_person("priya"), why="Not yet.")
    make_reaction()
    make_approved_alert()
    make_judgement(publication)


@pytest.mark.parametrize("model", APPEND_ONLY, ids=lambda model: model.__name__)
def test_no_row_can_be_updated(one_of_each, model):
    assert model.objects.exists()
    field = next(field.attname for field in model._meta.concrete_fields if not field.primary_key)
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        model.objects.update(**{field: model.objects.values_list(field, flat=True).first()})


@pytest.mark.parametrize("model", APPEND_ONLY, ids=lambda model: model.__name__)
def test_no_row_can_be_deleted(one_of_each, model):
    with (
        pytest.raises(DatabaseError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(f"DELETE FROM {model._meta.db_table}")  # noqa: S608 - our own table names


@pytest.mark.parametrize("verb", ["REPLACE", "INSERT OR REPLACE", "INSERT OR IGNORE"])
@pytest.mark.parametrize("model", NOT_REPLACED, ids=lambda model: model.__name__)
def test_no_row_can_be_replaced(one_of_each, model, verb):
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL has no REPLACE; its ON CONFLICT DO UPDATE is an UPDATE.")
    table = model._meta.db_table
    rows = list(model.objects.order_by("pk").values())
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"{verb} INTO {table} SELECT * FROM {table}")  # noqa: S608 - our own table names
    assert list(model.objects.order_by("pk").values()) == rows


def test_no_entry_is_replaced_by_another_with_its_position(one_of_each):
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL has no REPLACE.")
    columns = [field.column for field in Entry._meta.concrete_fields if not field.primary_key]
    values = ["'Mallory'" if column == "by_name" else column for column in columns]
    with pytest.raises(DatabaseError, match="no row is replaced"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            f"REPLACE INTO monographs_entry ({', '.join(columns)}) "  # noqa: S608 - our own names
            f"SELECT {', '.join(values)} FROM monographs_entry ORDER BY position DESC LIMIT 1"
        )
    assert not Entry.objects.filter(by_name="Mallory").exists()


def test_looking_for_a_row_to_be_replaced_does_not_grow_with_the_table(one_of_each):
    """Not even where SQLite knows that a key is empty in nearly all rows: few replies stand in the place of another."""
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL has no REPLACE.")
    publication, costs = Publication.objects.first(), []
    for more in (50, 2_000):
        Comment.objects.bulk_create(made(publication) for _number in range(more))
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE monographs_comment")
        costs.append(database_effort(lambda: made(publication).save()))
    assert costs[1] < costs[0] * 1.5


def made(publication):
    return Comment(leaflet=publication.leaflet, publication=publication, body="May I swim?")


def test_completing_a_database_again_changes_nothing(one_of_each):
    counts = [model.objects.count() for model in APPEND_ONLY]
    complete(connection)
    assert [model.objects.count() for model in APPEND_ONLY] == counts

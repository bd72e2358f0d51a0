"""/healthz: cheap, honest, and never kept by a cache."""

import pytest
from django.db import OperationalError, connection
from django.db.migrations.recorder import MigrationRecorder

pytestmark = pytest.mark.django_db


def test_a_healthy_site_says_so_with_one_query(client, django_assert_num_queries):
    client.get("/healthz")
    with django_assert_num_queries(1):
        response = client.get("/healthz")
    assert (response.status_code, response.json()) == (200, {"status": "ok"})
    assert "no-store" in response["Cache-Control"]
    assert not response.cookies
    assert "Cookie" not in response.get("Vary", "")


def test_a_migration_that_is_not_applied_is_reported(client):
    MigrationRecorder(connection).migration_qs.filter(app="monographs").delete()
    response = client.get("/healthz")
    assert (response.status_code, response.json()["reason"]) == (503, "migrations not applied")
    assert "no-store" in response["Cache-Control"]


def test_a_database_that_does_not_answer_is_reported_without_its_secrets(client, caplog):
    def fail(*args):
        raise OperationalError("connection to secret-host failed for user hunter2")

    with connection.execute_wrapper(fail):
        response = client.get("/healthz")
    assert (response.status_code, response.json()) == (503, {"status": "failed", "reason": "database unavailable"})
    assert "hunter2" in caplog.text


def test_only_reading_is_answered(client):
    assert client.post("/healthz").status_code == 405
    assert client.head("/healthz").status_code == 200

"""A site that would be unsafe says so and does not start."""

import pytest
from django.core.checks import run_checks
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command
from django.db import DatabaseError, connection

from monographs.operations.checks import check_guards, check_sample_staff, refuse_unsafe_start
from monographs.operations.database.needs import complete, missing_guards
from monographs.staff.models import StaffMember

pytestmark = pytest.mark.django_db


@pytest.fixture
def _production(settings):
    settings.IS_LOCAL = False


@pytest.fixture
def _sample_person(db):
    StaffMember.objects.create(username="ana", is_sample=True)


def drop(trigger: str, table: str) -> None:
    with connection.cursor() as cursor:
        on = f' ON "{table}"' if connection.vendor == "postgresql" else ""
        cursor.execute(f'DROP TRIGGER "{trigger}"{on}')


@pytest.mark.usefixtures("_production", "_sample_person")
def test_production_refuses_to_start_with_sample_staff_and_says_what_to_do():
    with pytest.raises(ImproperlyConfigured) as refused:
        refuse_unsafe_start()
    assert "sample staff (ana)" in str(refused.value)
    assert "a fresh database" in str(refused.value)
    assert [error.id for error in run_checks(databases=["default"])] == ["monographs.E001"]


@pytest.mark.usefixtures("_sample_person")
def test_local_mode_starts_with_sample_staff():
    refuse_unsafe_start()
    assert check_sample_staff(databases=["default"]) == []


@pytest.mark.usefixtures("_production")
def test_production_starts_with_real_staff_only(ana):
    refuse_unsafe_start()
    assert run_checks(databases=["default"]) == []


@pytest.mark.usefixtures("_production", "_sample_person")
def test_checks_that_were_not_given_a_database_ask_none(django_assert_num_queries):
    with django_assert_num_queries(0):
        assert check_sample_staff(databases=None) == check_guards(databases=None) == []


@pytest.mark.usefixtures("_production")
def test_production_refuses_to_start_without_the_guards_of_its_history():
    assert missing_guards(connection) == []
    suffix = "no_change" if connection.vendor == "postgresql" else "no_UPDATE"
    drop(f"monographs_entry_{suffix}", "monographs_entry")
    drop("monographs_publication_approved", "monographs_publication")

    with pytest.raises(ImproperlyConfigured) as refused:
        refuse_unsafe_start()
    assert f"missing: monographs_entry_{suffix}, monographs_publication_approved." in str(refused.value)
    assert "Run `manage.py migrate`" in str(refused.value)
    errors = run_checks(databases=["default"], include_deployment_checks=True, tags=["database"])
    assert [error.id for error in errors] == ["monographs.E002"]
    assert run_checks(databases=["default"], tags=["database"]) == []  # so that migrate can put them back

    complete(connection)
    refuse_unsafe_start()


@pytest.mark.usefixtures("_production")
def test_a_guard_that_is_switched_off_counts_as_missing():
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has no switch for triggers.")
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE monographs_page DISABLE TRIGGER monographs_page_no_change")
    assert missing_guards(connection) == ["monographs_page_no_change"]


@pytest.mark.usefixtures("_production")
def test_a_database_that_does_not_answer_is_left_to_the_health_check():
    def fail(*args):
        raise DatabaseError("gone")

    with connection.execute_wrapper(fail):
        refuse_unsafe_start()


def test_nothing_is_asked_of_a_database_without_tables(monkeypatch, settings):
    settings.IS_LOCAL = False
    monkeypatch.setattr(type(connection.introspection), "table_names", lambda self, *args, **kwargs: [])
    assert check_sample_staff(databases=["default"]) == check_guards(databases=["default"]) == []


@pytest.mark.usefixtures("_production")
def test_the_deployment_check_asks_the_database(capsys):
    call_command("check", deploy=True, tags=["database"], databases=["default"], fail_level="WARNING")
    assert "no issues" in capsys.readouterr().out

"""What a migration needs that meets a database with triggers, as every site has one; a new database has none yet."""

from importlib import import_module
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.db import connection

from monographs.medicines.models import MedicineName
from monographs.medicines.names import KEYS
from monographs.medicines.places import first_key_of
from monographs.operations.database import needs
from monographs.operations.database.needs import complete, missing_guards
from monographs.operations.database.worked_out import WorkedOut
from monographs.publication.found.passages import Passage
from tests.makers import make_medicine, make_published

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


STEPS = {
    "standings": "rewrite_standings", "showings": "rewrite_all_showings", "keys of names": "key_anew",
    "passages": "catch_up",
}  # fmt: skip


def test_all_that_follows_from_the_record_says_that_it_was_worked_out():
    assert set(WorkedOut.objects.values_list("what", flat=True)) == set(STEPS)


@pytest.mark.parametrize("what", STEPS)
def test_it_is_worked_out_after_other_migrations_and_only_then(monkeypatch, what):
    done = []
    monkeypatch.setattr(needs, STEPS[what], lambda **_how: done.append(what) or [])
    complete(connection)
    assert done == []
    WorkedOut.objects.update(by="fewer migrations")
    complete(connection)
    complete(connection)
    assert done == [what]


def test_what_broke_off_is_begun_again(monkeypatch):
    WorkedOut.objects.all().delete()

    def break_off() -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(needs, "rewrite_standings", break_off)
        with pytest.raises(KeyboardInterrupt):
            complete(connection)
    assert not WorkedOut.objects.exists()
    complete(connection)
    assert set(WorkedOut.objects.values_list("what", flat=True)) == set(STEPS)


def test_other_keys_of_names_need_another_number():
    """Where this fails because the keys are meant to be others: raise `KEYS`, and write them down here."""
    keys = {
        "Baclofen": "baclofen", "St John’s wort": "st", "5-HTP": "5", "co-codamol 8/500": "co", "Ácido fólico": "acido",
        "Łódź": "łodz", "باراسيتامول": "باراسيتامول", "长春新碱": "长春新碱",
    }  # fmt: skip
    assert (KEYS, {name: first_key_of(name) for name in keys}) == (1, keys)


def test_keys_are_written_down_anew_where_the_rules_changed():
    make_medicine("Baclofen")
    MedicineName.objects.update(first_key="old")
    WorkedOut.objects.filter(what="keys of names").update(by="by older rules")
    complete(connection)
    assert MedicineName.objects.get().first_key == first_key_of("Baclofen")


def test_passages_by_other_rules_are_made_anew():
    made = make_published()
    Passage.objects.filter(publication=made).update(made_by="older rules")
    complete(connection)
    assert Passage.objects.outdated().exists()  # nobody looks where nothing is to be done
    WorkedOut.objects.filter(what="passages").update(by="older rules")
    complete(connection)
    assert Passage.objects.filter(publication=made).exists()
    assert not Passage.objects.outdated().exists()

"""/healthz and /readyz: honest, in time whatever hangs, and never kept by a cache."""

import datetime as dt
import os
import threading
import time

import pytest
from django.db import OperationalError, connection
from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone

from monographs.audit.record import act, record
from monographs.operations.health import health, readiness
from monographs.operations.health.probe import Probe
from monographs.staff.models import StaffMember
from tests.faults.test_database_trouble import locked_by_another
from tests.people import make_person

ADDRESSES = ("/healthz", "/readyz")


@pytest.fixture(autouse=True)
def _there_is_room(settings):
    settings.LEAST_ROOM = 0


@pytest.fixture
def look(monkeypatch):
    """Put something else in the place of what `/readyz` looks at, and have it waited for so many seconds."""

    def put(looked_at, *, within=60):
        monkeypatch.setattr(health, "_probe", Probe(looked_at))
        monkeypatch.setattr(health, "WITHIN", within)

    return put


# --- The two addresses ---


@pytest.mark.parametrize("address", ADDRESSES)
def test_the_answer_is_kept_nowhere_and_gives_no_cookie(client, look, address):
    look(list)
    response = client.get(address)
    assert (response.status_code, response.json()) == (200, {"status": "ok"})
    assert "no-store" in response["Cache-Control"]
    assert not response.cookies
    assert "Cookie" not in response.get("Vary", "")


@pytest.mark.parametrize("address", ADDRESSES)
def test_only_reading_is_answered(client, look, address):
    look(list)
    assert client.post(address).status_code == 405
    assert client.head(address).status_code == 200


@pytest.mark.parametrize("address", ADDRESSES)
def test_machines_may_ask_without_tls(client, look, settings, address):
    look(list)
    settings.SECURE_SSL_REDIRECT = True
    assert client.get(address).status_code == 200


def test_who_asks_whether_it_lives_asks_no_database(client):
    assert client.get("/healthz").json() == {"status": "ok"}  # pytest-django would fail a test that asks one


def test_reasons_are_named(client, look):
    look(lambda: ["little room for pictures", "clock wrong"])
    response = client.get("/readyz")
    assert response.status_code == 503
    assert response.json() == {"status": "failed", "reasons": ["little room for pictures", "clock wrong"]}
    assert "no-store" in response["Cache-Control"]


@pytest.mark.django_db(transaction=True)
def test_a_site_that_works_is_ready(client, monkeypatch):
    monkeypatch.setattr(health, "WITHIN", 60)  # on however busy a machine
    make_person("ana")
    assert client.get("/readyz").json() == {"status": "ok"}


# --- In time, whatever hangs ---


@pytest.fixture
def hanging():
    """A look that hangs until it is let go, and how often it was begun."""
    go, begun = threading.Event(), []

    def hang():
        begun.append(threading.current_thread())
        go.wait(30)
        return []

    yield hang, begun
    go.set()
    for thread in begun:
        thread.join(10)


def test_what_hangs_is_said_in_time_and_is_not_asked_a_second_time(client, look, hanging):
    hang, begun = hanging
    look(hang, within=0.1)
    for _monitor in range(5):
        response = client.get("/readyz")
        assert (response.status_code, response.json()["reasons"]) == (
            503,
            ["what is looked at does not answer in time"],
        )
    assert len(begun) == 1
    assert client.get("/healthz").status_code == 200


def test_many_who_ask_at_once_wait_no_longer_than_one_and_make_one_thread(hanging):
    hang, begun = hanging
    probe, answers, waited = Probe(hang), [], []
    real_wait = probe._changed.wait_for
    probe._changed.wait_for = lambda holds, rest: waited.append(rest) or real_wait(holds, min(rest, 0.05))
    askers = [threading.Thread(target=lambda: answers.append(probe.ask(within=0.7))) for _number in range(10)]
    for asker in askers:
        asker.start()
    for asker in askers:
        asker.join(20)
    assert answers == [None] * 10
    assert len(begun) == 1
    assert max(waited) <= 0.7
    time.sleep(0.7)
    assert probe.ask(within=0.7) is None
    assert waited[-1] == 0  # it has hung for so long already


def test_one_look_is_everybodys_answer_for_a_second(monkeypatch):
    looks, now = [], [100.0]
    monkeypatch.setattr("monographs.operations.health.probe.time.monotonic", lambda: now[0])
    probe = Probe(lambda: looks.append(1) or [f"look {len(looks)}"])
    assert [probe.ask(within=0.7) for _monitor in range(3)] == [["look 1"]] * 3
    now[0] += 1.1
    assert probe.ask(within=0.7) == ["look 2"]


def test_a_look_that_fails_is_no_answer_of_health_and_the_next_one_is_made(monkeypatch, caplog):
    looks, now = iter([RuntimeError("hunter2"), None]), [100.0]

    def look():
        if error := next(looks):
            raise error
        return []

    monkeypatch.setattr("monographs.operations.health.probe.time.monotonic", lambda: now[0])
    probe = Probe(look)
    assert probe.ask(within=0.7) == ["it could not be looked at"]
    assert "hunter2" in caplog.text
    now[0] += 1.1
    assert probe.ask(within=0.7) == []


# --- The database ---


def found() -> list[str]:
    return list(readiness.trouble_with_database())


@pytest.mark.django_db
def test_a_migration_that_is_not_applied_is_reported():
    assert found() == []
    MigrationRecorder(connection).migration_qs.filter(app="monographs").delete()
    assert found() == ["migrations not applied"]


@pytest.mark.django_db
def test_a_database_that_does_not_answer_is_reported_without_its_secrets(caplog):
    def fail(*args):
        raise OperationalError("connection to secret-host failed for user hunter2")

    with connection.execute_wrapper(fail):
        assert found() == ["database unavailable"]
    assert "hunter2" in caplog.text


@pytest.mark.django_db(transaction=True)
def test_another_writer_is_no_reason():
    with locked_by_another(30):
        assert readiness.troubles() == []


@pytest.mark.django_db(transaction=True)
def test_a_database_that_takes_no_writes_is_reported():
    refuse, take = {
        "sqlite": ("PRAGMA query_only = on", "PRAGMA query_only = off"),
        "postgresql": ("SET default_transaction_read_only = on", "RESET default_transaction_read_only"),
    }[connection.vendor]
    with connection.cursor() as cursor:
        cursor.execute(refuse)
        try:
            assert found() == ["database read-only"]
        finally:
            cursor.execute(take)


@pytest.mark.django_db(transaction=True)
def test_to_ask_whether_it_can_be_written_to_writes_nothing():
    asked = []

    def note(execute, sql, *rest):
        asked.append(sql.split()[0])
        return execute(sql, *rest)

    with connection.execute_wrapper(note):
        assert found() == []
    assert set(asked) <= {"SELECT", "BEGIN"}
    assert len(asked) <= 6


# --- The clock ---


@pytest.mark.django_db
def test_a_clock_behind_the_last_act_on_record_is_reported(monkeypatch):
    boss = make_person("boss", is_superuser=True)
    now = timezone.now()
    write = act(lambda: record("test.act", by=boss, about=boss))
    monkeypatch.setattr("monographs.audit.record.timezone.now", lambda: now + dt.timedelta(hours=3))
    write()
    monkeypatch.undo()
    assert found() == ["clock wrong"]
    write()  # dated rightly again: the mistake of the past is nobody's trouble
    assert found() == []
    assert StaffMember.objects.count() == 1


@pytest.mark.django_db
def test_a_clock_behind_the_programs_own_files_is_reported(monkeypatch):
    assert not readiness._is_clock_wrong(timezone.now())
    file = dt.datetime.fromtimestamp(os.stat(readiness.__file__).st_mtime, tz=dt.UTC)
    assert readiness._is_clock_wrong(file - dt.timedelta(minutes=6))


# --- The disks ---


def test_little_room_is_reported_by_what_is_kept_there(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "not" / "yet"
    assert list(readiness.trouble_with_disks()) == []
    settings.LEAST_ROOM = 1 << 60
    reasons = set(readiness.trouble_with_disks())
    assert {"little room for pictures", "little room for the folder VAR"} <= reasons
    assert ("little room for the database" in reasons) == (connection.vendor == "sqlite")
    assert str(tmp_path) not in "".join(reasons)


def test_a_folder_that_takes_nothing_is_reported(monkeypatch, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    real = os.access
    monkeypatch.setattr(os, "access", lambda path, how: path != tmp_path and real(path, how))
    assert list(readiness.trouble_with_disks()) == ["no permission to write pictures"]


def test_a_look_that_could_not_begin_is_made_again(monkeypatch):
    probe, start, failures = Probe(list), threading.Thread.start, [RuntimeError("can't start new thread")]

    def start_perhaps(thread):
        if failures:
            raise failures.pop()
        return start(thread)

    monkeypatch.setattr(threading.Thread, "start", start_perhaps)
    with pytest.raises(RuntimeError):
        probe.ask(within=0.1)
    assert probe.ask(within=5) == []

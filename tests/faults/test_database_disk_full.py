"""The database's disk is full: readers read, who sends something is told so and keeps the words, and nothing breaks."""

import contextlib
import json
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlencode

import psycopg
import pytest
from django.conf import settings
from django.db import InterfaceError, OperationalError, connection
from django.test import Client

from monographs.comments.models import Comment
from monographs.leaflets.models import Leaflet
from tests.admin.forms import change_url, form_of
from tests.faults.small_disk import fill, small_disk
from tests.makers import make_leaflet, make_published
from tests.people import PASSWORD, make_person
from tests.reading.parts import token_on, words
from tests.servers import HOST, site

LONG = "Можно ли запивать его грейпфрутовым соком? " * 70  # more bytes than a page of the database has
PAGES = ("/", "/a-z/", "/search/?q=testamol", "/leaflets/testamol/", "/leaflets/testamol/versions/", "/updates.atom")
IS_FULL = "The disk of our server is full, so nothing was saved."
needs_sqlite = pytest.mark.skipif(connection.vendor != "sqlite", reason="This is how SQLite is filled.")


@contextlib.contextmanager
def no_further_page():
    """SQLite may not grow: what it says then is what a full disk makes it say."""
    with connection.cursor() as cursor:
        cursor.execute("VACUUM")  # no free pages are left over
        [pages] = cursor.execute("PRAGMA page_count").fetchone()
        cursor.execute(f"PRAGMA max_page_count = {pages}")
        try:
            yield
        finally:
            cursor.execute("PRAGMA max_page_count = 1073741823")


def is_whole() -> bool:
    with connection.cursor() as cursor:
        return cursor.execute("PRAGMA integrity_check").fetchall() == [("ok",)]


@needs_sqlite
@pytest.mark.django_db(transaction=True)
def test_reply_is_handed_back_and_taken_when_there_is_room():
    make_published()
    client = Client(raise_request_exception=False)
    reply = {"token": token_on(client, "testamol"), "body": LONG}
    with no_further_page():
        answer = client.post("/leaflets/testamol/reply/", reply)
        assert answer.status_code == 507
        assert IS_FULL in words(answer)
        assert LONG.strip() in words(answer)
        assert "Retry-After" not in answer
        for address in PAGES:
            assert Client().get(address).status_code == 200
        assert not Comment.objects.exists()
    assert is_whole()
    assert client.post("/leaflets/testamol/reply/", reply).status_code == 303
    assert Comment.objects.count() == 1
    assert is_whole()


@needs_sqlite
@pytest.mark.django_db(transaction=True)
def test_form_and_autosave_of_the_staff_keep_their_words():
    leaflet = make_leaflet()
    client = Client(raise_request_exception=False)
    client.force_login(make_person("ana"))
    fields = form_of(leaflet, key_facts=LONG)
    with no_further_page():
        answer = client.post(change_url(leaflet), fields)
        assert answer.status_code == 507
        assert IS_FULL in words(answer)
        assert LONG.strip() in words(answer)
        kept = client.post(f"/admin/leaflets/{leaflet.pk}/autosave/", {**fields, "_typed": "1"})
        assert kept.status_code == 507
        assert IS_FULL in json.loads(kept.content)["error"]
        assert client.get(change_url(leaflet)).status_code == 200
    assert LONG not in Leaflet.objects.get(pk=leaflet.pk).key_facts
    assert is_whole()


# --- The same on either database, as it would say it ---


def disk_full() -> OperationalError:
    """What Django raises where this database's disk is full."""
    if connection.vendor == "postgresql":
        cause = psycopg.errors.DiskFull("could not extend file: No space left on device at secret-host")
    else:
        cause = sqlite3.OperationalError("database or disk is full")
        cause.sqlite_errorcode = sqlite3.SQLITE_FULL
    error = OperationalError(str(cause))
    error.__cause__ = cause
    return error


@contextlib.contextmanager
def no_room_for(*beginnings: str, error: Callable[[], Exception] = disk_full):
    """Statements that begin so find the disk full."""

    def refuse(execute, sql, *rest):
        if sql.startswith(beginnings):
            raise error()
        return execute(sql, *rest)

    with connection.execute_wrapper(refuse):
        yield


@pytest.mark.django_db
def test_verb_that_finds_no_room_says_so(client, caplog):
    make_published()
    token = token_on(client, "testamol")
    with no_room_for("INSERT"):
        answer = client.post("/leaflets/testamol/reply/", {"token": token, "body": "My words."})
    assert answer.status_code == 507
    assert IS_FULL in words(answer)
    assert ">\nMy words.</textarea>" in answer.content.decode()
    assert "secret-host" not in answer.content.decode()
    assert "The disk of the database is full" in caplog.text


@pytest.mark.django_db
@pytest.mark.parametrize("statement", ["INSERT", "UPDATE"])
def test_log_in_without_room_for_a_session_says_so(statement):
    make_person("ana")
    client = Client(raise_request_exception=False)
    with no_room_for(
        'INSERT INTO "monographs_opensession"' if statement == "INSERT" else 'UPDATE "monographs_opensession"'
    ):
        answer = client.post("/admin/login/", {"username": "ana", "password": PASSWORD})
    assert answer.status_code == (200 if statement == "INSERT" else 507)  # beside the form, or on a page of its own
    assert IS_FULL in words(answer)
    assert PASSWORD not in answer.content.decode()
    assert client.post("/admin/login/", {"username": "ana", "password": PASSWORD}).status_code == 302


@pytest.mark.django_db(transaction=True)
def test_log_in_that_cannot_even_be_counted_says_so_beside_the_form_and_keeps_the_name():
    make_person("ana")
    client = Client(raise_request_exception=False)
    with no_room_for("INSERT", "UPDATE"):
        answer = client.post("/admin/login/", {"username": "ana", "password": PASSWORD})
    assert IS_FULL in words(answer)
    assert 'value="ana"' in answer.content.decode()
    assert "_auth_user_id" not in client.session


@pytest.mark.django_db
@pytest.mark.parametrize("error", [disk_full, OperationalError, InterfaceError])
def test_what_was_done_is_answered_as_done_though_its_session_is_not_written(caplog, error):
    leaflet = make_leaflet()
    client = Client(raise_request_exception=False)
    client.force_login(make_person("ana"))
    with no_room_for('UPDATE "monographs_opensession"', 'INSERT INTO "monographs_opensession"', error=error):
        answer = client.post(change_url(leaflet), form_of(leaflet, title="Testamol for adults"))
    assert answer.status_code == 302
    assert Leaflet.objects.get(pk=leaflet.pk).title == "Testamol for adults"
    assert "A session could not be written" in caplog.text


@pytest.mark.django_db
def test_page_that_can_only_be_read_with_room_is_away_for_a_while():
    make_published()
    with no_room_for("SELECT"):
        answer = Client(raise_request_exception=False).get("/leaflets/testamol/")
    assert answer.status_code == 503  # nginx shows the page as it was last
    assert answer["Retry-After"]


# --- A real disk ---

FILLED_WHILE_NOBODY_RAN = """
import sqlite3, sys
print(sqlite3.connect(sys.argv[1]).execute("SELECT count(*) FROM monographs_leaflet").fetchone()[0])
"""


@needs_sqlite
@pytest.mark.faults
@pytest.mark.django_db(transaction=True)
def test_a_site_on_a_full_disk_shows_its_pages_and_loses_nothing(tmp_path):
    make_published()
    make_person("ana")
    with small_disk(tmp_path / "disk", kilobytes=32 * 1024) as disk:
        file = disk / "clinicinfo.sqlite3"
        with connection.cursor() as cursor:
            cursor.execute("VACUUM INTO %s", [str(file)])
        of_the_site = {"CLINICINFO_VAR": str(disk / "var"), "CLINICINFO_LEAST_ROOM_MB": "1"}
        with site(tmp_path, database=f"sqlite:///{file}", **of_the_site) as server:
            taken = _fill_up(server, disk)
            for address in PAGES:
                assert server.ask("GET", address).status == 200, address
            assert server.ask("GET", "/healthz").status == 200
            ready = server.ask("GET", "/readyz")
            assert ready.status == 503
            assert "little room for the database" in json.loads(ready.text)["reasons"]
            (tmp_path / "second").mkdir()
            elsewhere = {**of_the_site, "CLINICINFO_VAR": str(tmp_path / "var"), "GUNICORN_CMD_ARGS": "--workers 1"}
            with site(tmp_path / "second", database=f"sqlite:///{file}", **elsewhere) as second:
                assert second.ask("GET", "/leaflets/testamol/").status == 200
            (disk / "filler").unlink()
            assert _reply(server, taken).status == 303
            assert server.ask("GET", "/readyz").status == 200
        whole, replies = _asked(file, "PRAGMA integrity_check", "SELECT count(*) FROM monographs_comment")
        assert (whole, replies) == ("ok", taken + 1)


def _fill_up(server, disk: Path) -> int:
    """Fill the disk under the running site until a reply finds no room; how many were taken before."""
    assert _reply(server, 0).status == 303
    fill(disk)
    for taken in range(1, 100):  # what is free inside the database's files goes first
        answer = _reply(server, taken)
        if answer.status != 303:
            assert answer.status == 507
            assert IS_FULL in " ".join(answer.text.split())
            assert LONG.strip() in answer.text
            return taken
    raise AssertionError("the disk never was full")


def _reply(server, number: int):
    """The same words under the same name would be one reply, however often they are sent."""
    page = server.ask("GET", "/leaflets/testamol/").text
    token = page.partition('name="token" value="')[2].partition('"')[0]
    body = urlencode({"token": token, "body": LONG, "name": f"Reader {number}"})
    kind = "application/x-www-form-urlencoded"
    return server.ask("POST", "/leaflets/testamol/reply/", body, Content_Type=kind, Host=HOST)


def _asked(file: Path, *queries: str) -> tuple:
    with contextlib.closing(sqlite3.connect(file)) as database:
        return tuple(database.execute(query).fetchone()[0] for query in queries)


@needs_sqlite
@pytest.mark.faults
@pytest.mark.django_db(transaction=True)
def test_what_keeps_the_database_open_lets_new_processes_read_on_a_full_disk(tmp_path):
    """SQLite's index of its log takes 32 kB. The last who closes the database takes it away: the clock keeps it."""
    make_leaflet()
    with small_disk(tmp_path / "disk", kilobytes=32 * 1024) as disk:
        file = disk / "clinicinfo.sqlite3"
        with connection.cursor() as cursor:
            cursor.execute("VACUUM INTO %s", [str(file)])
        with contextlib.closing(sqlite3.connect(file)) as clock:
            clock.executescript(settings.DATABASES["default"]["OPTIONS"]["init_command"])
            clock.execute("SELECT count(*) FROM monographs_leaflet").fetchone()
            fill(disk)
            assert _read_by_another(file).stdout.strip() == "1"
            assert _read_by_another(file).stdout.strip() == "1"
        (disk / "filler").unlink()
        _read_by_another(file)
        fill(disk)
        assert "disk I/O error" in _read_by_another(file).stderr  # what docs/operations.md says of a start
        (disk / "filler").unlink()
        assert _read_by_another(file).stdout.strip() == "1"


def _read_by_another(file: Path) -> subprocess.CompletedProcess:
    command = [sys.executable, "-c", FILLED_WHILE_NOBODY_RAN, file]
    return subprocess.run(command, capture_output=True, text=True, timeout=30, check=False)  # noqa: S603 - our own text

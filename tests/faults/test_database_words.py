"""What people are told of trouble that the database has of its own: never a 500, and nothing they wrote is lost."""

import contextlib
import sqlite3

import psycopg
import pytest
from django.db import DatabaseError, InternalError, OperationalError, ProgrammingError, connection, transaction
from django.test import Client, RequestFactory

from monographs.audit.context import AddressMiddleware
from monographs.comments.arrival import actions as arrival
from monographs.comments.models import Comment
from monographs.reading.errors import server_error
from tests.admin.forms import change_url, form_of
from tests.faults.test_database_trouble import waiting_less
from tests.makers import make_leaflet, make_published
from tests.people import make_person
from tests.reading.parts import token_on, words

TITLE = "A title that somebody thought about for long"
on_postgresql = pytest.mark.skipif(connection.vendor != "postgresql", reason="a thing of PostgreSQL")
on_sqlite = pytest.mark.skipif(connection.vendor != "sqlite", reason="a thing of SQLite")


@pytest.fixture
def reader():
    return Client(raise_request_exception=False)


@pytest.fixture
def ana():
    client = Client(raise_request_exception=False)
    client.force_login(make_person("ana"))
    return client


@contextlib.contextmanager
def only_to_be_read():
    """As a standby, or a server that was told so, or a file on a disk that was mounted anew after an error."""
    turns = {"postgresql": ("SET default_transaction_read_only = on", "RESET default_transaction_read_only"),
             "sqlite": ("PRAGMA query_only = 1", "PRAGMA query_only = 0")}  # fmt: skip
    begins, ends = turns[connection.vendor]
    with connection.cursor() as cursor:
        cursor.execute(begins)
        try:
            yield
        finally:
            cursor.execute(ends)


@pytest.mark.django_db(transaction=True)
def test_database_that_can_only_be_read_is_read_and_says_so_to_writers(reader, ana):
    leaflet = make_published().leaflet
    token = token_on(reader, "testamol")
    with only_to_be_read():
        for path in ("/", "/leaflets/testamol/", "/search/?q=testamol", "/search/?q=methadone"):
            assert reader.get(path).status_code == 200
        assert ana.get(change_url(leaflet)).status_code == 200
        reply = reader.post("/leaflets/testamol/reply/", {"token": token, "body": "My words."})
        saved = ana.post(change_url(leaflet), form_of(leaflet, title=TITLE))
    assert reply.status_code == 503
    assert "nothing can be saved" in words(reply)
    assert ">\nMy words.</textarea>" in reply.content.decode()
    assert saved.status_code == 503
    assert "nothing can be saved" in words(saved)
    assert TITLE in words(saved)
    assert not Comment.objects.exists()


@on_postgresql
@pytest.mark.django_db(transaction=True)
def test_table_that_a_forgotten_session_has_locked_keeps_nobody_for_long(reader, ana):
    """Somebody wrote BEGIN and LOCK (or an ALTER TABLE) into a psql, and went home."""
    leaflet = make_published().leaflet
    token = token_on(reader, "testamol")
    parameters = {name: value for name, value in connection.get_connection_params().items() if name != "cursor_factory"}
    form = form_of(leaflet, title=TITLE)
    with waiting_less(), psycopg.connect(**parameters) as forgotten:
        forgotten.execute("LOCK TABLE monographs_comment, monographs_leaflet IN ACCESS EXCLUSIVE MODE")
        page = reader.get("/leaflets/testamol/")
        reply = reader.post("/leaflets/testamol/reply/", {"token": token, "body": "My words."})
        saved = ana.post(change_url(leaflet), form)
        forgotten.rollback()
    assert [page.status_code, reply.status_code, saved.status_code] == [503] * 3
    assert "My words." in reply.content.decode()
    assert TITLE in words(saved)


@on_postgresql
@pytest.mark.django_db
@pytest.mark.parametrize(
    ("error", "kind"),
    [
        (psycopg.errors.TooManyConnections, OperationalError),
        (psycopg.errors.CannotConnectNow, OperationalError),  # it is starting
        (psycopg.errors.DeadlockDetected, OperationalError),
        (psycopg.errors.SerializationFailure, OperationalError),
        (psycopg.errors.QueryCanceled, OperationalError),  # statement_timeout
        (psycopg.errors.AdminShutdown, OperationalError),
        (psycopg.errors.IdleInTransactionSessionTimeout, InternalError),
        (psycopg.errors.ReadOnlySqlTransaction, InternalError),
        (psycopg.errors.DataCorrupted, InternalError),
    ],
)
def test_whatever_ails_postgresql_is_a_503_with_the_words_that_were_sent(reader, ana, error, kind):
    leaflet = make_published().leaflet
    token = token_on(reader, "testamol")
    form = form_of(leaflet, title=TITLE)

    def fail(*args):
        raise kind("secret-host") from error("secret-host")

    with connection.execute_wrapper(fail):
        found = [
            reader.get("/leaflets/testamol/"),
            reader.post("/leaflets/testamol/reply/", {"token": token, "body": TITLE}),
            ana.post(change_url(leaflet), form),
        ]
    assert [answer.status_code for answer in found] == [503] * 3
    assert all(TITLE in answer.content.decode() for answer in found[1:])
    assert not any("secret-host" in answer.content.decode() for answer in found)


@pytest.mark.django_db
def test_request_that_fails_takes_one_line_of_the_log(reader, caplog):
    """While the database is away there are thousands, and the log must not fill the disk as well."""

    def fail(*args):
        raise OperationalError("connection refused\n\tIs the server running?")

    with connection.execute_wrapper(fail):
        reader.get("/a-z/")
    [line] = [caplog.handler.format(record) for record in caplog.records if record.name == "django.request"]
    assert line.endswith("Service Unavailable: /a-z/ (connection refused Is the server running?)")
    assert "\n" not in line


@pytest.mark.django_db
def test_fault_of_the_program_stays_a_500(reader, caplog):
    def fail(*args):
        raise ProgrammingError("no such column") from psycopg.errors.UndefinedColumn("no such column")

    with connection.execute_wrapper(fail):
        assert reader.get("/").status_code == 500
    assert "Traceback" in caplog.text


@pytest.mark.django_db(transaction=True)
def test_nobody_is_told_that_a_form_was_not_recorded_where_it_may_be(ana):
    leaflet = make_leaflet()

    def fail(execute, sql, params, many, context):
        if sql.startswith("INSERT"):
            raise OperationalError("gone") from psycopg.errors.TransactionResolutionUnknown("gone")
        return execute(sql, params, many, context)

    with connection.execute_wrapper(fail):
        answer = ana.post(change_url(leaflet), form_of(leaflet, title=TITLE))
    assert answer.status_code == 503
    assert "We do not know whether that was saved" in words(answer)
    assert "It was not recorded" not in words(answer)
    assert TITLE in words(answer)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("is_kept", [True, False])
def test_nobody_is_told_that_nothing_was_done_where_an_act_is_on_record(is_kept):
    """The database goes away between the commit and the answer."""
    leaflet = make_published().leaflet

    def answer(request):
        try:
            with transaction.atomic():
                arrival.submit(leaflet, body="Kept.", name="")
                transaction.set_rollback(not is_kept)
            raise OperationalError("gone")
        except OperationalError:
            return server_error(request)

    found = AddressMiddleware(answer)(RequestFactory().post("/admin/"))
    assert found.status_code == 503
    assert Comment.objects.exists() is is_kept
    assert ("We do not know whether that was saved" in words(found)) is is_kept
    assert ("Nothing was half done" in words(found)) is not is_kept


@on_sqlite
@pytest.mark.django_db
@pytest.mark.parametrize("code", ["SQLITE_CORRUPT", "SQLITE_NOTADB", "SQLITE_IOERR_READ", "SQLITE_CANTOPEN"])
def test_whatever_ails_a_file_of_sqlite_is_a_503_with_the_words_that_were_sent(reader, ana, code):
    leaflet = make_published().leaflet
    token = token_on(reader, "testamol")
    form = form_of(leaflet, title=TITLE)
    is_damaged = code in ("SQLITE_CORRUPT", "SQLITE_NOTADB")
    cause = (sqlite3.DatabaseError if is_damaged else sqlite3.OperationalError)("malformed")
    cause.sqlite_errorcode = getattr(sqlite3, code)

    def fail(*args):
        raise (DatabaseError if is_damaged else OperationalError)("malformed") from cause

    with connection.execute_wrapper(fail):
        found = [
            reader.get("/leaflets/testamol/"),
            reader.post("/leaflets/testamol/reply/", {"token": token, "body": TITLE}),
            ana.post(change_url(leaflet), form),
        ]
    assert [answer.status_code for answer in found] == [503] * 3
    assert all(TITLE in answer.content.decode() for answer in found[1:])

"""How long a connection to PostgreSQL waits for what, and what it knows of one that has ended."""

import select

import psycopg
import pytest
from django.conf import settings
from django.db import InternalError, connection, connections

from clinicinfo.databases import WAIT_FOR_A_LOCK
from clinicinfo.postgresql import patience
from clinicinfo.postgresql.patience import OutcomeUnknown, PatientConnection, Silence, Silent
from monographs.audit.apart import connection_apart
from tests.faults.between import between
from tests.servers import wait_until

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif("sqlite" in settings.DATABASES["default"]["ENGINE"], reason="SQLite has no connection to lose"),
]
SHORT = 0.3  # seconds, where nobody answers
LONG = 60  # seconds, where somebody does, on however busy a machine


@pytest.fixture
def database():
    with between() as running:
        yield running


@pytest.fixture
def connect(database, monkeypatch):
    """Connections that know nothing of those of other tests."""
    monkeypatch.setattr(patience, "_silence", Silence())
    opened = []

    def open_one(**options) -> PatientConnection:
        new = PatientConnection.connect(
            database.url, **{"answer_within": LONG, "connect_timeout": LONG, "autocommit": True, **options}
        )
        opened.append(new)
        return new

    yield open_one
    for one in opened:
        one.close()


def of_the_session(name: str) -> str:
    """PostgreSQL's setting, of a connection that is opened now."""
    connection.close()
    with connection.cursor() as cursor:
        cursor.execute(f"SHOW {name}")
        [value] = cursor.fetchone()
    return value


def test_request_has_limits_and_a_command_has_none():
    assert of_the_session("statement_timeout") == "0"
    assert connection.connection.answer_within is None
    assert connection.get_connection_params()["connect_timeout"] == 3
    patience.serve_requests()
    try:
        assert of_the_session("statement_timeout") == "3400ms"
        assert of_the_session("idle_in_transaction_session_timeout") == "1min"
        assert connection.connection.answer_within == patience.ANSWER_WITHIN
        assert connection.get_connection_params()["connect_timeout"] == 2
    finally:
        patience.serve_requests(None)
        connection.close()


def test_limits_are_one_within_another():
    """The lock's answer comes before the statement's, and that before we stop listening; all within five seconds."""
    statement = int(patience.limits(patience.ANSWER_WITHIN)["statement_timeout"].removesuffix("ms")) / 1000
    assert WAIT_FOR_A_LOCK < statement < patience.ANSWER_WITHIN < 4
    assert connection.get_connection_params()["options"].startswith(f"-c lock_timeout={WAIT_FOR_A_LOCK}s")


def test_thread_beside_the_requests_has_less_patience():
    with connection_apart():
        own = connections["default"]
        with own.cursor() as cursor:
            cursor.execute("SELECT current_setting('statement_timeout'), current_setting('lock_timeout')")
            assert cursor.fetchone() == ("1650ms", "100ms")
        assert own.connection.answer_within == 2
        assert own.connection.silence is not patience._silence


def test_silence_ends_the_question_and_the_connection(database, connect):
    asked = connect(answer_within=SHORT)
    database.fall_silent()
    with pytest.raises(Silent):
        asked.execute("SELECT 1")
    assert asked.closed
    assert asked.has_ended()


def test_while_it_is_silent_nobody_else_waits_for_it(database, connect):
    first, second = connect(answer_within=SHORT), connect()
    database.fall_silent()
    with pytest.raises(Silent, match="said nothing"):
        first.execute("SELECT 1")
    for ask in (lambda: second.execute("SELECT 1"), connect):
        with pytest.raises(Silent, match="was not asked"):
            ask()
    assert not second.closed


def test_first_answer_ends_the_silence(database, connect, monkeypatch):
    monkeypatch.setattr(patience, "_ASKED_AGAIN_AFTER", 0)
    first, second, third = connect(answer_within=SHORT), connect(answer_within=SHORT), connect()
    database.fall_silent()
    with pytest.raises(Silent):
        first.execute("SELECT 1")
    with pytest.raises(Silent, match="said nothing"):
        second.execute("SELECT 1")  # in its turn
    database.pass_on()
    assert third.execute("SELECT 1").fetchone() == (1,)
    assert not patience._silence.is_known
    assert connect().execute("SELECT 1").fetchone() == (1,)


def test_server_that_takes_connections_and_says_nothing_is_silent(database, connect):
    database.fall_silent()
    with pytest.raises(Silent):
        connect(connect_timeout=2)
    assert patience._silence.is_known


def test_refusal_is_an_answer(database, connect):
    patience._silence.begin()
    patience._silence._asked_again_at = 0
    database.refuse()
    with pytest.raises(psycopg.OperationalError, match="refused"):
        connect()
    assert not patience._silence.is_known


def test_error_of_the_server_is_an_answer(connect):
    asked = connect(options="-c statement_timeout=50ms")
    with pytest.raises(psycopg.errors.QueryCanceled):
        asked.execute("SELECT pg_sleep(5)")
    assert not asked.closed
    assert not patience._silence.is_known


def test_end_is_seen_without_asking(database, connect):
    standing, ended = connect(), connect()
    ended.execute("SELECT 1")
    assert not ended.has_ended()
    [number] = ended.execute("SELECT pg_backend_pid()").fetchone()
    standing.execute("SELECT pg_terminate_backend(%s, 5000)", [number])
    wait_until(ended.has_ended)
    assert not standing.has_ended()


def test_connection_that_has_something_else_to_say_has_not_ended(connect):
    listens, tells = connect(), connect()
    listens.execute("LISTEN somebody")
    tells.execute("NOTIFY somebody")
    assert select.select([listens.pgconn.socket], [], [], 5)[0]
    assert not listens.has_ended()


def test_commit_is_unknown_only_where_it_was_sent(database, connect):
    before, after = connect(autocommit=False), connect(autocommit=False)
    for one in (before, after):
        one.execute("CREATE TEMPORARY TABLE kept_for_this_test (number int)")
    database.cut_at(b"COMMIT", before=False)
    with pytest.raises(OutcomeUnknown):
        after.commit()
    database.cut()
    with pytest.raises(psycopg.OperationalError) as refused:
        before.commit()
    assert not isinstance(refused.value, OutcomeUnknown)


def test_server_that_became_one_to_be_read_only_is_left_for_the_next_request():
    patience.serve_requests()
    connection.close()
    with connection.cursor() as cursor:
        cursor.execute("SET default_transaction_read_only = on")
        assert connection.is_usable()
        with pytest.raises(InternalError):
            cursor.execute("CREATE TABLE written_by_this_test (number int)")
    assert not connection.connection.has_ended()
    connection.close_if_unusable_or_obsolete()  # as Django does after each request
    assert connection.connection is None
    with connection.cursor() as cursor:
        cursor.execute("SHOW transaction_read_only")
        assert cursor.fetchone() == ("off",)
    connection.close()


def test_healthy_connection_is_asked_nothing_before_a_request():
    """Django's check of each request is a look at the socket, and no question."""
    connection.ensure_connection()
    asked = []
    own = connection.connection
    own.wait, waits = (lambda *args, **kwargs: asked.append(1) or waits(*args, **kwargs)), own.wait
    try:
        connection.health_check_done = False
        connection.close_if_health_check_failed()
        assert asked == []
        assert connection.connection is own
    finally:
        del own.wait

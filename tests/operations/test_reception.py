"""Machines are answered while all threads hang; a thread stays with a connection that goes on."""

import contextlib
import socket
import threading
from concurrent.futures import wait
from types import SimpleNamespace

import pytest
from gunicorn.workers.gthread import ThreadWorker

from clinicinfo.reception import Job, Reception, Worker
from tests.servers import DEPLOY, wait_until


@pytest.fixture
def reception():
    """With two threads, and an event that lets go what hangs in them."""
    made, go = Reception(2), threading.Event()
    yield made, go
    go.set()
    made.shutdown()


@pytest.fixture
def connect():
    """A connection as gunicorn hands it on, whose client has sent these bytes; and the client."""
    with contextlib.ExitStack() as all_of_them:

        def make(sent: bytes):
            ours, theirs = map(all_of_them.enter_context, socket.socketpair())
            theirs.sendall(sent)
            return SimpleNamespace(sock=ours), theirs

        yield make


def hang(reception, connect, number=2):
    """Fill the threads."""
    made, go = reception
    begun = [threading.Event() for _thread in range(number)]
    futures = [
        made.submit(lambda _connection, here=here: (here.set(), go.wait(30)), connect(b"GET / HTTP/1.1\r\n")[0])
        for here in begun
    ]
    return begun, futures


@pytest.mark.parametrize(
    "asked", [b"GET /healthz HTTP/1.1\r\n", b"HEAD /healthz HTTP/1.1\r\n", b"GET /readyz HTTP/1.0\r\n"]
)
def test_a_machine_is_answered_while_all_threads_hang(reception, connect, asked):
    begun, _futures = hang(reception, connect)
    assert all(here.wait(10) for here in begun)
    assert reception[0].submit(lambda connection: connection.sock.recv(99), connect(asked)[0]).result(10) == asked


def test_a_machine_that_says_late_what_it_asks_for_is_answered_too(reception, connect):
    hang(reception, connect)
    connection, client = connect(b"")
    answer = reception[0].submit(lambda connection: "answered", connection)
    for piece in (b"GE", b"T /hea", b"lthz HTTP/1.1\r\n\r\n"):
        assert not wait([answer], timeout=0.15).done
        client.sendall(piece)
    assert answer.result(10) == "answered"


@pytest.mark.parametrize("asked", [b"GET /healthzz HTTP/1.1", b"GET /admin/ HTTP/1.1", b"\x16\x03\x01TLS", b"\r\n"])
def test_everybody_else_waits_for_a_thread(reception, connect, asked):
    made, go = reception
    hang(reception, connect)
    other = made.submit(lambda connection: "later", connect(asked)[0])
    machine = made.submit(lambda connection: "now", connect(b"GET /healthz HTTP/1.1\r\n")[0])
    assert machine.result(10) == "now"
    assert not wait([other], timeout=0.2).done
    go.set()
    assert other.result(10) == "later"


def test_each_connection_is_handled_once_and_what_fails_is_handed_back(reception, connect):
    made, go = reception
    _begun, futures = hang(reception, connect)
    handled = []

    def fail(connection):
        handled.append(connection)
        raise ValueError("a fault made for this test")

    failing = made.submit(fail, connect(b"GET /healthz HTTP/1.1\r\n")[0])
    assert isinstance(failing.exception(10), ValueError)
    go.set()
    wait(futures, timeout=10)
    last = made.submit(lambda connection: "after", connect(b"GET / HTTP/1.1\r\n")[0])
    assert last.result(10) == "after"
    assert len(handled) == 1


def test_a_client_that_went_away_is_left_to_the_threads(reception, connect):
    made, go = reception
    hang(reception, connect)
    connection, client = connect(b"")
    client.close()
    gone = made.submit(lambda connection: "closed", connection)
    assert not wait([gone], timeout=0.2).done
    go.set()
    assert gone.result(10) == "closed"


@pytest.mark.parametrize(
    ("sent", "is_machine"),
    [
        (b"HEAD /readyz HTTP/1.1\r\n", True),
        (b"OPTIONS /healthzz HTTP/1.1", False),
        (b"PROPFIND /readyzz HTTP/1.1", False),
        (b"GET /admin/ HTTP/1.1", False),
        (b"GET /healthz", None),
        (b"", None),
    ],
)
def test_the_first_bytes_say_whether_a_machine_asks_once_its_address_is_whole(connect, sent, is_machine):
    assert Job(None, connect(sent)[0]).is_of_a_machine() is is_machine


def test_who_hung_up_is_no_machine(connect):
    connection, client = connect(b"")
    client.close()
    assert Job(None, connection).is_of_a_machine() is False


def test_nobody_is_looked_at_before_all_threads_are_taken_and_then_each_once(reception, connect, monkeypatch):
    looked_at, look = [], Job.is_of_a_machine
    monkeypatch.setattr(Job, "is_of_a_machine", lambda job: looked_at.append(job) or look(job))
    hang(reception, connect)
    assert reception[0]._watcher is None
    reception[0].submit(lambda connection: "later", connect(b"GET /admin/ HTTP/1.1\r\n")[0])
    wait_until(lambda: looked_at)
    threading.Event().wait(0.3)  # for one look too many
    assert len(looked_at) == 1


def test_there_is_room_again_when_all_are_answered(reception, connect):
    made, go = reception
    hang(reception, connect, number=3)
    assert not made.has_room()
    go.set()
    wait_until(made.has_room)


def test_a_machine_that_is_seen_as_the_worker_ends_gets_no_thread(reception, connect):
    made, go = reception
    go.set()
    made.shutdown()
    job = Job(lambda _connection: "answered", connect(b"GET /healthz HTTP/1.1\r\n")[0])
    made._decide(job, is_machine=True)
    assert not job.is_taken


@pytest.fixture
def worker(monkeypatch):
    """A worker that works, with free threads; gunicorn's own part takes requests of one byte, and lets go at a zero."""
    taken = []

    def take(_worker, connection):
        taken.append(connection.sock.recv(1))
        return taken[-1] not in (b"0", b"")

    monkeypatch.setattr(ThreadWorker, "handle", take)
    made = Worker.__new__(Worker)
    made.alive, made.tpool, made.taken = True, SimpleNamespace(has_room=lambda: True), taken
    return made


def test_a_thread_stays_while_requests_follow_at_once(worker, connect):
    connection, _client = connect(b"123")
    assert worker.handle(connection) is True  # it is kept, for later ones
    assert worker.taken == [b"1", b"2", b"3"]


def test_a_thread_goes_when_the_connection_is_let_go_or_the_client_hangs_up(worker, connect):
    assert worker.handle(connect(b"10")[0]) is False
    connection, client = connect(b"2")
    client.close()
    assert worker.handle(connection) is False
    assert worker.taken == [b"1", b"0", b"2", b""]


def test_no_thread_stays_when_half_are_taken_or_the_worker_is_being_stopped(worker, connect):
    worker.tpool.has_room = lambda: False
    assert worker.handle(connect(b"12")[0]) is True
    worker.tpool.has_room, worker.alive = lambda: True, False
    assert worker.handle(connect(b"34")[0]) is True
    assert worker.taken == [b"1", b"3"]


def test_there_is_room_until_half_of_the_threads_are_taken(reception, connect):
    made, _go = reception
    assert made.has_room()
    assert hang(reception, connect, number=1)[0][0].wait(10)
    assert made.has_room()
    assert hang(reception, connect, number=1)[0][0].wait(10)
    assert not made.has_room()


def test_the_server_as_deployed_has_it():
    assert 'worker_class = "clinicinfo.reception.Worker"' in (DEPLOY / "gunicorn.conf.py").read_text()

"""What the server sends of a known page at once is to the letter what gunicorn would have sent; it leaves all else
alone."""

import socket
from types import SimpleNamespace

import pytest
from gunicorn import util
from gunicorn.config import Config
from gunicorn.http.errors import InvalidRequestLine
from gunicorn.http.parser import RequestParser
from gunicorn.workers.gthread import ThreadWorker

from clinicinfo.at_once import answer_at_once
from clinicinfo.reception import Worker
from monographs.operations.requests.proxy_cache import KeptByProxy
from tests.reading.page_cache.bare import Application, One, around

HOST = "clinic.example"
PAGE = "GET /page/ HTTP/1.1"


def asked(*headers: str, line: str = PAGE, body: str = "") -> bytes:
    return "\r\n".join([line, f"Host: {HOST}", *headers, "", body]).encode("latin-1")


@pytest.fixture
def config():
    made = Config()
    for name, value in {"http_parser": "python", "forwarded_allow_ips": "*", "keepalive": 75}.items():
        made.set(name, value)
    return made


@pytest.fixture
def site():
    """The site as it is behind nginx; it has made its page, for each encoding."""
    application = Application()
    application.headers["Cache-Control"] = "public, max-age=0"
    made = KeptByProxy(around(application), looked_at=lambda: 1_000.0)
    for encoding in ("", "gzip", "br"):
        tag = One(made, HTTP_ACCEPT_ENCODING=encoding).headers["etag"]
    return SimpleNamespace(application=application, wsgi=made, tag=tag)


@pytest.fixture
def sent_by(config, site, monkeypatch):
    """What a worker of this kind sends for these bytes, and whether it keeps the connection."""
    monkeypatch.setattr(util, "http_date", lambda: "Mon, 30 Nov 2026 03:00:00 GMT")

    def send(kind: type[ThreadWorker], request: bytes, **state: object) -> tuple[bytes, bool]:
        worker = kind.__new__(kind)
        worker.cfg, worker.log = config, SimpleNamespace(access=lambda *_all: None, debug=lambda *_all: None)
        worker.app = SimpleNamespace(wsgi=lambda: site.wsgi)
        worker.alive, worker.nr, worker.max_requests, worker.max_keepalived = True, 0, 1_000, 10
        worker.keepalived_conns = []
        worker.__dict__.update(state)
        worker.load_wsgi()
        ours, theirs = socket.socketpair()
        with ours, theirs:
            connection = SimpleNamespace(sock=ours, client=("127.0.0.1", 5), server=("127.0.0.1", 8000))
            is_kept = worker.handle_request(next(RequestParser(config, iter([request]), connection.client)), connection)
            ours.shutdown(socket.SHUT_WR)
            return b"".join(iter(lambda: theirs.recv(65_536), b"")), is_kept

    return send


PLAIN = [
    asked(),
    asked("Accept-Encoding: gzip, deflate, br", "User-Agent: x"),
    asked("Accept-Encoding: gzip"),
    asked(line="HEAD /page/ HTTP/1.1"),
    asked(line="GET /page/?utm_source=letter HTTP/1.1"),
    asked("If-None-Match: *"),
    asked('If-Match: "another"'),
    asked("Connection: keep-alive", "X-Forwarded-For: 192.0.2.1"),
]


@pytest.mark.parametrize("request_", PLAIN)
def test_a_known_page_is_sent_to_the_letter_as_gunicorn_would(sent_by, config, site, request_):
    ours, theirs = sent_by(Worker, request_), sent_by(ThreadWorker, request_)
    assert ours == theirs
    assert ours[0].startswith((b"HTTP/1.1 200 OK", b"HTTP/1.1 304", b"HTTP/1.1 412"))
    assert answer_at_once(site.wsgi.known, next(RequestParser(config, iter([request_]), ("127.0.0.1", 5)))) == ours[0]


def test_a_page_that_the_reader_has_is_told_so_at_once(sent_by, site):
    request = asked(f"If-None-Match: {site.tag}", "Accept-Encoding: br")
    answer, is_kept = sent_by(Worker, request)
    assert answer.startswith(b"HTTP/1.1 304 Not Modified\r\n")
    assert (answer, is_kept) == sent_by(ThreadWorker, request)


@pytest.mark.parametrize(
    "request_",
    [
        asked(line="POST /page/ HTTP/1.1"),
        asked(line="GET /page/ HTTP/1.0"),
        asked(line="GET /p%61ge/ HTTP/1.1"),
        asked(line="GET /other/ HTTP/1.1"),
        asked(line="GET /page/?answer=5 HTTP/1.1"),
        asked(line="GET /admin/ HTTP/1.1"),
        asked("Connection: close"),
        asked("Content-Length: 3", body="abc"),
        asked("Content-Length: 0"),
        asked("Transfer-Encoding: chunked", body="0\r\n\r\n"),
        asked("Expect: 100-continue"),
        asked("Accept-Encoding: br", "Accept-Encoding: gzip"),
    ],
)
def test_gunicorn_answers_what_is_more_than_a_plain_question_for_a_known_page(sent_by, config, site, request_):
    parser = RequestParser(config, iter([request_]), ("127.0.0.1", 5))
    assert answer_at_once(site.wsgi.known, next(parser)) is None
    assert sent_by(Worker, request_) == sent_by(ThreadWorker, request_)


@pytest.mark.parametrize("setting", [("accesslog", "-"), ("max_requests", 5), ("keepalive", 0)])
def test_gunicorn_answers_all_where_it_is_to_log_count_or_close(sent_by, config, setting, monkeypatch):
    config.set(*setting)
    monkeypatch.setattr(KeptByProxy, "known", lambda *_all: pytest.fail("asked at once"))
    assert sent_by(Worker, asked())[0].startswith(b"HTTP/1.1 200 OK")


@pytest.mark.parametrize("state", [{"alive": False}, {"keepalived_conns": [None] * 10}])
def test_gunicorn_answers_whose_connection_is_not_to_be_kept(sent_by, state, monkeypatch):
    monkeypatch.setattr(KeptByProxy, "known", lambda *_all: pytest.fail("asked at once"))
    answer, is_kept = sent_by(Worker, asked(), **state)
    assert (answer[:15], is_kept) == (b"HTTP/1.1 200 OK", False)


def test_gunicorn_answers_all_where_the_site_is_mounted_elsewhere(sent_by, monkeypatch):
    monkeypatch.setenv("SCRIPT_NAME", "/leaflets")
    monkeypatch.setattr(KeptByProxy, "known", lambda *_all: pytest.fail("asked at once"))
    sent_by(Worker, asked(line="GET /leaflets/page/ HTTP/1.1"))


def test_an_application_without_kept_pages_is_gunicorns_alone(sent_by, site):
    site.wsgi = site.application
    assert sent_by(Worker, asked()) == sent_by(ThreadWorker, asked())


@pytest.mark.parametrize(
    "request_",
    [
        asked(line="POST /page/ HTTP/1.1"),
        asked(line="OPTIONS /page/ HTTP/1.1"),
        asked("Connection: keep-alive", line="GET /page/ HTTP/1.0"),
        asked("Connection: close"),
        asked(line="GET /p%61ge/ HTTP/1.1"),
        asked("Accept-Encoding: br", "Accept-Encoding: gzip"),
        asked("Content-Length: 0"),
        asked("Expect: 100-continue"),
    ],
)
def test_what_is_more_than_plain_is_not_even_looked_for(config, request_):
    parsed = next(RequestParser(config, iter([request_]), ("127.0.0.1", 5)))
    assert answer_at_once(lambda *_asked: pytest.fail("It was looked for."), parsed) is None


def test_gunicorn_refuses_an_address_that_is_not_in_ascii(config):
    """What is looked for at once need not be decoded."""
    request = asked(line="GET /p\xe4ge/ HTTP/1.1")
    with pytest.raises(InvalidRequestLine):
        next(RequestParser(config, iter([request]), ("127.0.0.1", 5)))

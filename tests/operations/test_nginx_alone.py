"""`deploy/nginx.conf` with a real nginx before an application of one sentence: what it keeps, shows again and logs."""

import contextlib
import socketserver
import threading
import time
from http.server import BaseHTTPRequestHandler

import pytest

from tests.servers import NGINX, nginx

pytestmark = pytest.mark.skipif(not NGINX, reason="nginx is not installed (on Debian: apt-get install nginx)")
PAGE = "/leaflets/testamol/"
PUBLIC = {"Cache-Control": "public, max-age=0, must-revalidate"}


class Application(socketserver.ThreadingUnixStreamServer):
    """Answers every address with ``status``, ``words`` and ``headers``; 304 to whoever knows the ``ETag`` in them."""

    daemon_threads = True

    def __init__(self, path):
        self.says(200, "Take 5 mg.")
        self.may_answer = threading.Event()
        self.may_answer.set()
        super().__init__(str(path), _Handler)

    def says(self, status, words, *, until=None, **headers):
        """``until`` is the last second, counted from 1970, in which nginx may show it by itself."""
        expires = {} if until is None else {"X-Accel-Expires": f"@{int(until)}"}  # first, as the site sends it
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        self.status, self.words, self.headers = status, words, {**expires, **PUBLIC, **named}


class _Handler(BaseHTTPRequestHandler):
    def do_GET(self):
        server = self.server
        server.may_answer.wait(30)
        has_it = server.headers.get("ETag") and self.headers.get("If-None-Match") == server.headers["ETag"]
        body = b"" if has_it else server.words.encode()
        self.send_response_only(304 if has_it else server.status)
        for name, value in server.headers.items():
            self.send_header(name, value)
        if not has_it:
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *words):
        pass


@contextlib.contextmanager
def _serving(path):
    with Application(path) as application:
        thread = threading.Thread(target=application.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        try:
            yield application
        finally:
            application.shutdown()
            thread.join()


@pytest.fixture(scope="module")
def both(tmp_path_factory):
    folder = tmp_path_factory.mktemp("alone")
    folder.chmod(0o755)
    with _serving(folder / "web.sock") as application, nginx(folder, folder / "web.sock") as front:
        yield application, front


def answer_of(front, path=PAGE):
    answer = front.ask("GET", path)
    return answer.status, answer.getheader("X-Cache"), answer.text


def past_its_second(application, front, path):
    """The address was read, and what nginx keeps of it holds no longer."""
    application.says(200, "Take 5 mg.", until=time.time() - 2)
    assert answer_of(front, path) == (200, "MISS", "Take 5 mg.")


def test_page_is_shown_without_asking_until_its_second_ends(both):
    application, front = both
    application.says(200, "Take 5 mg.", until=time.time() + 600)
    assert answer_of(front) == (200, "MISS", "Take 5 mg.")
    application.says(200, "Withdrawn.", until=time.time() + 600)
    assert answer_of(front) == (200, "HIT", "Take 5 mg.")
    past_its_second(application, front, "/leaflets/other/")
    application.says(200, "Withdrawn.", until=time.time() + 600)
    assert answer_of(front, "/leaflets/other/") == (200, "EXPIRED", "Withdrawn.")


def test_what_does_not_say_until_when_is_asked_for_each_time(both):
    application, front = both
    for words in ("Take 5 mg.", "Withdrawn."):
        application.says(200, words)
        assert answer_of(front, "/leaflets/unmarked/") == (200, "MISS", words)


@pytest.mark.parametrize("status", [502, 503, 504])
def test_site_that_says_that_it_cannot_answer_is_stood_in_for(both, status):
    application, front = both
    past_its_second(application, front, f"/leaflets/away-{status}/")
    application.says(status, "We cannot show this page at the moment.")
    assert answer_of(front, f"/leaflets/away-{status}/") == (200, "STALE", "Take 5 mg.")
    assert answer_of(front, f"/leaflets/unknown-{status}/")[0] == status


def test_site_that_hangs_is_stood_in_for_before_readers_give_up(tmp_path):
    """After twenty seconds in earnest (deploy/nginx.conf), after three here."""
    tmp_path.chmod(0o755)
    socket = tmp_path / "web.sock"
    with _serving(socket) as application, nginx(tmp_path, socket, patience=3) as front:
        past_its_second(application, front, PAGE)
        application.may_answer.clear()
        assert answer_of(front, PAGE) == (200, "STALE", "Take 5 mg.")
        assert answer_of(front, "/leaflets/unknown/")[0] == 504
        application.may_answer.set()


@pytest.mark.parametrize("status", [404, 410, 500])
def test_site_that_answers_has_the_last_word(both, status):
    application, front = both
    past_its_second(application, front, f"/leaflets/gone-{status}/")
    application.says(status, "Not here.")
    assert answer_of(front, f"/leaflets/gone-{status}/") == (status, "EXPIRED", "Not here.")


def test_page_that_still_holds_is_kept_again_and_one_of_other_headers_replaces_it(both):
    application, front = both
    application.says(200, "Take 5 mg.", until=time.time() - 2, ETag='"one"', Content_Language="en")
    assert answer_of(front, "/leaflets/known/") == (200, "MISS", "Take 5 mg.")
    application.says(200, "Take 5 mg.", until=time.time() + 600, ETag='"one"', Content_Language="cy")
    assert answer_of(front, "/leaflets/known/") == (200, "REVALIDATED", "Take 5 mg.")
    again = front.ask("GET", "/leaflets/known/")  # nginx keeps the old headers: so a tag is of the headers, too
    assert (again.getheader("X-Cache"), again.getheader("Content-Language")) == ("HIT", "en")


@pytest.mark.parametrize("path", ["/admin/", "/admin/login/", "/healthz", "/readyz", "/search/?q=testamol"])
def test_staff_health_and_questions_are_never_kept(both, path):
    application, front = both
    for words in ("One.", "Two."):
        application.says(200, words, until=time.time() + 600)
        answer = front.ask("GET", path)
        assert answer.text == words
        assert answer.getheader("X-Cache") in (None, "BYPASS")


def test_no_log_has_a_word_of_what_was_looked_for_while_nobody_answers(tmp_path):
    tmp_path.chmod(0o755)
    questions = (
        "/search/?q=baclofen", "/search/suggestions/?q=baclofen", "/together/?m=baclofen", "/print/?m=baclofen",
        "/ar/search/?q=baclofen", "/ar/together/?m=baclofen", "/",
    )  # fmt: skip
    with nginx(tmp_path, tmp_path / "nobody.sock") as front:
        for address in questions:
            answer = front.ask("GET", address, Referer="https://leaflets.clinic.example/search/?q=baclofen")
            assert answer.status == 502
        assert front.ask("GET", "/readyz").status == 502
    told = (tmp_path / "access.log").read_text() + (tmp_path / "error.log").read_text()
    assert told.count(" 502 ") == len(questions) + 1
    assert "baclofen" not in told
    assert "nobody.sock failed" in told  # whoever watches `/readyz` finds out why

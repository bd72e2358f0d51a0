"""Somebody holds the lock: whoever writes is told so with the words in hand, and whoever reads notices nothing."""

import itertools
import runpy
import threading
from contextlib import closing
from html import unescape
from urllib.parse import urlencode

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from monographs.audit.turns import READERS, STAFF
from monographs.comments.models import Comment, State
from monographs.reading.public import hour_of
from monographs.reading.replies.form import make_token
from monographs.review.fact_check import ask, token_of
from monographs.revisions.actions import newest_revision
from tests.admin.forms import change_url, form_of
from tests.faults.test_database_trouble import locked_by_another, waiting_less
from tests.makers import make_comment, make_published
from tests.people import PASSWORD, make_person
from tests.servers import DEPLOY, UnixConnection, site

pytestmark = pytest.mark.django_db(transaction=True)

LEAFLET = "/leaflets/testamol/"
TITLE = "A title that somebody thought about for long"
ANSWER = "An answer that the clinic thought about for long"
TEN = 10  # writers that wait
READS = 60
MOST_READS = 45  # on a machine that does much else; where all threads are held, most readers give up
PATIENCE = 2  # seconds of a reader, who would wait for three behind a writer
LONGEST = 60  # seconds that a writer waits, on however busy a machine: for ever, if it waited for the lock


def text_of(answer) -> str:
    return unescape(answer.content.decode())


@pytest.fixture
def leaflet():
    return make_published().leaflet


# --- Each form comes back ---


def test_moderator_who_answers_gets_the_answer_back(leaflet):
    comment, client = make_comment(leaflet.publications.get()), Client(raise_request_exception=False)
    client.force_login(make_person("carla"))
    address, form = reverse("admin:reply", args=[comment.pk]), {"verb": "answer", "body": ANSWER, "seen": "pending-0-0"}
    with waiting_less(), locked_by_another(30):
        answer = client.post(address, form)
    assert (answer.status_code, answer["Retry-After"]) == (503, "10")
    assert ANSWER in text_of(answer)
    assert "Nothing of yours is saved yet" in text_of(answer)
    comment.refresh_from_db()
    assert comment.state == State.PENDING


def test_who_logs_in_gets_the_page_back_with_the_name_and_without_the_password():
    make_person("ana")
    client = Client(raise_request_exception=False)
    with waiting_less(), locked_by_another(30):
        answer = client.post("/admin/login/", {"username": "ana", "password": PASSWORD, "next": "/admin/"})
    assert (answer.status_code, answer["Retry-After"]) == (503, "10")
    assert "Nothing of yours is saved yet" in text_of(answer)
    assert 'value="ana"' in text_of(answer)
    assert PASSWORD not in text_of(answer)
    assert client.post("/admin/login/", {"username": "ana", "password": PASSWORD, "next": "/admin/"}).status_code == 302


def test_who_answers_a_fact_check_gets_the_words_back(leaflet):
    check = ask(newest_revision(leaflet), by=make_person("bruno"), expert="Professor Example")
    client = Client(raise_request_exception=False)
    with waiting_less(), locked_by_another(30):
        answer = client.post(reverse("fact-check", args=[token_of(check)]), {"verdict": "correct", "answer": ANSWER})
    assert answer.status_code == 503
    assert ANSWER in text_of(answer)


# --- Too many at once ---


def test_reply_that_gets_no_turn_is_given_back(leaflet, monkeypatch):
    monkeypatch.setattr("monographs.audit.turns.PATIENCE", 0.01)
    token = make_token(leaflet, leaflet.publications.get().pk, hour_of(timezone.now()))
    with READERS.one(), READERS.one():
        answer = Client().post(f"{LEAFLET}reply/", {"token": token, "body": "My words."})
    assert (answer.status_code, answer["Retry-After"]) == (503, "10")
    assert "Many people are writing to us" in text_of(answer)
    assert ">\nMy words.</textarea>" in text_of(answer)
    assert Client().post(f"{LEAFLET}reply/", {"token": token, "body": "My words."}).status_code == 303


def test_form_of_the_staff_that_gets_no_turn_is_given_back_and_reading_needs_none(leaflet, monkeypatch):
    monkeypatch.setattr("monographs.audit.turns.PATIENCE", 0.01)
    client = Client()
    client.force_login(make_person("ana"))
    with STAFF.one(), STAFF.one(), STAFF.one(), STAFF.one():
        answer = client.post(change_url(leaflet), form_of(leaflet, title=TITLE))
        assert client.get(change_url(leaflet)).status_code == 200
        login = Client().post("/admin/login/", {"username": "ana", "password": PASSWORD})
    assert (answer.status_code, answer["Retry-After"]) == (503, "10")
    assert "Many people are saving at the moment" in text_of(answer)
    assert TITLE in text_of(answer)
    assert (login.status_code, 'value="ana"' in text_of(login)) == (503, True)
    assert client.post(change_url(leaflet), form_of(leaflet, title=TITLE)).status_code == 302


def test_turns_leave_threads_for_readers():
    assert READERS.most + STAFF.most < runpy.run_path(str(DEPLOY / "gunicorn.conf.py"))["threads"]


def test_a_busy_database_is_not_taken_for_one_without_json(leaflet):
    """Django would remember it for as long as the connection lives, and every list with a JSON object would fail."""
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL has JSON, and is not asked.")
    connection.features.__dict__.pop("supports_json_field", None)
    with locked_by_another(5):
        assert connection.features.supports_json_field


# --- On the server as it is deployed ---


class Writer:
    """Sends a form again and again until told to stop; keeps every answer."""

    def __init__(self, server, path: str, fields: dict, words: str, cookie: str = ""):
        self._server, self._path, self._fields, self._words = server, path, fields, words
        self._headers = {"Content-Type": "application/x-www-form-urlencoded", "Cookie": cookie}
        self.has_begun = threading.Event()
        self.answers: list[tuple[int, bool]] = []  # status, and whether the words came back

    def send(self, stop: threading.Event) -> None:
        while not stop.is_set():
            with closing(UnixConnection(self._server.socket, timeout=LONGEST)) as client:
                client.request("POST", self._path, urlencode(self._fields, doseq=True), self._headers)
                self.has_begun.set()
                answer = client.getresponse()
                self.answers.append((answer.status, self._words in unescape(answer.read().decode())))
            stop.wait(0.5)  # nobody types faster


def ten_writers(server, leaflet) -> list[Writer]:
    """Savers, moderators and readers who reply, who all have the same to wait for."""
    secret = "s" * 32
    cookies = {}
    for username in ("ana", "carla"):
        client = Client()
        client.force_login(make_person(username))
        cookies[username] = f"staff-session={client.cookies['staff-session'].value}; staff-csrf={secret}"
    publication = leaflet.publications.get()
    token, comment = make_token(leaflet, publication.pk, hour_of(timezone.now())), make_comment(publication)
    save = {**form_of(leaflet, title=TITLE), "csrfmiddlewaretoken": secret}
    decide = {"verb": "answer", "body": ANSWER, "seen": "pending-0-0", "csrfmiddlewaretoken": secret}
    kinds = [
        lambda: Writer(server, change_url(leaflet), save, TITLE, cookies["ana"]),
        lambda: Writer(server, reverse("admin:reply", args=[comment.pk]), decide, ANSWER, cookies["carla"]),
        lambda: Writer(server, f"{LEAFLET}reply/", {"token": token, "body": "My words."}, "My words."),
    ]
    return [make() for make in itertools.islice(itertools.cycle(kinds), TEN)]


def read(server, path: str) -> bool:
    with closing(UnixConnection(server.socket, timeout=PATIENCE)) as client:
        try:
            client.request("GET", path)
            answer = client.getresponse()
            answer.read()
        except TimeoutError:
            return False
        return answer.status == 200


def test_ten_writers_wait_and_readers_are_served(tmp_path, leaflet):
    """Known pages and others. All ten come to one process, which is the worst that can happen; a reader who had to
    wait behind one of them would give up."""
    paths = (LEAFLET, "/", "/a-z/", "/search/?q=testamol", "/admin/login/")
    with site(tmp_path, GUNICORN_CMD_ARGS="--workers 1") as server:
        writers, stop = ten_writers(server, leaflet), threading.Event()
        for path in paths * 2:
            read(server, path)  # what a new process makes once is made
        threads = [threading.Thread(target=writer.send, args=(stop,)) for writer in writers]
        with locked_by_another(120):
            for thread in threads:
                thread.start()
            assert all(writer.has_begun.wait(LONGEST) for writer in writers)
            served = [read(server, paths[number % len(paths)]) for number in range(READS)]
            stop.set()
            for thread in threads:
                thread.join(LONGEST)
        assert served.count(True) >= MOST_READS, served
        for writer in writers:
            assert writer.answers, "a writer waited longer than was promised"
            assert set(writer.answers) == {(503, True)}
        assert Comment.objects.count() == 1

"""PostgreSQL refuses, is silent or ends its connections under the real server: who gets which answer, in which words.

Nobody waits longer than `SOON` for an answer: that is the limit of every client here. The promise is 5 seconds; the
rest is for a busy machine.
"""

import threading
from html import unescape
from urllib.parse import urlencode

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.utils import timezone

from monographs.comments.models import Comment
from monographs.reading.public import hour_of
from monographs.reading.replies.form import make_token
from tests.admin.forms import change_url, form_of
from tests.faults.between import between
from tests.makers import make_published
from tests.people import make_person
from tests.servers import UnixConnection, ask, site, wait_until

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif("sqlite" in settings.DATABASES["default"]["ENGINE"], reason="SQLite has no connection to lose"),
]

SOON = 8  # seconds
BACK = 3  # seconds after the database, plus the second that the page cache keeps what it knows
KNOWN, UNKNOWN = "/leaflets/testamol/", "/a-z/"
FORM = {"Content_Type": "application/x-www-form-urlencoded"}
TITLE = "A title that somebody thought about for long"


@pytest.fixture(scope="module")
def database(django_db_setup):
    with between() as running:
        yield running


@pytest.fixture(scope="module")
def server(database, tmp_path_factory, django_db_setup, django_db_blocker):
    """One process, so that all requests meet the same page cache and the same knowledge of the database. What it reads
    once, such as the rules that a reply is looked at with, is read: on a busy machine that alone takes longer than
    `SOON`."""
    folder = tmp_path_factory.mktemp("site")
    with django_db_blocker.unblock(), site(folder, database=database.url, GUNICORN_CMD_ARGS="--workers 1") as running:
        leaflet = make_published().leaflet
        assert running.ask("POST", f"{KNOWN}reply/", _reply("First of all.", _token(leaflet)), **FORM).status == 303
        django_db_setup()
        yield running


def _token(leaflet) -> str:
    """As on its page in this hour."""
    return make_token(leaflet, leaflet.publications.get().pk, hour_of(timezone.now()))


def _reply(body: str, token: str) -> str:
    return urlencode({"token": token, "name": "", "website": "", "body": body})


class Visitors:
    """A reader who has opened a leaflet with its form, and one of the staff who has opened the leaflet's form."""

    def __init__(self, server):
        self._server = server
        leaflet = make_published().leaflet

        def is_known() -> bool:  # and not an earlier test's page
            self._token = _token(leaflet)
            return self._token in unescape(self.get(KNOWN).text)

        wait_until(is_known)
        for _time in range(5):  # on a busy machine a page is not kept where the look-up of the stamp comes late
            self.get(KNOWN)
        client = Client()
        client.force_login(make_person("ana"))
        self._secret = "s" * 32
        self._cookie = f"staff-session={client.cookies['staff-session'].value}; staff-csrf={self._secret}"
        self._address, self._fields = change_url(leaflet), form_of(leaflet, title=TITLE)

    def ask(self, method: str, path: str, body: str | None = None, **headers: str):
        return ask(UnixConnection(self._server.socket, timeout=SOON), method, path, body, **headers)

    def get(self, path: str):
        return self.ask("GET", path)

    def desk(self):
        return self.ask("GET", "/admin/", Cookie=self._cookie)

    def reply(self, body: str):
        return self.ask("POST", f"{KNOWN}reply/", _reply(body, self._token), **FORM)

    def save(self):
        form = urlencode({**self._fields, "csrfmiddlewaretoken": self._secret}, doseq=True)
        return self.ask("POST", self._address, form, Cookie=self._cookie, **FORM)


@pytest.fixture
def visitors(server, database):
    yield Visitors(server)
    database.pass_on()


def check_that_it_is_away(visitors) -> None:
    """Known pages go on; everything else is told so in words, with what was written, and soon."""
    known = visitors.get(KNOWN)
    assert (known.status, "Testamol" in known.text) == (200, True)
    for answer in (visitors.get(UNKNOWN), visitors.get("/search/?q=testamol"), visitors.desk()):
        assert answer.status == 503
        assert answer.getheader("Retry-After") == "30"
        assert "We cannot show this page at the moment" in answer.text
    reply = visitors.reply("Words of a reader, sent in the night.")
    assert reply.status == 503
    assert reply.getheader("Retry-After") == "10"
    assert "Words of a reader, sent in the night." in reply.text
    saved = visitors.save()
    assert saved.status == 503
    assert saved.getheader("Retry-After") == "30"
    assert "That cannot be done at the moment" in saved.text
    assert TITLE in unescape(saved.text)
    assert visitors.get(KNOWN).status == 200


def check_that_it_is_back(visitors) -> None:
    """Within three seconds, and from then on for all."""
    wait_until(lambda: visitors.get(UNKNOWN).status == 200, seconds=BACK + SOON)
    for answer in (visitors.get(KNOWN), visitors.get(UNKNOWN), visitors.desk()):
        assert answer.status == 200
    assert visitors.reply("And again.").status == 303
    assert Comment.objects.get().body == "And again."


def test_refusing_database(visitors, database):
    database.refuse()
    check_that_it_is_away(visitors)
    database.pass_on()
    check_that_it_is_back(visitors)


def test_silent_database(visitors, database):
    database.fall_silent()
    check_that_it_is_away(visitors)
    database.pass_on()
    check_that_it_is_back(visitors)


def test_many_readers_of_a_silent_database_are_all_answered_soon(visitors, database):
    """More than there are threads, and those of a known page among them."""
    database.fall_silent()
    answers = {}

    def read(number: int, path: str) -> None:
        answers[number, path] = visitors.get(path).status

    asked = [(number, path) for number in range(14) for path in ("/search/?q=x", KNOWN)]
    readers = [threading.Thread(target=read, args=one) for one in asked]
    for reader in readers:
        reader.start()
    for reader in readers:
        reader.join(3 * SOON)
    assert {path: {answers.get((number, path)) for number in range(14)} for _number, path in asked} == {
        "/search/?q=x": {503},
        KNOWN: {200},
    }


@pytest.mark.parametrize("how", ["by its administrator", "in between"])
def test_first_request_after_all_connections_have_ended_works(visitors, database, how):
    for _time in range(3):
        visitors.get("/search/?q=testamol")
    if how == "in between":
        database.cut()
    else:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = current_database() "
                "AND pid <> pg_backend_pid() AND backend_type = 'client backend'"
            )
    assert visitors.reply("First.").status == 303
    found = [visitors.get("/healthz"), visitors.desk(), *(visitors.get("/search/?q=testamol") for _time in range(8))]
    assert [answer.status for answer in found] == [200] * 10


def test_page_whose_connection_ends_in_the_middle_is_made_once_more(visitors, database):
    for page in (lambda: visitors.get("/search/?q=testamol"), visitors.desk):
        database.cut_at(b"SELECT")
        assert page().status == 200
        assert database.has_cut.is_set()


def test_reply_whose_connection_ends_before_it_is_saved_is_handed_back(visitors, database):
    database.cut_at(b'INSERT INTO "monographs_comment"')
    answer = visitors.reply("Sent once.")
    assert database.has_cut.is_set()
    assert answer.status == 503
    assert "Sent once." in answer.text
    assert "Your reply was not sent yet" in answer.text
    assert not Comment.objects.exists()


def test_reply_whose_commit_is_not_answered_says_that_nobody_knows(visitors, database):
    database.cut_at(b"COMMIT", before=False)
    answer = visitors.reply("Sent once.")
    assert database.has_cut.is_set()
    assert answer.status == 503
    assert "We do not know whether your reply was sent" in answer.text
    assert "look whether it is there before you send it again" in answer.text
    assert "Sent once." in answer.text
    assert Comment.objects.count() == 1  # here it was


def test_form_whose_commit_is_not_answered_says_that_nobody_knows(visitors, database):
    database.cut_at(b"COMMIT", before=False)
    answer = visitors.save()
    assert database.has_cut.is_set()
    assert answer.status == 503
    assert "We do not know whether that was saved" in answer.text
    assert "It was not recorded" not in answer.text
    assert TITLE in unescape(answer.text)

"""The database is busy, slow or gone: readers wait or are told so, and nothing is half written."""

import contextlib
import datetime as dt
import os
import signal
import sqlite3
import subprocess
import sys
import threading

import pytest
from django.conf import settings
from django.core import mail
from django.db import InterfaceError, OperationalError, connection
from django.test import Client
from django.utils import timezone

from monographs.audit.record import _LEDGER_LOCK
from monographs.comments.models import Comment
from monographs.mail.models import Letter
from monographs.mail.outbox import CLAIMED_FOR, send_due
from monographs.search.missed import write_missed
from monographs.search.models import MissedSearch
from tests.admin.forms import change_url, form_of
from tests.makers import make_leaflet, make_published
from tests.people import make_person
from tests.publication.test_kill import database_url
from tests.reading.parts import token_on, words

PAGES = ("/", "/a-z/", "/search/?q=x", "/leaflets/testamol/", "/leaflets/testamol/versions/", "/nothing/",
         "/updates.atom", "/sitemap.xml", "/admin/", "/admin/login/")  # fmt: skip


@contextlib.contextmanager
def locked_by_another(seconds: float):
    """Somebody else holds the lock that writers need, for a while."""
    ready = threading.Event()

    def hold_sqlite() -> None:
        other = sqlite3.connect(connection.settings_dict["NAME"], isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        ready.set()
        done.wait(seconds)
        other.rollback()
        other.close()

    def hold_postgresql() -> None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(%s)", [_LEDGER_LOCK])
            ready.set()
            done.wait(seconds)
            cursor.execute("SELECT pg_advisory_unlock(%s)", [_LEDGER_LOCK])
        connection.close()

    done = threading.Event()
    holder = threading.Thread(target=hold_sqlite if connection.vendor == "sqlite" else hold_postgresql)
    holder.start()
    assert ready.wait(10)
    try:
        yield
    finally:
        done.set()
        holder.join(10)


@contextlib.contextmanager
def waiting_less():
    """This connection gives up after 0.1 seconds; PostgreSQL's goes back to its pool as it was."""
    shorter, as_before = {
        "sqlite": ("PRAGMA busy_timeout = 100", f"PRAGMA busy_timeout = {settings.WAIT_FOR_A_LOCK * 1000}"),
        "postgresql": ("SET lock_timeout = 100", "RESET lock_timeout"),
    }[connection.vendor]
    with connection.cursor() as cursor:
        cursor.execute(shorter)
        try:
            yield
        finally:
            cursor.execute(as_before)


@pytest.mark.django_db(transaction=True)
def test_reply_waits_for_another_writer_and_is_kept():
    make_published()
    client = Client(raise_request_exception=False)
    token = token_on(client, "testamol")
    with locked_by_another(1):
        answer = client.post("/leaflets/testamol/reply/", {"token": token, "body": "My words."})
    assert answer.status_code == 303
    assert Comment.objects.get().body == "My words."


@pytest.mark.django_db(transaction=True)
def test_readers_read_while_somebody_writes():
    make_published()
    with locked_by_another(30):
        for address in PAGES[:5]:
            assert Client().get(address).status_code == 200


@pytest.mark.django_db(transaction=True)
def test_reply_that_waited_too_long_is_told_so_and_not_kept():
    make_published()
    client = Client(raise_request_exception=False)
    token = token_on(client, "testamol")
    with waiting_less(), locked_by_another(30):
        answer = client.post("/leaflets/testamol/reply/", {"token": token, "body": "My words."})
    assert answer.status_code == 503
    assert answer["Retry-After"] == "10"
    assert "Nothing of yours is saved yet" in words(answer)
    assert ">\nMy words.</textarea>" in answer.content.decode()
    assert not Comment.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_form_of_the_staff_that_waited_too_long_comes_back_with_its_words():
    leaflet = make_leaflet()
    client = Client(raise_request_exception=False)
    client.force_login(make_person("ana"))
    address = change_url(leaflet)
    fields = form_of(leaflet, title="A title that somebody thought about for long")
    with waiting_less(), locked_by_another(30):
        answer = client.post(address, fields)
    assert answer.status_code == 503
    assert answer["Retry-After"] == "10"
    assert "A title that somebody thought about for long" in words(answer)
    leaflet.refresh_from_db()
    assert leaflet.title != "A title that somebody thought about for long"


@pytest.mark.django_db(transaction=True)
def test_search_that_finds_nothing_does_not_wait_for_a_writer():
    client = Client(raise_request_exception=False)
    with waiting_less(), locked_by_another(30):
        for query in ("methadone", "lithium", "methadone"):
            assert client.get("/search/", {"q": query}).status_code == 200
        assert write_missed() == 0 or connection.vendor == "postgresql"  # where the ledger's lock is another
    write_missed()
    assert MissedSearch.objects.get(folded="methadone").count == 2


@pytest.mark.django_db
def test_reply_without_a_database_hands_the_text_back():
    make_published()
    client = Client(raise_request_exception=False)
    token = token_on(client, "testamol")

    def fail(*args):
        raise OperationalError("could not connect to secret-host as hunter2")

    with connection.execute_wrapper(fail):
        answer = client.post("/leaflets/testamol/reply/", {"token": token, "body": "My words."})
    assert answer.status_code == 503
    assert answer["Retry-After"] == "10"
    assert ">\nMy words.</textarea>" in answer.content.decode()
    assert "hunter2" not in answer.content.decode()


@pytest.mark.django_db
def test_writer_waits_for_another_as_long_as_the_settings_say():
    ask = {"sqlite": "PRAGMA busy_timeout", "postgresql": "SHOW lock_timeout"}
    with connection.cursor() as cursor:
        [waits] = cursor.execute(ask[connection.vendor]).fetchone()
    assert waits in (settings.WAIT_FOR_A_LOCK * 1000, f"{settings.WAIT_FOR_A_LOCK}s")


@pytest.mark.django_db
@pytest.mark.parametrize("error", [OperationalError, InterfaceError])
@pytest.mark.parametrize("address", PAGES)
def test_page_without_a_database_is_a_503_that_says_so(address, error):
    client = Client(raise_request_exception=False)
    client.cookies["staff-session"] = "x" * 32

    def fail(*args):
        raise error("could not connect to secret-host as hunter2")

    with connection.execute_wrapper(fail):
        answer = client.get(address)
    if address == "/admin/login/" and answer.status_code == 200:
        return  # the log-in form itself needs no database
    assert answer.status_code == 503
    assert answer["Retry-After"] == "30"
    assert answer["Cache-Control"] == "no-store"
    assert "We cannot show this page at the moment" in words(answer)
    assert "hunter2" not in answer.content.decode()


@pytest.mark.django_db
def test_other_failures_stay_500(monkeypatch):
    def fail(*args, **kwargs):
        raise RuntimeError("a fault made for this test")

    monkeypatch.setattr("monographs.reading.ways_in.index.alphabet", fail)
    answer = Client(raise_request_exception=False).get("/")
    assert answer.status_code == 500
    assert "Retry-After" not in answer


KILLED_BEFORE_SENDING = """
import os, signal
import django
django.setup()
from monographs.mail import outbox
from monographs.operations import clock

list(clock.tick())
outbox.EmailMessage.send = lambda *args, **kwargs: os.kill(os.getpid(), signal.SIGKILL)
list(outbox.send_due())
"""


@pytest.mark.django_db(transaction=True)
def test_letter_of_a_clock_that_died_is_sent_by_the_next():
    for username in ("ana", "priya"):
        person = make_person(username)
        person.email = f"{username}@clinic.example"
        person.save()
    make_published(next_review_on=(timezone.localdate() + dt.timedelta(days=20)).isoformat())
    killed = subprocess.run(  # noqa: S603 - our own interpreter and text
        [sys.executable, "-c", KILLED_BEFORE_SENDING],
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "tests.settings", "DATABASE_URL": database_url()},
        timeout=60,
        check=False,
    )
    assert killed.returncode == -signal.SIGKILL
    claimed = Letter.objects.get(tries=1)
    list(send_due())
    assert claimed.to not in [letter.to[0] for letter in mail.outbox]
    list(send_due(at=timezone.now() + CLAIMED_FOR + dt.timedelta(seconds=1)))
    assert sorted(letter.to[0] for letter in mail.outbox) == ["ana@clinic.example", "priya@clinic.example"]
    assert mail.outbox[1].extra_headers["Message-ID"] == claimed.message_id

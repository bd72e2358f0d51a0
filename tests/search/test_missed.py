"""What readers look for in vain is counted, without a word about who looked."""

import contextlib
import datetime as dt
import threading

import pytest
from django.db import DatabaseError, connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from monographs.operations.clock import tick
from monographs.search import missed
from monographs.search.missed import note_missed, write_missed
from monographs.search.models import KEPT_FOR, MissedSearch
from tests.makers import make_published

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _nothing_counted_before():
    missed._counted.take()


def searched(client, *queries):
    for query in queries:
        assert client.get("/search/", {"q": query}).status_code == 200
    write_missed()


def noted(*queries, at=None):
    for query in queries:
        note_missed(query, at=at or timezone.now())
        write_missed()


def wanted():
    return {search.query: search.count for search in MissedSearch.objects.to_see_to(timezone.now())}


def test_searches_that_found_nothing_are_counted_whatever_the_case_and_accents(client):
    searched(client, "Méthadone", "methadone", " METHADONE ")
    assert wanted() == {"METHADONE": 3}


def test_search_that_found_a_leaflet_is_not_counted(client):
    make_published(medicine="Testamol")
    searched(client, "testamol", "testamol")
    assert not MissedSearch.objects.exists()


def test_what_was_looked_for_once_is_not_told(client):
    searched(client, "methadone")
    assert wanted() == {}


def test_what_has_a_leaflet_by_now_is_not_told(client):
    searched(client, "testamol", "testamol")
    assert wanted() == {"testamol": 2}
    make_published(medicine="Testamol")
    assert wanted() == {}


@pytest.mark.parametrize(
    "query",
    [
        "maria@clinic.example", "07700 900123", "patient 123-456-789", "ab", "12", "%%%", "x" * 61,
        "i took too many tablets what shall i do",
    ],
)  # fmt: skip
def test_what_is_no_name_or_may_tell_of_a_person_is_not_kept(client, query):
    searched(client, query)
    assert not MissedSearch.objects.exists()


def test_what_nobody_looks_for_any_more_is_forgotten():
    now = timezone.now()
    noted("methadone", at=now - KEPT_FOR)
    noted("lithium", at=now - KEPT_FOR + dt.timedelta(minutes=1))
    assert "Forgot 1 searches that found nothing." in tick(at=now)
    assert list(MissedSearch.objects.values_list("query", flat=True)) == ["lithium"]


def test_two_letters_are_no_name():
    assert [note_missed(query, at=timezone.now()) for query in ("a-b 12", "abc 12")] == [False, True]


def test_five_words_may_be_a_name_and_six_are_none():
    asked = ("a b c d testamol", "a b c d e testamol")
    assert [note_missed(query, at=timezone.now()) for query in asked] == [True, False]


def test_what_was_looked_for_last_just_so_long_ago_is_neither_told_nor_kept():
    at = timezone.now()
    for query, last_at in (("methadone", at - KEPT_FOR), ("lithium", at - KEPT_FOR + dt.timedelta(seconds=1))):
        MissedSearch.objects.create(folded=query, query=query, count=2, last_at=last_at)
    assert [search.query for search in MissedSearch.objects.to_see_to(at)] == ["lithium"]
    assert [search.query for search in MissedSearch.objects.forgotten(at)] == ["methadone"]


def test_nobody_can_fill_the_disk_by_searching(monkeypatch):
    monkeypatch.setattr(missed, "MOST", 3)
    noted("methadone", "methadone", "aaa", "bbb", "ccc", "ddd")
    assert set(MissedSearch.objects.values_list("query", flat=True)) == {"methadone", "ccc", "ddd"}


def test_nobody_can_fill_the_memory_by_searching(monkeypatch):
    monkeypatch.setattr(missed, "MOST_COUNTED", 2)
    assert [note_missed(query, at=timezone.now()) for query in ("aaa", "bbb", "ccc", "aaa")] == [
        True,
        True,
        False,
        True,
    ]
    assert write_missed() == 2
    assert MissedSearch.objects.get(query="aaa").count == 2


def test_reader_who_finds_nothing_writes_nothing(client):
    with CaptureQueriesContext(connection) as captured:
        assert client.get("/search/", {"q": "methadone"}).status_code == 200
    # PostgreSQL reads many rows by a cursor that it declares.
    assert {query["sql"].split()[0] for query in captured} <= {"SELECT", "WITH", "DECLARE"}


def test_what_can_not_be_written_now_stays_counted(client, monkeypatch):
    def fail(*args, **kwargs):
        raise DatabaseError

    with monkeypatch.context() as patch:
        patch.setattr(missed, "_write", fail)
        searched(client, "methadone", "methadone")
    assert not MissedSearch.objects.exists()
    searched(client, "methadone")
    assert wanted() == {"methadone": 3}


def test_the_thread_that_writes_lives_on_after_an_error(monkeypatch, caplog):
    class Ended(BaseException):
        pass

    def write():
        if outcome := outcomes.pop(0):
            raise outcome

    outcomes = [RuntimeError("a fault"), None, DatabaseError("away"), None, Ended()]
    monkeypatch.setattr(missed, "EVERY", 0)
    monkeypatch.setattr(missed, "write_missed", write)
    monkeypatch.setattr(missed, "connection_apart", contextlib.nullcontext)
    note_missed("methadone", at=timezone.now())
    with pytest.raises(Ended):
        missed._write_for_ever()
    assert outcomes == []
    assert [str(record.exc_info[1]) for record in caplog.records] == ["a fault", "away"]


def test_a_second_writer_is_never_started(monkeypatch):
    counted, ended = missed.Counted(), threading.Event()
    monkeypatch.setattr(missed, "_write_for_ever", ended.wait)
    counted.start_writer()
    first = counted.writer
    counted.start_writer()
    assert counted.writer is first
    ended.set()
    first.join()


def test_author_sees_them_on_the_desk_and_takes_out_what_is_seen_to(client, ana):
    searched(client, "methadone", "methadone", "lithium")
    client.force_login(ana)
    desk = client.get(reverse("admin:index")).content.decode()
    assert "Searches that found nothing" in desk
    assert "Looked for 2 times" in desk
    assert f"{reverse('admin:monographs_medicine_changelist')}?q=methadone" in desk
    listed = client.get(reverse("admin:monographs_missedsearch_changelist"))
    assert [search.query for search in listed.context["cl"].result_list] == ["methadone"]
    form = {
        "action": "delete_selected",
        "_selected_action": [MissedSearch.objects.get(query="methadone").pk],
        "post": 1,
    }
    client.post(reverse("admin:monographs_missedsearch_changelist"), form)
    assert wanted() == {}


@pytest.mark.parametrize("username", ["carla", "priya", "bruno"])
def test_who_does_not_write_leaflets_is_not_bothered_with_them(client, request, username):
    searched(client, "methadone", "methadone")
    client.force_login(request.getfixturevalue(username))
    assert "methadone" not in client.get(reverse("admin:index")).content.decode()
    assert client.get(reverse("admin:monographs_missedsearch_changelist")).status_code == 403

"""What readers send: kept to wait, once for each time it is meant, and only where it can be shown."""

import datetime as dt
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from clinicinfo.postgresql.patience import PatientConnection
from monographs.audit.models import Entry
from monographs.comments.arrival import actions as arrival
from monographs.comments.deciding import actions
from monographs.comments.models import MAX_LENGTH, Comment, State
from monographs.publication.actions import withdraw
from monographs.refusals import Conflict, TooMany, Unacceptable
from tests.addresses import sent_from
from tests.makers import change_leaflet, make_comment, make_leaflet, make_published

pytestmark = pytest.mark.django_db


def test_a_reply_waits_for_a_moderator():
    comment = make_comment()
    assert comment.state == State.PENDING
    assert not Comment.objects.shown().exists()


def test_the_same_text_sent_twice_is_one_reply():
    publication = make_published()
    with sent_from():
        assert make_comment(publication) == make_comment(publication)
    assert Comment.objects.count() == 1


def test_the_same_text_of_somebody_else_or_later_is_another_reply(monkeypatch):
    """Whoever shares an address with others is not led to another's page."""
    publication = make_published()
    with sent_from():
        first = make_comment(publication)
        monkeypatch.setattr("monographs.comments.sender.sent_already.SECOND_CLICK", dt.timedelta(0))
        assert make_comment(publication) != first
    assert make_comment(publication) != make_comment(publication)  # nobody knows from where


def test_the_same_words_by_another_name_or_to_another_version_are_two_replies():
    publication = make_published()
    first = make_comment(publication, name="Dario")
    assert make_comment(publication, name="Maria") != first
    make_published(change_leaflet(publication.leaflet, dosage="Take 10mg once a day."), change_note="More.")
    assert make_comment(publication, name="Dario") != first
    assert Comment.objects.count() == 3


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite is no way away")
@pytest.mark.django_db(transaction=True)
def test_all_of_a_reply_is_written_on_one_way_to_the_database(monkeypatch):
    """All others wait for the turn to write, which brings the ledger's end and the reply's number; then what is shown;
    the reply, what rules see in it and its entry; the end."""
    leaflet, ways, own = make_published().leaflet, [], PatientConnection.wait
    for _time in range(3):
        arrival.submit(leaflet, body="Thank you, it helped.")
    monkeypatch.setattr(PatientConnection, "wait", lambda self, way: ways.append(way.__name__) or own(self, way))
    comment = arrival.submit(leaflet, body="Thank you, it did.")
    assert ways[ways.index("_told") :] == ["_told", "_sent", "_sent", "_commit_gen"]
    kept = Comment.objects.get(pk=comment.pk)
    assert (kept.body, kept.computed_digest()) == ("Thank you, it did.", comment.computed_digest())
    assert [label.label for label in kept.labels.all()] == ["thanks"]
    entry = Entry.objects.latest("position")
    assert (entry.verb, entry.about) == ("reply.received", f"comment/{comment.pk}")
    assert entry.hash == entry.computed_hash()


@pytest.mark.once
def test_look_for_the_same_text_reads_what_came_from_its_address_and_no_other_reply():
    """Most replies answer no other: an index of what they answer finds all of them."""
    publication = make_published()
    others = [make_published(medicine=f"Othermol{number}") for number in range(3)]
    for number in range(40):
        make_comment(others[number % 3], body=f"Number {number}.", shown=True)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    with CaptureQueriesContext(connection) as captured, sent_from():
        make_comment(publication)
    (look_up,) = [
        query["sql"]
        for query in captured.captured_queries
        if query["sql"].startswith("SELECT") and "May I take it with milk?" in query["sql"]
    ]
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN QUERY PLAN {look_up}")
        replies, writers, *_sorting = [row[-1] for row in cursor.fetchall()]
    assert re.fullmatch(
        r"SEARCH monographs_comment USING INDEX \w+hidden_address\w+ \(hidden_address>\? AND hidden_address<\?\)",
        replies,
    )
    assert writers.startswith("SEARCH monographs_replywriter USING INDEX")


@pytest.mark.parametrize("body", ["", "  \n\t", "\x00", "x" * (MAX_LENGTH + 1)])
def test_blank_and_endless_replies_are_refused(body):
    publication = make_published()
    with pytest.raises(Unacceptable):
        make_comment(publication, body=body)
    assert not Comment.objects.exists()


def test_a_reply_of_the_greatest_length_is_kept():
    body = "ö" * MAX_LENGTH
    assert make_comment(body=body).body == body


def test_a_reply_needs_a_leaflet_that_is_shown(priya):
    publication = make_published()
    withdraw(publication.leaflet, by=priya, notice="Ask us.", why="Wrong dose.")
    for leaflet in (publication.leaflet, make_leaflet("Draftamol")):
        with pytest.raises(Conflict):
            arrival.submit(leaflet, body="Hello?")


def test_readers_answer_only_what_is_shown_on_the_same_leaflet():
    publication = make_published()
    pending, elsewhere = make_comment(publication), make_comment(make_published(medicine="Othermol"), shown=True)
    for parent in (pending, elsewhere):
        with pytest.raises(Unacceptable):
            make_comment(publication, body="Me too.", parent=parent)


def test_the_same_words_to_two_replies_are_two_replies():
    publication = make_published()
    first, second = (make_comment(publication, body=body, shown=True) for body in ("With milk?", "At night?"))
    to_first, to_second = (make_comment(publication, body="Me too.", parent=parent) for parent in (first, second))
    assert (to_first.parent, to_second.parent) == (first, second)


def test_what_was_hidden_meanwhile_cannot_be_answered(carla):
    publication = make_published()
    seen = make_comment(publication, shown=True)
    actions.reject(Comment.objects.get(pk=seen.pk), by=carla, reason="No.")
    with pytest.raises(Unacceptable):
        make_comment(publication, body="Me too.", parent=seen)


def test_nobody_in_need_is_told_to_come_back_because_of_their_neighbours():
    leaflet = make_published().leaflet
    with sent_from():
        for number in range(5):
            arrival.submit(leaflet, body=f"Hello, number {number}.")
        with pytest.raises(TooMany):
            arrival.submit(leaflet, body="Hello again.")
        assert arrival.submit(leaflet, body="I took all of the tablets and I want to die.").pk

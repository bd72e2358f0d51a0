"""Each shown reply has a place, and places stand in the order of reading."""

import importlib

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from monographs.audit.public_stamp import newest_public
from monographs.comments.deciding import actions
from monographs.comments.models import MOST_LEVELS, PLACE_DIGITS, Comment
from monographs.comments.standing import threads
from monographs.comments.standing.places import EmptyPlace
from monographs.operations.verify.history import check_history
from tests.makers import make_comment, make_published

pytestmark = pytest.mark.django_db


@pytest.fixture
def publication():
    return make_published()


def in_order() -> list[str]:
    return list(Comment.objects.on_pages().order_by("place").values_list("body", flat=True))


def test_an_answer_stands_behind_what_it_answers_and_before_the_next_question(publication, carla):
    first = make_comment(publication, body="first", shown=True)
    make_comment(publication, body="second", shown=True)
    later = make_comment(publication, body="first, answered", parent=first, shown=True)
    make_comment(publication, body="first, answered again", parent=first, shown=True)
    actions.answer(later, by=carla, body="first, answered by the clinic")
    assert in_order() == [
        "first", "first, answered", "first, answered by the clinic", "first, answered again", "second",
    ]  # fmt: skip


def test_what_waits_has_no_place_and_what_is_taken_back_loses_it(publication, carla):
    reply = make_comment(publication)
    assert reply.place == ""
    actions.approve(reply, by=carla)
    assert in_order() == [reply.body]
    actions.reject(reply, by=carla, reason="No.")
    assert in_order() == []


def test_a_reply_that_stands_alone_has_its_state_and_its_place_written_at_once(publication, carla):
    reply = make_comment(publication)
    for step, place in ((actions.approve, f"{reply.pk:0{PLACE_DIGITS}}"), (actions.undo, "")):
        with CaptureQueriesContext(connection) as captured:
            step(reply, by=carla)
        assert sum(query["sql"].startswith('UPDATE "monographs_comment"') for query in captured) == 1
        assert Comment.objects.get(pk=reply.pk).place == place
    list(check_history())


def test_a_hidden_question_keeps_an_empty_place_while_answers_below_it_are_shown(publication, carla):
    question = make_comment(publication, body="question", shown=True)
    answer = make_comment(publication, body="answer", parent=question, shown=True)
    deeper = make_comment(publication, body="deeper", parent=answer, shown=True)
    waiting = make_comment(publication, body="waiting", parent=question)
    for reply in (question, answer):
        actions.undo(reply, by=carla)
    assert in_order() == ["question", "answer", "deeper"]
    actions.undo(deeper, by=carla)
    assert in_order() == []
    actions.approve(waiting, by=carla)
    assert in_order() == ["question", "waiting"]
    list(check_history())
    actions.approve(deeper, by=carla)
    assert in_order() == ["question", "answer", "deeper", "waiting"]
    actions.approve(question, by=carla)
    actions.approve(answer, by=carla)
    assert in_order() == ["question", "answer", "deeper", "waiting"]
    assert not EmptyPlace.objects.exists()
    list(check_history())


def test_readers_meet_it_at_once_when_answers_are_taken_away_or_brought_back(publication, carla):
    question = make_comment(publication, body="question", shown=True)
    make_comment(publication, body="answer", parent=question, shown=True)
    actions.reject(question, by=carla, reason="No.")
    for verb, shown in ((threads.take_answers_away, []), (threads.bring_answers_back, ["question", "answer"])):
        before = newest_public().get()
        verb(question, by=carla)
        assert newest_public().get() != before
        assert in_order() == shown


def test_one_without_answers_keeps_no_place(publication, carla):
    question = make_comment(publication, body="question", shown=True)
    answer = make_comment(publication, body="answer", parent=question, shown=True)
    actions.undo(answer, by=carla)
    actions.reject(answer, by=carla, reason="Not about this medicine.")
    assert in_order() == ["question"]
    assert not EmptyPlace.objects.exists()
    actions.mark_spam(question, by=carla)
    assert in_order() == []
    list(check_history())


def test_answers_to_answers_have_room_however_many_levels(publication, carla):
    chain = [make_comment(publication, body="00", shown=True)]
    for level in range(1, MOST_LEVELS + 5):
        chain.append(make_comment(publication, body=f"{level:02}", parent=chain[-1], shown=True))
    assert in_order() == [reply.body for reply in chain]
    assert max(len(reply.place) for reply in chain) == MOST_LEVELS * PLACE_DIGITS
    kept = {reply.pk: reply.place for reply in Comment.objects.all()}
    actions.undo(chain[MOST_LEVELS], by=carla)
    assert in_order() == [reply.body for reply in chain]
    threads.take_answers_away(chain[MOST_LEVELS], by=carla)
    assert in_order() == [reply.body for reply in chain[:MOST_LEVELS]]
    threads.bring_answers_back(chain[MOST_LEVELS], by=carla)
    actions.approve(chain[MOST_LEVELS], by=carla)
    assert {reply.pk: reply.place for reply in Comment.objects.all()} == kept
    list(check_history())


def test_the_database_refuses_a_place_for_what_is_not_shown(publication, carla):
    waiting = make_comment(publication, body="waiting")
    question = make_comment(publication, body="question", shown=True)
    answer = make_comment(publication, body="answer", parent=question, shown=True)
    actions.undo(question, by=carla)
    threads.take_answers_away(question, by=carla)
    for reply in (waiting, question, answer):
        with pytest.raises(IntegrityError), transaction.atomic():
            Comment.objects.filter(pk=reply.pk).update(place="000000000001")


def test_places_worked_out_anew_are_the_same(publication, carla, monkeypatch):
    question = make_comment(publication, body="question", shown=True)
    answer = make_comment(publication, body="answer", parent=question, shown=True)
    for parent in (answer, question, None):
        make_comment(publication, parent=parent, shown=True)
    hidden = make_comment(publication, body="hidden", shown=True)
    make_comment(publication, body="under it", parent=hidden, shown=True)
    actions.undo(hidden, by=carla)
    threads.take_answers_away(hidden, by=carla)
    kept = dict(Comment.objects.values_list("pk", "place"))
    list(check_history())
    Comment.objects.update(place="")
    filled = importlib.import_module("monographs.migrations.0022_replies_have_places")
    monkeypatch.setattr(filled, "BATCH", 1)  # a statement takes rows as they lie: today's guards want those above first
    filled.fill(apps, None)
    assert dict(Comment.objects.values_list("pk", "place")) == kept


def test_what_hangs_under_a_hidden_reply_below_a_hidden_one_leaves_its_place_with_it(carla):
    top = make_comment(shown=True)
    middle = make_comment(top.publication, body="So do I.", parent=top, shown=True)
    below = make_comment(top.publication, body="I, too.", parent=middle, shown=True)
    actions.reject(top, by=carla, reason="Off topic.")
    actions.reject(middle, by=carla, reason="Off topic.")
    threads.take_answers_away(middle, by=carla)
    below.refresh_from_db()
    assert below.place == ""
    check_history()

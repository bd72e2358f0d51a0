import datetime as dt
import re
from functools import partial
from itertools import pairwise

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from monographs.audit.public_stamp import newest_public
from monographs.comments import actions
from monographs.comments.models import MAX_LENGTH, Comment, State
from monographs.publication.actions import withdraw
from monographs.refusals import Conflict, NotAllowed, Unacceptable
from tests.addresses import sent_from
from tests.makers import change_leaflet, make_comment, make_leaflet, make_published
from tests.people import make_person

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
    assert re.fullmatch(r"SEARCH monographs_comment USING INDEX \w+hidden_address\w+ \(hidden_address=\?\)", replies)
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
            actions.submit(leaflet, body="Hello?")


def test_readers_answer_only_what_is_shown_on_the_same_leaflet():
    publication = make_published()
    pending, elsewhere = make_comment(publication), make_comment(make_published(medicine="Othermol"), shown=True)
    for parent in (pending, elsewhere):
        with pytest.raises(Unacceptable):
            make_comment(publication, body="Me too.", parent=parent)


@pytest.mark.parametrize("verb", [actions.approve, partial(actions.reject, reason="No."), actions.mark_spam])
def test_every_decision_is_on_record_and_can_be_undone(verb, carla):
    comment = make_comment()
    decision = verb(comment, by=carla)
    actions.undo(comment, by=carla)
    comment.refresh_from_db()
    assert comment.state == State.PENDING
    assert list(comment.decisions.values_list("was", "became")) == [
        (State.PENDING, decision.became),
        (decision.became, State.PENDING),
    ]


def test_a_second_moderator_hears_that_it_is_decided(carla):
    comment = make_comment(shown=True)
    with pytest.raises(Conflict):
        actions.approve(comment, by=carla)


def test_an_answer_shows_the_reply_with_it(carla):
    comment = make_comment()
    reply = actions.answer(comment, by=carla, body="Yes, with food or milk.")
    comment.refresh_from_db()
    assert (comment.state, reply.parent, reply.state, reply.is_staff_answer) == (
        State.APPROVED,
        comment,
        State.APPROVED,
        True,
    )


def test_the_same_answer_is_sent_once(carla):
    comment = make_comment()
    actions.answer(comment, by=carla, body="Yes.")
    with pytest.raises(Conflict):
        actions.answer(comment, by=carla, body="Yes.")


def test_an_answer_to_a_reply_that_a_colleague_moved_on_is_not_sent(carla):
    comment = make_comment()
    actions.approve(comment, by=make_person("cora", role="Moderator"))
    with pytest.raises(Conflict, match="Cora Test decided on this reply while your page was open"):
        actions.answer(comment, by=carla, body="Yes.", seen=State.PENDING)
    assert not comment.replies.exists()
    assert actions.answer(comment, by=carla, body="Yes.", seen=State.APPROVED)


def test_the_public_stamp_moves_when_what_readers_see_changes_and_only_then(carla):
    comment = make_comment()
    stamps = [newest_public().get().pk]
    for act in (partial(actions.reject, reason="No."), actions.undo, actions.approve, actions.mark_spam, actions.undo):
        act(Comment.objects.get(pk=comment.pk), by=carla)
        stamps.append(newest_public().get().pk)
    actions.answer(Comment.objects.get(pk=comment.pk), by=carla, body="Yes.")
    stamps.append(newest_public().get().pk)
    moved = [before != after for before, after in pairwise(stamps)]
    #                rejected, undone, shown, hidden, undone, answered and so shown
    assert moved == [False, False, True, True, False, True]


def test_what_is_rejected_cannot_be_answered(carla):
    comment = make_comment()
    actions.reject(comment, by=carla, reason="Personal data.")
    with pytest.raises(Conflict):
        actions.answer(comment, by=carla, body="Yes.")


def test_only_moderators_decide(mallory, ana, bruno, priya, amir, ada):
    comment = make_comment()
    for person in (mallory, ana, bruno, priya, amir, ada):
        for act in (
            lambda by: actions.approve(comment, by=by),
            lambda by: actions.reject(comment, by=by, reason="No."),
            lambda by: actions.mark_spam(comment, by=by),
            lambda by: actions.answer(comment, by=by, body="Yes."),
        ):
            with pytest.raises(NotAllowed):
                act(person)
    assert not comment.decisions.exists()


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


def test_a_long_name_fits_above_an_answer():
    longest = make_person("longest", role="Moderator", first_name="F" * 150, last_name="L" * 150)
    answer = actions.answer(make_comment(), by=longest, body="Yes, with food.")
    answer.refresh_from_db()
    assert answer.name == "F" * 80

"""What moderators decide and answer: who may, on record, once, and what readers see by it."""

from functools import partial
from itertools import pairwise

import pytest
from django.db import connection
from django.db.models.sql.compiler import SQLCompiler, SQLDeleteCompiler, SQLInsertCompiler, SQLUpdateCompiler
from django.test.utils import CaptureQueriesContext

from monographs.audit.public_stamp import newest_public
from monographs.comments.deciding import actions
from monographs.comments.deciding.redaction import redact
from monographs.comments.deciding.seen import as_seen, with_marks
from monographs.comments.models import Comment, State
from monographs.refusals import Conflict, NotAllowed
from tests.makers import change_leaflet, make_comment, make_published
from tests.people import make_person

pytestmark = pytest.mark.django_db


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


def test_an_answer_that_was_taken_away_can_be_sent_once_more(carla):
    comment = make_comment()
    actions.reject(actions.answer(comment, by=carla, body="Yes."), by=carla, reason="It was the wrong thread.")
    assert actions.answer(comment, by=carla, body="Yes.")


def test_an_answer_that_a_colleague_gave_or_took_back_meanwhile_is_looked_at_first(carla):
    comment, cora = make_comment(shown=True), make_person("cora", role="Moderator")
    first = actions.answer(comment, by=cora, body="Yes.", answered=0)
    with pytest.raises(Conflict, match="A colleague answered this reply, or took an answer back"):
        actions.answer(comment, by=carla, body="No.", answered=0)
    actions.reject(first, by=cora, reason="Wrong.")
    with pytest.raises(Conflict, match="took an answer back"):
        actions.answer(comment, by=carla, body="No.", answered=1)
    assert actions.answer(comment, by=carla, body="No.", answered=0)


def test_an_answer_is_about_the_version_that_patients_read_now(carla):
    comment = make_comment()
    newer = make_published(change_leaflet(comment.leaflet, dosage="Take 6mg once a day."))
    assert actions.answer(comment, by=carla, body="Yes.").publication == newer
    assert comment.publication != newer


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


def test_a_long_name_fits_above_an_answer():
    longest = make_person("longest", role="Moderator", first_name="F" * 150, last_name="L" * 150)
    answer = actions.answer(make_comment(), by=longest, body="Yes, with food.")
    answer.refresh_from_db()
    assert answer.name == "F" * 80


def test_a_decision_asks_little_and_nothing_whose_sql_is_made_anew(carla, monkeypatch):
    """The reply with its mark and its appeal; whether it is a cry for help, or has an open case; the version shown;
    the decision; its answers; the reply with its place; whether it is unanswered, and the list; its reports; the newest
    entry of the ledger and a new one; whom to write to."""
    publication = make_published()
    replies = [make_comment(publication, body=f"May I take it with tea? ({number})") for number in range(2)]
    actions.approve(replies[0], by=carla)  # makes what is made once
    made = []
    for compiler in (SQLCompiler, SQLDeleteCompiler, SQLInsertCompiler, SQLUpdateCompiler):
        monkeypatch.setattr(compiler, "as_sql", lambda self, *_how, **_named: made.append(self.query))
    with CaptureQueriesContext(connection) as captured:
        actions.approve(replies[1], by=carla)
    assert not made
    assert len([query for query in captured.captured_queries if "monographs_" in query["sql"]]) == 13


def test_the_mark_that_is_looked_up_with_a_reply_is_its_mark(carla):
    reply = make_comment(body="Call me, I am Ana Smith.")
    redact(reply, by=carla, passages=["Ana Smith"], reason="A name.")
    redact(reply, by=carla, passages=["Call me"], reason="Not needed.", seen=1)
    actions.approve(reply, by=carla)
    untouched = make_comment(reply.publication, body="Thank you.")
    for one in (reply, untouched):
        (marked,) = with_marks(Comment.objects.filter(pk=one.pk))
        assert as_seen(marked) == as_seen(Comment.objects.get(pk=one.pk))
    assert as_seen(Comment.objects.get(pk=reply.pk)).endswith("-2")

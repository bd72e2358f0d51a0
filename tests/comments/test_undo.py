"""Every decision can be taken back within thirty days, on record; and a stale page changes nothing."""

import copy
import datetime as dt
from functools import partial

import pytest
from django.core import mail

from monographs.audit.models import Entry
from monographs.comments import actions, redaction
from monographs.comments.models import Comment, State
from monographs.comments.seen import as_seen
from monographs.operations.verify import check_history
from monographs.refusals import Conflict
from tests.makers import change_leaflet, make_published
from tests.makers_desk import decided_ago, make_unlabelled
from tests.people import make_person

DECISIONS = [
    actions.approve,
    partial(actions.reject, reason="Not about the medicine."),
    actions.mark_spam,
]


@pytest.fixture(scope="module")
def reply_for_all(rows_of_the_file):
    return make_unlabelled()


@pytest.fixture
def reply(reply_for_all):
    return copy.deepcopy(reply_for_all)


@pytest.mark.parametrize("decide", DECISIONS)
def test_every_decision_can_be_reversed_within_30_days_on_record_and_with_no_second_mail(
    reply, carla, behind_the_back, decide
):
    decide(reply, by=carla)
    decided_ago(behind_the_back, reply, dt.timedelta(days=30) - dt.timedelta(minutes=1))
    letters = len(mail.outbox)
    taken_back = actions.undo(reply, by=carla)
    assert Comment.objects.get(pk=reply.pk).state == State.PENDING
    assert (taken_back.by, taken_back.became) == (carla, State.PENDING)
    assert Entry.objects.filter(verb="reply.pending", by=carla).count() == 1
    assert len(mail.outbox) == letters


@pytest.mark.parametrize("decide", DECISIONS)
def test_after_30_days_it_is_refused_in_a_sentence(reply, carla, behind_the_back, decide):
    became = decide(reply, by=carla).became
    decided_ago(behind_the_back, reply, dt.timedelta(days=30, minutes=1))
    with pytest.raises(Conflict, match="more than 30 days ago"):
        actions.undo(reply, by=carla)
    assert Comment.objects.get(pk=reply.pk).state == became


def test_after_30_days_a_shown_reply_can_still_be_taken_off_the_page(reply, carla, behind_the_back):
    actions.approve(reply, by=carla)
    decided_ago(behind_the_back, reply, dt.timedelta(days=90))
    assert actions.reject(reply, by=carla, reason="Names a neighbour.").was == State.APPROVED


def test_every_decision_names_the_version_that_was_shown_then(carla):
    first = make_published()
    reply = make_unlabelled(first)
    assert actions.approve(reply, by=carla).publication == first
    second = make_published(change_leaflet(first.leaflet, dosage="Take 10mg once a day."), change_note="More.")
    assert actions.undo(reply, by=carla).publication == second
    assert list(reply.decisions.values_list("publication", flat=True)) == [first.pk, second.pk]
    list(check_history())


def test_a_decision_that_was_taken_back_and_taken_again_is_noticed_by_a_page_of_before(reply, carla):
    """The state is the same again: A, B, A."""
    seen, colin = as_seen(reply), make_person("colin", role="Moderator")
    actions.approve(reply, by=colin)
    actions.undo(reply, by=colin)
    assert Comment.objects.get(pk=reply.pk).state == reply.state
    with pytest.raises(Conflict, match="Colin Test decided on this reply while your page was open"):
        actions.approve(reply, by=carla, seen=seen)
    assert actions.approve(reply, by=carla, seen=as_seen(Comment.objects.get(pk=reply.pk)))


def test_words_that_were_taken_out_meanwhile_make_a_page_stale(reply, carla):
    seen = as_seen(reply)
    redaction.redact(reply, by=carla, passages=["milk"], reason="Too much.")
    with pytest.raises(Conflict, match="Words were taken out"):
        actions.approve(reply, by=carla, seen=seen)
    assert not reply.decisions.exists()


def test_a_rejection_needs_a_reason(reply, carla):
    for reason in ("", "  \n"):
        with pytest.raises(actions.Unacceptable, match="give a reason"):
            actions.reject(reply, by=carla, reason=reason)
    assert not reply.decisions.exists()


def test_what_its_writer_took_back_is_decided_on_by_nobody(reply, carla):
    withdrawn = Comment.objects.select_related("leaflet").get(pk=reply.pk)
    actions.settle(withdrawn, State.WITHDRAWN, by=None, verb="reply.withdrawn")
    for verb in (*DECISIONS, actions.undo, partial(actions.answer, body="Yes.")):
        with pytest.raises(Conflict, match="Its writer took this reply back"):
            verb(reply, by=carla)

"""Every decision can be taken back within thirty days, on record; and a stale page changes nothing."""

import copy
import datetime as dt
from functools import partial

import pytest
from django.core import mail
from django.urls import reverse

from monographs.audit.models import Entry
from monographs.comments.deciding import actions, redaction
from monographs.comments.deciding.seen import as_seen
from monographs.comments.models import Comment, State
from monographs.comments.objections import appeals, reports
from monographs.comments.sender.secret import secret_of
from monographs.mail.models import Letter
from monographs.operations.verify import check_history
from monographs.refusals import Conflict
from tests.makers import change_leaflet, make_comment, make_published
from tests.makers_desk import decided_ago, make_unlabelled
from tests.people import make_person
from tests.reading.parts import words

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


# --- What readers are told of it ---


def told(client, report) -> str:
    return words(client.get(reverse("report-told", args=[report.key])))


def test_who_reported_a_reply_is_told_what_holds_after_each_step_and_of_each_once(client, carla):
    reply = make_comment(shown=True)
    made = reports.report(reply, why="false", words="It sells something.")
    actions.reject(reply, by=carla, reason="It sells something.")
    assert "The reply was taken away." in told(client, made)
    letters = Letter.objects.count()
    actions.undo(reply, by=carla)
    assert "We have your report." in told(client, made)
    assert "taken away" not in told(client, made)
    actions.approve(reply, by=carla)
    assert "The reply stays." in told(client, made)
    assert Letter.objects.count() == letters
    list(check_history())


def test_what_was_answered_before_the_reply_was_shown_again_stays_answered(carla):
    reply = make_comment(shown=True)
    first = reports.report(reply, why="false")
    actions.reject(reply, by=carla, reason="It sells something.")
    actions.approve(reply, by=carla)
    actions.undo(reply, by=carla)
    first.refresh_from_db()
    assert (first.is_upheld, first.grounds) == (True, "It sells something.")


def test_an_appeal_whose_decision_was_taken_back_waits_again_and_its_writer_is_told_so(client, carla, reply):
    dora = make_person("dora", role="Moderator")
    actions.reject(reply, by=carla, reason="Not about the medicine.")
    appeal = appeals.ask(reply, words="It is.")
    appeals.decide(appeal, by=dora, is_upheld=True, grounds="It is about the medicine.")
    own = reverse("own-reply", args=[secret_of(Comment.objects.get(pk=reply.pk))])
    assert "It is about the medicine." in words(client.get(own))
    letters = Letter.objects.count()
    actions.undo(reply, by=dora)
    waiting = Comment.objects.waiting().get()
    assert (waiting.pk, waiting.state) == (reply.pk, State.REJECTED)
    page = words(client.get(own))
    assert "Another person from our team takes it." in page
    assert "Not about the medicine." in page
    assert "It is about the medicine." not in page
    appeal.refresh_from_db()
    appeals.decide(appeal, by=make_person("mia", role="Moderator"), is_upheld=False, grounds="It is not.")
    assert "It is not." in words(client.get(own))
    assert Letter.objects.count() == letters
    list(check_history())


def test_an_appeal_that_was_turned_down_says_nothing_of_a_reply_that_waits_anew(client, carla, reply):
    actions.reject(reply, by=carla, reason="Not about the medicine.")
    appeal = appeals.ask(reply, words="It is.")
    appeals.decide(appeal, by=make_person("dora", role="Moderator"), is_upheld=False, grounds="Still not.")
    actions.undo(reply, by=carla)
    page = words(client.get(reverse("own-reply", args=[secret_of(Comment.objects.get(pk=reply.pk))])))
    assert "It waits for somebody from our team to read it." in page
    assert "Still not." not in page

"""Two moderators, one reply: it is taken for a quarter of an hour, which ends by itself."""

import copy
import datetime as dt

import pytest
from django.utils import timezone

from monographs.audit.models import Entry
from monographs.comments.deciding import actions, claims
from monographs.comments.deciding.claims import LASTS, claim, give_back, holder
from monographs.comments.models import Comment
from monographs.refusals import Conflict, NotAllowed
from tests.makers_desk import make_unlabelled
from tests.people import make_person


@pytest.fixture(scope="module")
def reply_for_all(rows_of_the_file):
    return make_unlabelled()


@pytest.fixture
def reply(reply_for_all):
    return copy.deepcopy(reply_for_all)


@pytest.fixture
def colin(db):
    return make_person("colin", role="Moderator")


def now_of(reply):
    return Comment.objects.get(pk=reply.pk)


def let_time_pass(reply, by: dt.timedelta):
    Comment.objects.filter(pk=reply.pk).update(claimed_until=now_of(reply).claimed_until - by)


def test_a_reply_that_is_taken_belongs_to_one_moderator_for_fifteen_minutes(reply, carla, colin):
    until = claim(reply, by=carla)
    taken = now_of(reply)
    assert (holder(taken, timezone.now()), taken.claimed_until) == (carla, until)
    assert holder(taken, until - dt.timedelta(seconds=1)) == carla
    assert holder(taken, until) is None
    with pytest.raises(Conflict, match="Carla Moderator has taken this reply until"):
        claim(reply, by=colin)
    assert holder(now_of(reply), timezone.now()) == carla


def test_it_ends_by_itself_and_nothing_has_to_run(reply, carla, colin):
    claim(reply, by=carla)
    let_time_pass(reply, LASTS)
    claim(reply, by=colin)
    assert holder(now_of(reply), timezone.now()) == colin


def test_who_has_it_may_keep_it_for_longer(reply, carla):
    claim(reply, by=carla)
    let_time_pass(reply, dt.timedelta(minutes=10))
    before = now_of(reply).claimed_until
    assert claim(reply, by=carla) > before


def test_while_it_is_taken_a_colleague_is_refused_every_decision_and_may_take_it_over_knowingly(reply, carla, colin):
    claim(reply, by=carla)
    for decide in (
        lambda: actions.approve(reply, by=colin),
        lambda: actions.reject(reply, by=colin, reason="No."),
        lambda: actions.mark_spam(reply, by=colin),
        lambda: actions.answer(reply, by=colin, body="Yes."),
    ):
        with pytest.raises(Conflict, match="Carla Moderator has taken this reply"):
            decide()
    assert not reply.decisions.exists()
    claim(reply, by=colin, takes_over=True)
    with pytest.raises(Conflict, match="Colin Test has taken this reply"):
        actions.approve(reply, by=carla)
    assert actions.approve(reply, by=colin)


def test_a_decision_ends_the_claim(reply, carla, colin):
    claim(reply, by=carla)
    actions.approve(reply, by=carla)
    assert now_of(reply).claimed_by is None
    assert actions.undo(reply, by=colin)


def test_it_can_be_left_to_the_others(reply, carla, colin):
    claim(reply, by=carla)
    assert give_back(reply, by=colin) is False
    with pytest.raises(NotAllowed):
        give_back(reply, by=make_person("ana"))
    assert holder(now_of(reply), timezone.now()) == carla
    assert give_back(reply, by=carla) is True
    assert holder(now_of(reply), timezone.now()) is None


def test_what_does_not_wait_cannot_be_taken(reply, carla):
    actions.approve(reply, by=carla)
    with pytest.raises(Conflict, match="does not wait any more"):
        claim(reply, by=carla)


def test_only_moderators_take_replies(reply, amir, ana, mallory):
    for person in (amir, ana, mallory):
        with pytest.raises(NotAllowed):
            claim(reply, by=person)
    assert now_of(reply).claimed_by is None


def test_to_take_a_reply_is_no_act_of_record(reply, carla):
    before = Entry.objects.count()
    claim(reply, by=carla)
    claims.give_back(reply, by=carla)
    assert Entry.objects.count() == before

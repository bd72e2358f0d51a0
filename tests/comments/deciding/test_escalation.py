"""A reply is passed on to somebody who may decide more, on record and with why."""

import copy

import pytest

from monographs.audit.models import Entry
from monographs.comments.deciding import actions
from monographs.comments.deciding.claims import claim
from monographs.comments.deciding.escalation import escalate, hand_back
from monographs.comments.models import Comment
from monographs.refusals import Conflict, NotAllowed, Unacceptable
from tests.makers import make_published
from tests.makers_desk import make_cry, make_unlabelled
from tests.people import make_person


@pytest.fixture(scope="module")
def replies_for_all(rows_of_the_file):
    publication = make_published()
    return [make_unlabelled(publication, body=body) for body in ("The first?", "The second?")]


@pytest.fixture
def replies(replies_for_all):
    return copy.deepcopy(replies_for_all)


@pytest.fixture
def lead(db):
    return make_person("lena", role="Lead moderator")


def in_queue_of(*, lead):
    return list(Comment.objects.waiting_for(lead=lead))


def test_what_is_passed_on_is_on_top_for_those_who_may_decide_on_it_and_with_no_other(replies, carla, lead):
    first, second = replies
    escalate(second, by=carla, reason="A lawyer writes.")
    assert in_queue_of(lead=True) == [second, first]
    assert in_queue_of(lead=False) == [first]
    with pytest.raises(NotAllowed, match="passed on"):
        actions.approve(second, by=carla)
    assert actions.approve(second, by=lead)
    assert in_queue_of(lead=True) == [first]


def test_what_is_decided_on_and_waits_again_is_passed_on_no_more(replies, carla, lead):
    escalate(replies[0], by=carla, reason="A lawyer writes.")
    actions.approve(replies[0], by=lead)
    actions.undo(replies[0], by=carla)
    assert not Comment.objects.get(pk=replies[0].pk).is_escalated
    assert actions.approve(replies[0], by=carla)


def test_nothing_that_was_passed_on_stands_before_a_cry_for_help(replies, carla, lead):
    first, second = replies
    escalate(second, by=carla, reason="A lawyer writes.")
    cry = make_cry(first.publication, body="I do not want to wake up.")
    assert in_queue_of(lead=True) == [cry, second, first]
    assert in_queue_of(lead=False) == [cry, first]


def test_it_is_on_record_with_who_and_why(replies, carla, lead):
    escalate(replies[0], by=carla, reason=" A lawyer writes. ")
    entry = Entry.objects.get(verb="reply.passed-on")
    assert (entry.by, entry.why, entry.about_label) == (carla, "A lawyer writes.", replies[0].in_the_record)
    assert [(one.by, one.reason) for one in replies[0].escalations.all()] == [(carla, "A lawyer writes.")]


def test_it_needs_a_reason_and_somebody_to_go_to(replies, carla):
    with pytest.raises(Unacceptable, match="say why"):
        escalate(replies[0], by=make_person("lena", role="Lead moderator"), reason=" ")
    with pytest.raises(Conflict, match="no colleague"):
        escalate(replies[0], by=make_person("lena"), reason="Mine alone.")
    escalate(replies[0], by=carla, reason="A lawyer writes.")
    with pytest.raises(Conflict, match="already"):
        escalate(replies[0], by=carla, reason="A lawyer writes.")


def test_it_can_be_handed_back_by_who_has_it_and_by_who_passed_it_on(replies, carla, lead):
    first, second = replies
    for by in (lead, carla):
        escalate(first, by=carla, reason="A lawyer writes.")
        hand_back(first, by=by)
        assert in_queue_of(lead=False) == [first, second]
    escalate(first, by=carla, reason="A lawyer writes.")
    with pytest.raises(NotAllowed):
        hand_back(first, by=make_person("colin", role="Moderator"))
    assert Entry.objects.filter(verb="reply.handed-back").count() == 2
    with pytest.raises(Conflict, match="not passed on"):
        hand_back(second, by=lead)


def test_to_pass_it_on_ends_the_claim_and_a_colleagues_claim_is_respected(replies, carla, lead):
    first, second = replies
    claim(first, by=carla)
    escalate(first, by=carla, reason="A lawyer writes.")
    assert Comment.objects.get(pk=first.pk).claimed_by is None
    claim(second, by=lead)
    with pytest.raises(Conflict, match="has taken this reply"):
        escalate(second, by=carla, reason="A lawyer writes.")


def test_only_moderators_pass_on_and_only_what_waits(replies, carla, amir, lead):
    with pytest.raises(NotAllowed):
        escalate(replies[0], by=amir, reason="A lawyer writes.")
    actions.approve(replies[0], by=carla)
    with pytest.raises(Conflict, match="does not wait"):
        escalate(replies[0], by=carla, reason="A lawyer writes.")

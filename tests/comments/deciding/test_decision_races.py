"""Two moderators and the writer at the same instant: exactly one wins, the others are told and change nothing."""

import pytest

from monographs.clinics.models import the_clinic
from monographs.comments.afterwards.writers import rewrite
from monographs.comments.arrival.intake import look_at
from monographs.comments.deciding import actions
from monographs.comments.deciding.claims import claim
from monographs.comments.deciding.seen import as_seen
from monographs.comments.models import Comment, CommentDecision, State
from monographs.operations.verify import check_history
from monographs.refusals import Conflict
from tests.makers_desk import make_unlabelled
from tests.people import make_person
from tests.races import assert_chain_does_not_fork, race, winners

pytestmark = pytest.mark.django_db(transaction=True)


def test_two_moderators_and_a_writers_edit_at_the_same_instant_exactly_one_wins():
    carla, colin = make_person("carla"), make_person("colin", role="Moderator")
    reply = make_unlabelled()
    seen, edited = as_seen(reply), look_at("May I take it with tea?", "", language="en", clinic=the_clinic())
    outcomes = race(
        lambda: actions.approve(reply, by=carla, seen=seen),
        lambda: actions.reject(reply, by=colin, reason="Rude.", seen=seen),
        lambda: rewrite(reply, edited, seen=State.PENDING),
    )
    [won] = winners(outcomes)
    assert all(isinstance(outcome, Conflict) for outcome in outcomes if outcome is not won)
    became = [State.APPROVED, State.REJECTED, State.WITHDRAWN][outcomes.index(won)]
    assert CommentDecision.objects.get().became == became
    assert Comment.objects.get(pk=reply.pk).state == became
    assert Comment.objects.filter(replaces=reply).exists() is (became == State.WITHDRAWN)
    assert_chain_does_not_fork()
    list(check_history())


def test_the_same_decision_by_two_is_taken_once():
    people = make_person("carla"), make_person("colin", role="Moderator")
    reply = make_unlabelled()
    outcomes = race(*(lambda by=by: actions.approve(reply, by=by, seen=as_seen(reply)) for by in people))
    assert len(winners(outcomes)) == 1
    assert CommentDecision.objects.count() == 1


def test_of_two_who_take_a_reply_at_once_one_has_it():
    people = make_person("carla"), make_person("colin", role="Moderator")
    reply = make_unlabelled()
    outcomes = race(*(lambda by=by: claim(reply, by=by) for by in people))
    [until] = winners(outcomes)
    taken = Comment.objects.get()
    assert taken.claimed_until == until
    assert isinstance(outcomes[1 - people.index(taken.claimed_by)], Conflict)


def test_a_claim_and_a_colleagues_decision_at_the_same_instant_leave_no_claim_on_a_decided_reply():
    carla, colin = make_person("carla"), make_person("colin", role="Moderator")
    reply = make_unlabelled()
    outcomes = race(lambda: claim(reply, by=carla), lambda: actions.approve(reply, by=colin, seen=as_seen(reply)))
    now = Comment.objects.get()
    if isinstance(outcomes[1], Conflict):  # the claim came first
        assert (now.state, now.claimed_by) == (State.PENDING, carla)
    else:
        assert (now.state, now.claimed_by) == (State.APPROVED, None)

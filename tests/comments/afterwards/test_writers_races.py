"""Two moderators and the writer of a reply at the same instant: exactly one wins. Real threads."""

import pytest

from monographs.comments.afterwards import writers
from monographs.comments.arrival import actions as arrival
from monographs.comments.arrival.intake import look_at
from monographs.comments.deciding import actions
from monographs.comments.models import Comment, State
from tests.addresses import sent_from
from tests.makers import make_comment
from tests.people import make_person
from tests.races import assert_chain_does_not_fork, race, winners
from tests.reading.parts import make_clinic

pytestmark = pytest.mark.django_db(transaction=True)


def test_of_two_moderators_and_a_writers_edit_exactly_one_wins():
    comment = make_comment()
    carla, cora = make_person("carla"), make_person("cora", role="Moderator")
    incoming = look_at("May I take it with tea?", language="en", clinic=make_clinic())
    outcomes = race(
        lambda: actions.approve(comment, by=carla, seen="pending"),
        lambda: actions.reject(comment, by=cora, reason="Off topic.", seen="pending"),
        lambda: writers.rewrite(comment, incoming, seen="pending"),
    )
    assert len(winners(outcomes)) == 1
    assert comment.decisions.count() == 1
    comment.refresh_from_db()
    has_new = Comment.objects.filter(replaces=comment).exists()
    assert has_new is (comment.state == State.WITHDRAWN)
    assert_chain_does_not_fork()


def test_two_clicks_at_once_make_one_reply():
    publication = make_comment().publication

    def click():
        with sent_from():
            return arrival.submit(publication.leaflet, body="And with tea?")

    outcomes = race(*[click] * 3)
    assert len({outcome.pk for outcome in winners(outcomes)}) == 1
    assert Comment.objects.filter(body="And with tea?").count() == 1


def test_two_clicks_on_a_change_at_once_make_one_new_reply():
    comment = make_comment()
    incoming = look_at("May I take it with tea?", language="en", clinic=make_clinic())
    race(*[lambda: writers.rewrite(comment, incoming, seen="pending")] * 2)
    assert Comment.objects.filter(replaces=comment).count() == 1
    assert_chain_does_not_fork()

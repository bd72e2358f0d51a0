"""Spam is learnt from the moderators' own decisions, anew after each fiftieth, and forgotten with the words."""

import pytest

from monographs.comments.afterwards.erasure import erase
from monographs.comments.models import Comment, CommentDecision, State
from monographs.comments.spam.learning import ENOUGH_OF_EACH, NOTHING, Learnt
from monographs.comments.spam.learnt import EVERY, forget, learnt_so_far, newest_decision
from monographs.publication.models import Publication
from tests.makers import make_medicine, make_published
from tests.people import make_person

pytestmark = pytest.mark.django_db

SPAM = "Miraculous zorbex bracelet with testamol heals everyone, magnetic wonder bargain, friend{}"
HAM = "I feel sleepy in the morning, is that normal at week {}? My nurse said so."


@pytest.fixture(autouse=True)
def _forgetful():
    forget()
    yield
    forget()


def decide(text: str, state: State, count: int = ENOUGH_OF_EACH) -> None:
    """As moderators do one by one, without the ledger."""
    publication, carla = make_published_once(), make_person("carla")
    replies = Comment.objects.bulk_create(
        Comment(leaflet=publication.leaflet, publication=publication, body=text.format(number))
        for number in range(count)
    )
    CommentDecision.objects.bulk_create(
        CommentDecision(comment=reply, was=State.PENDING, became=state, by=carla) for reply in replies
    )
    Comment.objects.filter(pk__in=[reply.pk for reply in replies]).update(state=state, waits_since=None)


def newest_now() -> int:
    return Comment.objects.values_list(newest_decision(), flat=True).first() or 0


def learnt_now() -> Learnt:
    return learnt_so_far(newest_now())


def make_published_once():
    return Publication.objects.first() or make_published()


def test_nothing_is_learnt_before_fifty_of_both_kinds(django_assert_num_queries):
    decide(SPAM, State.SPAM)
    assert learnt_now() is NOTHING
    decide(HAM, State.APPROVED)
    learnt = learnt_now()
    assert {"zorbex", "bracelet", "magnetic"} <= learnt.odds.keys()
    assert len(learnt.words_for_spam("A ZORBEX bracelet heals, a magnetic wonder, a miraculous bargain for you")) >= 5


def test_names_of_medicines_are_learnt_nothing_from():
    make_medicine("Testamol")
    decide(SPAM, State.SPAM)
    decide(HAM, State.APPROVED)
    assert "testamol" not in learnt_now().odds


def test_nothing_is_looked_up_until_fifty_more_are_decided(django_assert_num_queries):
    decide(SPAM, State.SPAM)
    decide(HAM, State.APPROVED)
    before, newest = learnt_now(), newest_now()
    with django_assert_num_queries(0):
        assert learnt_so_far(newest) is before
    decide("Thank you for week {} of this leaflet.", State.APPROVED, count=EVERY)
    newest = newest_now()
    with django_assert_num_queries(3):
        assert learnt_so_far(newest) is not before


def test_erased_words_are_forgotten_with_the_next_making():
    decide(SPAM, State.SPAM, count=ENOUGH_OF_EACH + 3)
    decide(HAM, State.APPROVED)
    assert "zorbex" in learnt_now().odds
    carla = make_person("carla")
    for reply in Comment.objects.filter(state=State.SPAM)[: ENOUGH_OF_EACH + 1]:
        erase(reply, by=carla)
    forget()
    assert learnt_now() is NOTHING

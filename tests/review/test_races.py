import pytest

from monographs.publication.actions import publish, withdraw
from monographs.publication.models import Publication
from monographs.review.actions import recall, send_back, submit
from monographs.review.models import Decision, Review, State
from monographs.revisions.actions import save_draft
from monographs.revisions.models import Revision
from tests.makers import make_approved, make_content, make_leaflet, make_published, make_review, sign
from tests.people import make_person
from tests.races import assert_chain_does_not_fork, race, winners

pytestmark = pytest.mark.django_db(transaction=True)


def test_of_two_approvals_at_once_one_wins(bruno):
    review, other = make_review(), make_person("olga", role="Second reader")
    outcomes = race(lambda: sign(review, by=bruno), lambda: sign(review, by=other))
    assert len(winners(outcomes)) == 1
    assert Decision.objects.count() == 1
    assert_chain_does_not_fork()


def test_of_two_publications_at_once_one_wins(priya):
    review = make_approved()
    outcomes = race(*[lambda: publish(review, by=priya, change_note="First.")] * 3)
    assert len(winners(outcomes)) == 1
    assert Publication.objects.count() == 1
    assert_chain_does_not_fork()


def test_of_approving_and_recalling_at_once_one_wins_or_the_approval_is_void(ana, bruno):
    review = make_review()
    race(lambda: sign(review, by=bruno), lambda: recall(review, by=ana))
    review.refresh_from_db()
    assert review.state == State.RECALLED
    assert_chain_does_not_fork()


def test_of_publishing_and_sending_back_at_once_one_wins(priya, bruno):
    review = make_approved()
    outcomes = race(
        lambda: publish(review, by=priya, change_note="First."), lambda: send_back(review, by=bruno, reason="Wait.")
    )
    review.refresh_from_db()
    assert len(winners(outcomes)) == 1
    assert Publication.objects.exists() == (review.state == State.RELEASED)
    assert_chain_does_not_fork()


def test_of_two_submissions_at_once_one_wins(ana):
    leaflet = make_leaflet()
    outcomes = race(*[lambda: submit(leaflet, by=ana)] * 3)
    assert len(winners(outcomes)) == 1
    assert Review.objects.count() == 1


def test_of_two_saves_at_once_on_the_same_revision_one_wins(ana):
    leaflet = make_leaflet()
    outcomes = race(
        *[
            lambda dose=dose: save_draft(leaflet, make_content(dosage=f"Take {dose}mg."), by=ana, based_on=1)
            for dose in (6, 7, 8)
        ]
    )
    assert len(winners(outcomes)) == 1
    assert list(Revision.objects.values_list("number", flat=True)) == [2, 1]


def test_saving_and_submitting_at_once_never_submits_what_nobody_recorded(ana):
    leaflet = make_leaflet()
    race(
        lambda: save_draft(leaflet, make_content(dosage="Take 6mg."), by=ana, based_on=1),
        lambda: submit(leaflet, by=ana),
    )
    review = Review.objects.get()
    assert review.revision == Revision.objects.order_by("-number").first()
    assert_chain_does_not_fork()


def test_of_two_withdrawals_at_once_one_wins(priya):
    leaflet = make_published().leaflet
    outcomes = race(*[lambda: withdraw(leaflet, by=priya, notice="Ask us.", why="Wrong dose.")] * 2)
    assert len(winners(outcomes)) == 1
    assert_chain_does_not_fork()


def test_many_acts_on_many_leaflets_at_once_do_not_fork_the_chain(ana, priya, bruno):
    reviews = [make_approved(medicine=f"Medicine {number}") for number in range(6)]
    outcomes = race(*[lambda review=review: publish(review, by=priya, change_note="First.") for review in reviews])
    assert len(winners(outcomes)) == 6
    assert_chain_does_not_fork()

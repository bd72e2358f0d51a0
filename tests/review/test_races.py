import datetime as dt

import pytest
from django.utils import timezone

from monographs.publication.actions import cancel_release, publish, release_in_emergency, withdraw
from monographs.publication.models import Kind, Publication
from monographs.publication.recalls import recall, send_back
from monographs.review.actions import submit
from monographs.review.models import Decision, Review, State
from monographs.revisions.actions import save_draft
from monographs.revisions.models import Revision
from tests.makers import change_leaflet, make_approved, make_content, make_leaflet, make_published, make_review, sign
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


def test_of_approving_and_saving_at_once_nothing_changes_under_the_signature(ana, bruno):
    review = make_review()
    outcomes = race(
        lambda: sign(review, by=bruno),
        lambda: save_draft(review.leaflet, make_content(dosage="Take 500mg."), by=ana, based_on=1),
    )
    review.refresh_from_db()
    assert len(winners(outcomes)) == 1
    assert review.state == State.APPROVED
    assert Decision.objects.get().digest == review.revision.digest
    assert list(Revision.objects.values_list("number", flat=True)) == [1]
    assert_chain_does_not_fork()


def test_of_publishing_and_withdrawing_at_once_the_one_who_saw_something_else_is_told(priya):
    first = make_published()
    review = make_approved(change_leaflet(first.leaflet, dosage="Take 6mg once a day."))
    outcomes = race(
        lambda: publish(review, by=priya, change_note="Dose."),
        lambda: withdraw(first.leaflet, by=priya, notice="Ask us.", why="Wrong dose.", seen=first.pk),
    )
    assert len(winners(outcomes)) == 1
    shown = Publication.objects.current(timezone.now()).get()
    assert shown == winners(outcomes)[0]
    assert_chain_does_not_fork()


def test_of_withdrawing_and_scheduling_at_once_nothing_comes_back_by_itself(priya):
    first = make_published()
    review = make_approved(change_leaflet(first.leaflet, dosage="Take 6mg once a day."))
    later = timezone.now() + dt.timedelta(days=1)
    race(
        lambda: withdraw(first.leaflet, by=priya, notice="Ask us.", why="Wrong dose."),
        lambda: publish(review, by=priya, change_note="Dose.", effective_from=later),
    )
    for at in (timezone.now(), later, later + dt.timedelta(days=9)):
        assert Publication.objects.current(at).get().kind == Kind.WITHDRAWAL
    assert_chain_does_not_fork()


def test_of_cancelling_and_recalling_a_scheduled_release_at_once_none_takes_place(priya, ana):
    review = make_approved()
    later = timezone.now() + dt.timedelta(days=1)
    scheduled = publish(review, by=priya, change_note="First.", effective_from=later)
    race(lambda: cancel_release(scheduled, by=priya, why="Too early."), lambda: recall(review, by=ana))
    assert not Publication.objects.current(later).exists()
    review.refresh_from_db()
    assert review.state == State.RECALLED
    review.leaflet.refresh_from_db()
    assert not review.leaflet.is_frozen
    assert_chain_does_not_fork()


def test_of_saving_and_releasing_in_an_emergency_at_once_only_what_was_read_goes_out(ana, priya):
    leaflet = make_leaflet()
    seen = leaflet.revisions.get()
    outcomes = race(
        lambda: save_draft(leaflet, make_content(dosage="Take 500mg."), by=ana, based_on=1),
        lambda: release_in_emergency(leaflet, by=priya, reason="Urgent.", change_note="First.", seen=seen.pk),
    )
    assert winners(outcomes)
    assert not Publication.objects.exclude(revision=seen).exists()
    assert_chain_does_not_fork()

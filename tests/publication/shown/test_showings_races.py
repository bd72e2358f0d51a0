"""Two people act on one leaflet at the same moment: what is looked up is what the timeline says afterwards."""

import datetime as dt

import pytest
from django.utils import timezone

from monographs.publication import recalls
from monographs.publication.actions import cancel_release, publish, withdraw
from monographs.publication.models import Publication
from tests.makers import change_leaflet, make_approved, make_published
from tests.publication.timeline import assert_looked_up_is_worked_out, assert_same_at
from tests.races import assert_chain_does_not_fork, race, winners

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def scheduled(priya) -> Publication:
    leaflet = change_leaflet(make_published().leaflet, dosage="Take 6mg once a day.")
    later = timezone.now() + dt.timedelta(days=1)
    return publish(make_approved(leaflet), by=priya, change_note="Later.", effective_from=later)


def assert_whole(release: Publication) -> None:
    assert_looked_up_is_worked_out()
    for instant in (timezone.now(), release.effective_from):
        assert_same_at(instant)
    assert_chain_does_not_fork()


def test_a_release_is_recalled_and_cancelled_at_once(scheduled, ana, priya):
    outcomes = race(
        lambda: recalls.recall(scheduled.review, by=ana),
        lambda: cancel_release(scheduled, by=priya),
    )
    assert winners(outcomes)
    assert not Publication.objects.coming(timezone.now()).exists()
    assert_whole(scheduled)


def test_a_leaflet_is_withdrawn_while_its_next_release_is_sent_back(scheduled, bruno, priya):
    outcomes = race(
        lambda: withdraw(scheduled.leaflet, by=priya, notice="Ask us.", why="It is wrong."),
        lambda: recalls.send_back(scheduled.review, by=bruno, reason="It is wrong."),
    )
    assert winners(outcomes)
    assert Publication.objects.shown(timezone.now()).get().kind == "withdrawal"
    assert_whole(scheduled)


def test_a_leaflet_is_withdrawn_twice_at_once(scheduled, ana, priya):
    words = {"by": priya, "notice": "Ask us.", "why": "It is wrong."}
    outcomes = race(lambda: withdraw(scheduled.leaflet, **words), lambda: withdraw(scheduled.leaflet, **words))
    assert len(winners(outcomes)) == 1
    assert_whole(scheduled)

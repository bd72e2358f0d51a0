"""Whose hand counts: everybody's since the last text that was approved and released, and nobody's before it."""

import datetime as dt

import pytest

from monographs.publication.actions import release_in_emergency, withdraw
from monographs.refusals import NotAllowed
from monographs.review.actions import recall, send_back
from monographs.review.models import ApprovalRule
from monographs.review.rules import contributors, has_contributed
from monographs.review.waiting import approvable_by
from tests.makers import change_leaflet, make_approved, make_leaflet, make_published, make_review, sign
from tests.people import make_person

pytestmark = pytest.mark.django_db


@pytest.fixture
def olga(db):
    """An author who is a second reader, too."""
    make_person("olga", role="Author")
    return make_person("olga", role="Second reader")


def test_who_wrote_only_what_was_approved_and_released_long_ago_may_approve_the_next_text(olga):
    first = make_published(make_leaflet(by=olga))
    review = make_review(change_leaflet(first.leaflet, dosage="Take 6mg once a day."))
    assert olga.pk not in contributors(review)
    assert not has_contributed(first.leaflet, olga)
    assert sign(review, by=olga)


def test_an_approval_that_was_never_released_does_not_take_a_hand_away(olga, ana):
    leaflet = make_leaflet(by=olga)
    approved = make_approved(leaflet)
    recall(approved, by=ana, note="One more thing.")
    review = make_review(change_leaflet(leaflet, dosage="Take 6mg once a day."))
    assert olga.pk in contributors(review)
    with pytest.raises(NotAllowed):
        sign(review, by=olga)


def test_every_hand_since_the_release_counts_and_not_the_newest_alone(olga, ana):
    leaflet = make_published().leaflet
    change_leaflet(leaflet, by=olga, dosage="Take 6mg once a day.")
    change_leaflet(leaflet, dosage="Take 7mg once a day.")
    assert contributors(make_review(leaflet)) == {olga.pk, ana.pk}
    assert has_contributed(leaflet, olga)


def test_an_emergency_release_that_nobody_approved_takes_no_hand_away(olga, priya):
    leaflet = make_leaflet(by=olga)
    release_in_emergency(leaflet, by=priya, reason="A recall.", change_note="First.")
    change_leaflet(leaflet, dosage="Take 6mg once a day.")
    assert has_contributed(leaflet, olga)
    assert olga.pk in contributors(make_review(leaflet))


def test_its_own_release_takes_no_hand_away_either(olga, ana):
    leaflet = make_leaflet(by=olga)
    published = make_published(change_leaflet(leaflet, dosage="Take 6mg once a day."))
    assert contributors(published.review) == {olga.pk, ana.pk}


def test_whose_hand_counted_at_an_instant_is_told_by_what_was_approved_by_then(olga, ana, bruno, priya):
    """An emergency release of hers gets the second of two approvals only after the next text was approved."""
    ApprovalRule.objects.create(section_kind="dosage", approvals=2)
    beata = make_person("beata", role="Second reader")
    leaflet = make_leaflet(by=olga)
    hers = release_in_emergency(leaflet, by=priya, reason="A recall.", change_note="First.").review
    in_order = {"seen": (hers.base_id, hers.revision_id)}
    first = sign(hers, by=bruno, **in_order)
    review = make_review(change_leaflet(leaflet, dosage="Take 6mg once a day."))
    sign(review, seen=(hers.revision_id, review.revision_id))
    second = sign(hers, by=beata, **in_order)
    assert contributors(review) == {ana.pk}
    assert contributors(review, at=second.at) == {ana.pk}
    for before in (first.at, second.at - dt.timedelta(microseconds=1)):
        assert contributors(review, at=before) == {ana.pk, olga.pk, priya.pk}


def test_who_wrote_a_text_that_comes_back_unchanged_after_a_withdrawal_is_no_reader_of_it(olga, priya):
    leaflet = make_published(make_leaflet(by=olga)).leaflet
    withdraw(leaflet, by=priya, notice="Ask us.", why="A doubt.")
    review = make_review(leaflet)
    assert olga.pk in contributors(review)
    assert not approvable_by(olga).exists()
    with pytest.raises(NotAllowed):
        sign(review, by=olga)


def test_who_submitted_only_later_had_no_hand_in_it_before(olga, ana, bruno):
    review = make_review()
    send_back(review, by=bruno, reason="No source.")
    again = make_review(review.leaflet, by=olga)
    assert contributors(again) == {ana.pk, olga.pk}
    assert contributors(again, at=again.submitted_at - dt.timedelta(microseconds=1)) == {ana.pk}


def test_of_several_releases_the_last_takes_the_hands_before_it_away(olga):
    leaflet = make_published().leaflet
    make_published(change_leaflet(leaflet, by=olga, dosage="Take 6mg once a day."), change_note="Dose.")
    change_leaflet(leaflet, dosage="Take 7mg once a day.")
    assert not has_contributed(leaflet, olga)

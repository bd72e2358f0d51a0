import datetime as dt

import pytest

from monographs.clinics.models import the_clinic
from monographs.leaflets.content import Content
from monographs.leaflets.standing import Standing
from monographs.refusals import Conflict, NotAllowed, Unacceptable
from monographs.review import actions
from monographs.review.actions import recall, send_back, submit
from monographs.review.models import Review, State
from monographs.revisions.actions import newest_revision
from tests.makers import change_leaflet, make_approved, make_content, make_leaflet, make_published, make_review, sign

pytestmark = pytest.mark.django_db


def test_submitting_freezes_the_draft_and_names_the_revision(ana):
    leaflet = make_leaflet()
    review = submit(leaflet, by=ana, note="Please check the dose.")
    leaflet.refresh_from_db()
    assert leaflet.is_frozen
    assert (review.revision.number, review.state, review.base) == (1, State.WAITING, None)


def test_a_submission_names_what_patients_read_at_the_time(ana):
    published = make_published()
    assert make_review(change_leaflet(published.leaflet, dosage="Take 6mg once a day.")).base == published.revision


def test_a_second_submission_is_refused(ana):
    review = make_review()
    with pytest.raises(Conflict, match="in review already"):
        submit(review.leaflet, by=ana)
    assert Review.objects.count() == 1


def test_a_text_that_was_not_on_the_screen_is_not_submitted(ana):
    leaflet = make_leaflet()
    seen = newest_revision(leaflet)
    change_leaflet(leaflet, dosage="Take 500mg once a day.")
    with pytest.raises(Conflict, match="changed since you opened"):
        submit(leaflet, by=ana, seen=seen.pk)
    assert submit(leaflet, by=ana, seen=newest_revision(leaflet).pk)


def test_only_authors_submit(mallory, bruno, priya):
    leaflet = make_leaflet()
    for person in (mallory, bruno, priya):
        with pytest.raises(NotAllowed):
            submit(leaflet, by=person)


def test_an_incomplete_leaflet_cannot_be_submitted(ana):
    whole = make_content()
    leaflet = make_leaflet(sections=whole.sections[1:])
    with pytest.raises(Unacceptable) as refusal:
        submit(leaflet, by=ana)
    assert [finding.place for finding in refusal.value.details["findings"]]
    leaflet.refresh_from_db()
    assert not leaflet.is_frozen


def test_what_the_clinic_has_tuned_blocks_or_lets_pass(ana):
    clinic = the_clinic()
    few, long = make_leaflet(key_facts=("One.",)), make_leaflet("Longamol", dosage=f"Take it{' now' * 30}.")
    clinic.quality_severities = {"key-facts": "warns", "long-sentence": "blocks"}
    clinic.save()
    assert submit(few, by=ana).state == State.WAITING
    with pytest.raises(Unacceptable) as refusal:
        submit(long, by=ana)
    assert [finding.rule for finding in refusal.value.details["findings"]] == ["long-sentence"]


def test_recalling_opens_the_draft_and_voids_approvals(ana):
    review = make_approved()
    recall(review, by=ana, note="One more change.")
    review.refresh_from_db()
    review.leaflet.refresh_from_db()
    assert (review.state, review.leaflet.is_frozen) == (State.RECALLED, False)
    with pytest.raises(Conflict):
        sign(review)


def test_sending_back_needs_a_reason(bruno):
    review = make_review()
    with pytest.raises(Unacceptable):
        send_back(review, by=bruno, reason="  \n")
    decision = send_back(review, by=bruno, reason="The dose has no source.")
    review.refresh_from_db()
    assert (review.state, decision.note) == (State.SENT_BACK, "The dose has no source.")


def test_sending_back_twice_is_refused(bruno):
    review = make_review()
    send_back(review, by=bruno, reason="No source.")
    with pytest.raises(Conflict):
        send_back(review, by=bruno, reason="No source.")


def test_what_patients_read_already_cannot_be_recalled(ana):
    review = make_published().review
    with pytest.raises(Conflict):
        recall(review, by=ana)


def test_the_content_of_the_review_is_the_content_submitted():
    review = make_review(dosage="Take 7.5mg once a day.")
    assert isinstance(review.revision.content, Content)
    assert "7.5mg" in review.revision.content_json


@pytest.mark.parametrize("verb", ["recall", "send back"])
def test_a_decision_is_of_the_very_instant_at_which_it_was_judged(ana, bruno, monkeypatch, verb):
    """A scheduled release is void only by a decision before its instant, so no time may pass between the two."""
    review, judged = make_review(), []
    monkeypatch.setattr(actions, "check_is_open", lambda review, at: judged.append(at))
    decision = recall(review, by=ana) if verb == "recall" else send_back(review, by=bruno, reason="No source.")
    assert [decision.at] == judged


def test_a_release_can_be_taken_back_until_its_instant_and_not_at_it():
    review = make_published().review
    review.refresh_from_db()
    assert not review.is_open(review.released_from)
    assert review.is_open(review.released_from - dt.timedelta(microseconds=1))


def test_of_reviews_that_have_ended_the_last_says_where_a_leaflet_stands(ana, bruno):
    review = make_review()
    send_back(review, by=bruno, reason="No source.")
    recall(make_review(review.leaflet), by=ana)
    assert Standing.objects.get(leaflet=review.leaflet).review_state == State.RECALLED

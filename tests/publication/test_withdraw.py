import pytest
from django.utils import timezone

from monographs.publication.actions import publish, withdraw
from monographs.publication.models import Kind, Page, Publication
from monographs.publication.recalls import recall
from monographs.refusals import Conflict, NotAllowed, Unacceptable
from monographs.review.models import ApprovalRule
from tests.makers import change_leaflet, make_approved, make_leaflet, make_published, make_review, sign
from tests.people import make_person

pytestmark = pytest.mark.django_db


def test_a_withdrawn_leaflet_shows_its_notice_at_once(priya):
    publication = make_published()
    withdraw(publication.leaflet, by=priya, notice="Ask your **pharmacist**.", why="A wrong dose.")
    now = timezone.now()
    assert not Publication.objects.live(now).exists()
    publication.review.refresh_from_db()
    assert publication.review.get_state_display() == "no longer shown"
    page = Page.objects.current(now).get()
    assert "<strong>pharmacist</strong>" in page.html
    assert "A wrong dose" not in page.html


def test_a_withdrawal_needs_a_notice_and_a_reason(priya):
    leaflet = make_published().leaflet
    for notice, why in (("", "Wrong dose."), ("Ask us.", " ")):
        with pytest.raises(Unacceptable):
            withdraw(leaflet, by=priya, notice=notice, why=why)


def test_only_who_may_withdraws(bruno, ana, mallory):
    leaflet = make_published().leaflet
    for person in (bruno, ana, mallory):
        with pytest.raises(NotAllowed):
            withdraw(leaflet, by=person, notice="Ask us.", why="Wrong dose.")


def test_withdrawing_twice_is_refused(priya):
    leaflet = make_published().leaflet
    withdraw(leaflet, by=priya, notice="Ask us.", why="Wrong dose.")
    with pytest.raises(Conflict):
        withdraw(leaflet, by=priya, notice="Ask us.", why="Wrong dose.")


def test_a_leaflet_never_shown_cannot_be_withdrawn(priya):
    with pytest.raises(Conflict):
        withdraw(make_leaflet(), by=priya, notice="Ask us.", why="Wrong dose.")


def test_bringing_it_back_needs_a_new_approval_even_of_the_same_text(priya):
    publication = make_published()
    withdraw(publication.leaflet, by=priya, notice="Ask us.", why="A doubt.")
    with pytest.raises(Conflict):
        publish(publication.review, by=priya, change_note="Back.")
    restored = publish(make_approved(publication.leaflet), by=priya, change_note="Checked and back.")
    assert (restored.kind, restored.version, restored.digest) == (Kind.RESTORATION, "2", publication.digest)
    assert Publication.objects.live(timezone.now()).get() == restored


def test_an_approval_given_before_the_withdrawal_does_not_bring_it_back(priya, ana):
    publication = make_published()
    review = make_approved(change_leaflet(publication.leaflet, dosage="Take 6mg once a day."))
    withdraw(publication.leaflet, by=priya, notice="Ask us.", why="A doubt.")
    with pytest.raises(Conflict, match="approved once more"):
        publish(review, by=priya, change_note="Back.")
    recall(review, by=ana)
    assert publish(make_approved(publication.leaflet), by=priya, change_note="Checked and back.")


def test_one_who_looked_again_after_the_withdrawal_is_enough_where_another_signed_before(priya):
    published = make_published()
    ApprovalRule.objects.create(medicine=published.leaflet.medicine, approvals=2)
    review = make_review(change_leaflet(published.leaflet, dosage="Take 6mg once a day."))
    sign(review)
    withdraw(published.leaflet, by=priya, notice="Ask us.", why="A doubt.")
    sign(review, by=make_person("olga", role="Second reader"))
    review.refresh_from_db()
    assert publish(review, by=priya, change_note="Checked and back.").kind == Kind.RESTORATION


def test_an_approval_of_the_very_instant_of_a_withdrawal_does_not_bring_it_back(priya, monkeypatch):
    leaflet = make_published().leaflet
    change_leaflet(leaflet, dosage="Take 6mg once a day.")
    now = timezone.now()
    monkeypatch.setattr(timezone, "now", lambda: now)
    review = make_approved(leaflet)
    withdraw(leaflet, by=priya, notice="Ask us.", why="A doubt.")
    with pytest.raises(Conflict, match="approved once more"):
        publish(review, by=priya, change_note="Back.")


def test_a_version_that_was_not_on_the_screen_is_not_withdrawn(priya):
    seen = make_published()
    newer = make_published(change_leaflet(seen.leaflet, dosage="Take 6mg once a day."), change_note="Dose.")
    with pytest.raises(Conflict, match="Another version was published"):
        withdraw(seen.leaflet, by=priya, notice="Ask us.", why="A doubt.", seen=seen.pk)
    assert Publication.objects.live(timezone.now()).get() == newer
    assert withdraw(seen.leaflet, by=priya, notice="Ask us.", why="A doubt.", seen=newer.pk)

import datetime as dt

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone

from monographs.admin.frame.leaflet.state import state_of
from monographs.audit.public_stamp import newest_public
from monographs.publication.actions import publish, release_in_emergency, withdraw
from monographs.publication.models import Kind, Page, Publication
from monographs.refusals import Conflict, NotAllowed, Unacceptable
from monographs.review.models import ApprovalRule, Review, State
from monographs.review.released import open_emergency
from monographs.review.rules import contributors
from monographs.revisions.actions import save_draft
from tests.makers import change_leaflet, make_approved, make_leaflet, make_published, make_review, sign
from tests.people import make_person

pytestmark = pytest.mark.django_db


def make_emergency(leaflet=None, *, by=None) -> Publication:
    leaflet = leaflet or change_leaflet(make_published().leaflet, dosage="Do not take more than 5mg a day.")
    return release_in_emergency(
        leaflet, by=by or make_person("priya"), reason="A recall of today.", change_note="The dose was wrong."
    )


def test_an_emergency_release_shows_the_newest_revision_at_once():
    publication = make_emergency()
    assert publication.kind == Kind.EMERGENCY
    assert "more than 5mg" in Page.objects.current(timezone.now()).get().html


def test_it_is_a_major_version_with_the_next_review_that_its_text_names():
    leaflet = make_published().leaflet
    make_published(change_leaflet(leaflet, dosage="Take 6mg once a day."), size="minor")
    publication = make_emergency(change_leaflet(leaflet, dosage="Do not take more than 5mg a day."))
    assert publication.version == "2"
    assert publication.next_review_on.isoformat() == publication.revision.content.next_review_on
    assert make_emergency(make_leaflet("Othermol", next_review_on="")).next_review_on is None


def test_it_needs_a_permission_of_its_own(ana, bruno, mallory):
    leaflet = change_leaflet(make_published().leaflet, dosage="Take 6mg once a day.")
    for person in (ana, bruno, mallory):
        with pytest.raises(NotAllowed):
            make_emergency(leaflet, by=person)


@pytest.mark.parametrize(("reason", "note"), [("", "Dose."), ("  ", "Dose."), ("Recall.", ""), ("Recall.", "\n")])
def test_a_reason_and_a_note_for_patients_are_compulsory(priya, reason, note):
    leaflet = change_leaflet(make_published().leaflet, dosage="Take 6mg once a day.")
    with pytest.raises(Unacceptable):
        release_in_emergency(leaflet, by=priya, reason=reason, change_note=note)
    assert not Review.objects.emergency(timezone.now()).exists()


def test_the_leaflet_is_flagged_until_somebody_who_did_not_contribute_approves():
    publication = make_emergency()
    review = publication.review
    assert list(Review.objects.emergency(timezone.now())) == [review]
    assert contributors(review) == {make_person("ana").pk, make_person("priya").pk}
    make_person("priya", role="Second reader")
    with pytest.raises(NotAllowed):
        sign(review, by=make_person("priya"), seen=(review.base_id, review.revision_id))
    sign(review, seen=(review.base_id, review.revision_id))
    review.refresh_from_db()
    assert review.state == State.RELEASED
    assert not Review.objects.emergency(timezone.now()).exists()


@pytest.mark.parametrize("lacking", [{"next_review_on": ""}, {"sources": ()}, {"dosage": "Take .5mg once a day."}])
def test_an_approval_in_retrospect_is_no_way_around_the_quality_checks(lacking):
    publication = make_emergency(make_leaflet(**lacking))
    with pytest.raises(Conflict, match="quality checks"):
        sign(publication.review, seen=(None, publication.revision_id))
    assert Review.objects.emergency(timezone.now()).exists()
    leaflet = change_leaflet(publication.leaflet, dosage="Take 0.5mg once a day.")
    make_published(leaflet)
    assert not Review.objects.emergency(timezone.now()).exists()


def test_a_text_that_was_not_on_the_screen_is_not_released(priya):
    leaflet = make_published().leaflet
    seen = change_leaflet(leaflet, dosage="Take 6mg once a day.").revisions.latest("number")
    newest = change_leaflet(leaflet, dosage="Take 60mg once a day.").revisions.latest("number")
    told = {"by": priya, "reason": "A recall.", "change_note": "Dose."}
    with pytest.raises(Conflict, match="changed since you opened"):
        release_in_emergency(leaflet, **told, seen=seen.pk)
    assert release_in_emergency(leaflet, **told, seen=newest.pk).revision == newest


def test_the_public_stamp_moves_when_an_emergency_release_is_approved():
    """A page says when its text was checked."""
    publication = make_emergency()
    before = newest_public().get()
    sign(publication.review, seen=(publication.review.base_id, publication.revision_id))
    assert newest_public().get() != before


def test_the_database_asks_for_the_record_of_the_emergency():
    review = make_review(change_leaflet(make_published().leaflet, dosage="Take 6mg once a day."))
    for state in (State.EMERGENCY, State.APPROVED):
        Review.objects.filter(pk=review.pk).update(state=state)
        with pytest.raises(DatabaseError, match="no matching approval"), transaction.atomic():
            Publication.objects.create(
                leaflet=review.leaflet, revision=review.revision, review=review, digest=review.revision.digest,
                kind=Kind.EMERGENCY, major=9, minor=0, at=timezone.now(), effective_from=timezone.now(),
            )  # fmt: skip


def test_a_later_approved_version_takes_its_place():
    publication = make_emergency()
    leaflet = change_leaflet(publication.leaflet, dosage="Take at most 5mg in 24 hours.")
    priya = make_person("priya", role="Second reader")
    review = make_review(leaflet)
    assert priya.pk in contributors(review)
    sign(review)
    review.refresh_from_db()
    publish(review, by=priya, change_note="Checked.")
    assert not Review.objects.emergency(timezone.now()).exists()


def test_the_same_text_is_not_released_twice():
    publication = make_emergency()
    with pytest.raises(Conflict):
        make_emergency(publication.leaflet)


def test_a_text_in_review_can_be_released_in_an_emergency_and_still_be_approved():
    leaflet = change_leaflet(make_published().leaflet, dosage="Take 6mg once a day.")
    review = make_review(leaflet)
    publication = make_emergency(leaflet)
    assert publication.revision == review.revision
    assert sign(review)


def test_a_leaflet_never_approved_can_be_released_in_an_emergency():
    publication = make_emergency(make_leaflet())
    assert Publication.objects.live(timezone.now()).get() == publication


def test_a_scheduled_approved_version_takes_its_place_when_its_instant_comes(priya):
    publication = make_emergency()
    review = make_review(change_leaflet(publication.leaflet, dosage="Take at most 5mg in 24 hours."))
    sign(review)
    at = timezone.now() + dt.timedelta(days=1)
    publish(review, by=priya, change_note="Checked.", effective_from=at)
    assert Review.objects.emergency(at - dt.timedelta(seconds=1)).exists()
    assert not Review.objects.emergency(at).exists()


def test_an_emergency_release_that_too_few_had_approved_stays_part_of_what_is_approved_next(ana, bruno):
    ApprovalRule.objects.create(approvals=2)
    first = make_emergency(make_leaflet())
    sign(first.review, seen=(None, first.revision_id))
    xena = make_person("xena", role="Author")
    leaflet = change_leaflet(first.leaflet, by=xena, dosage="Take at most 5mg in 24 hours.")
    second = make_emergency(leaflet)
    assert contributors(second.review) == {ana.pk, xena.pk, make_person("priya").pk}


def test_an_emergency_release_approved_in_retrospect_is_the_base_of_the_next_even_when_withdrawn(priya):
    first = make_emergency(make_leaflet())
    sign(first.review, seen=(None, first.revision_id))
    withdraw(first.leaflet, by=priya, notice="Ask us.", why="A doubt.")
    xena = make_person("xena", role="Author")
    leaflet = change_leaflet(first.leaflet, by=xena, dosage="Take at most 5mg in 24 hours.")
    assert contributors(make_review(leaflet, by=xena)) == {xena.pk}


def test_what_was_withdrawn_does_not_come_back_without_an_approval(client, priya):
    first = make_published()
    text = first.revision.content
    leaflet = change_leaflet(first.leaflet, dosage="Take 50mg once a day.")
    emergency = make_emergency(leaflet)
    withdraw(leaflet, by=priya, notice="Ask us.", why="The dose was wrong.")
    save_draft(leaflet, text, by=make_person("ana"))
    for dosage in (None, "Take 50mg once a day.", "Take 4mg once a day."):
        if dosage:
            change_leaflet(leaflet, dosage=dosage)
        with pytest.raises(Conflict, match="withdrawn"):
            make_emergency(leaflet)
    client.force_login(priya)
    assert client.get(f"/admin/leaflets/{leaflet.pk}/emergency/").status_code == 409
    assert "Release in an emergency" not in [button.label for button in state_of(leaflet, priya).buttons]
    assert Publication.objects.current(timezone.now()).get().kind == Kind.WITHDRAWAL
    assert emergency.pk


def test_the_database_takes_no_emergency_release_of_what_is_withdrawn(priya):
    leaflet = change_leaflet(make_published().leaflet, dosage="Take 6mg once a day.")
    withdraw(leaflet, by=priya, notice="Ask us.", why="A doubt.")
    review = open_emergency(leaflet, by=priya, reason="A recall of today.")
    with pytest.raises(DatabaseError, match="no matching approval"), transaction.atomic():
        Publication.objects.create(
            leaflet=leaflet, revision=review.revision, review=review, digest=review.revision.digest,
            kind=Kind.EMERGENCY, major=9, minor=0, at=timezone.now(), effective_from=timezone.now(),
        )  # fmt: skip


def test_after_an_approved_restoration_an_emergency_release_is_possible_again(priya):
    leaflet = make_published().leaflet
    withdraw(leaflet, by=priya, notice="Ask us.", why="A doubt.")
    make_published(change_leaflet(leaflet, dosage="Take 4mg once a day."))
    assert make_emergency(change_leaflet(leaflet, dosage="Take 3mg once a day."))


def test_the_same_words_in_a_newer_revision_are_the_same_text():
    first = make_published()
    change_leaflet(first.leaflet, dosage="Take 6mg once a day.")
    save_draft(first.leaflet, first.revision.content, by=make_person("ana"))
    with pytest.raises(Conflict, match="have read this text already"):
        make_emergency(first.leaflet)


def test_what_has_only_expired_can_be_released_in_an_emergency(priya, monkeypatch):
    end = timezone.now() + dt.timedelta(days=1)
    leaflet = publish(make_approved(), by=priya, change_note="For now.", expires_at=end).leaflet
    monkeypatch.setattr(timezone, "now", lambda: end)
    change_leaflet(leaflet, dosage="Take at most 5mg a day.")
    assert make_emergency(leaflet) == Publication.objects.live(end).get()

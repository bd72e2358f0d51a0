"""No side door: what nobody approved does not reach patients by a bulk update, a save in the shell or raw rows."""

import datetime as dt

import pytest
from django.db import DatabaseError, transaction
from django.test import Client
from django.utils import timezone

from monographs.audit.record import record
from monographs.leaflets.models import Leaflet, Section
from monographs.publication.actions import publish, release_in_emergency, withdraw
from monographs.publication.models import Cancellation, Page, Publication
from monographs.publication.recalls import recall, send_back
from monographs.refusals import Conflict
from monographs.review.models import Decision, Review, State
from monographs.revisions.models import Revision
from tests.makers import change_leaflet, make_approved, make_published, make_review

pytestmark = pytest.mark.django_db

WRONG = "Take 100mg once a day."


def page() -> str:
    answer = Client().get("/leaflets/testamol/")
    assert answer.status_code == 200
    return answer.content.decode()


def test_draft_rows_changed_behind_the_verbs_are_not_shown():
    leaflet = make_published().leaflet
    Section.objects.filter(leaflet=leaflet).update(body=WRONG)
    for section in Section.objects.filter(leaflet=leaflet):
        section.body = WRONG
        section.save()
    leaflet.title = WRONG
    leaflet.is_frozen = True
    leaflet.save()
    assert WRONG not in page()


@pytest.mark.parametrize(
    ("model", "change"),
    [
        (Revision, {"content_json": "{}"}),
        (Publication, {"revision": None}),
        (Page, {"html": WRONG}),
        (Decision, {"outcome": "approved"}),
    ],
)
def test_what_was_approved_and_shown_cannot_be_altered_in_place(model, change):
    make_published()
    before = page()
    with pytest.raises(DatabaseError), transaction.atomic():
        model.objects.update(**change)
    row = model.objects.first()
    for name, value in change.items():
        setattr(row, name, value)
    with pytest.raises(DatabaseError), transaction.atomic():
        row.save()
    with pytest.raises(DatabaseError), transaction.atomic():
        row.delete()
    assert page() == before


@pytest.mark.parametrize("kind", ["normal", "restoration", "emergency"])
def test_review_whose_state_was_set_by_hand_publishes_nothing(priya, kind):
    leaflet = change_leaflet(make_published().leaflet, dosage=WRONG)
    review = make_review(leaflet)
    now = timezone.now()
    for state in State.values:
        Review.objects.filter(pk=review.pk).update(state=state)
        review.refresh_from_db()
        with pytest.raises(Conflict):
            publish(review, by=priya, change_note="Dose.")
        with pytest.raises(DatabaseError, match="no matching approval"), transaction.atomic():
            Publication.objects.create(
                leaflet=leaflet, revision=review.revision, review=review, digest=review.revision.digest, kind=kind,
                major=9, minor=0, at=now, effective_from=now + dt.timedelta(seconds=1),
            )  # fmt: skip
    assert WRONG not in page()


def test_approved_review_pointed_at_another_revision_publishes_nothing(priya):
    leaflet = make_published().leaflet
    approved = make_approved(change_leaflet(leaflet, dosage="Take 6mg once a day."))
    Review.objects.filter(pk=approved.pk).update(state=State.RECALLED)
    leaflet.is_frozen = False
    leaflet.save()
    other = change_leaflet(leaflet, dosage=WRONG).revisions.order_by("number").last()
    with pytest.raises(DatabaseError, match="keeps its text"), transaction.atomic():
        Review.objects.filter(pk=approved.pk).update(state=State.APPROVED, revision=other)
    assert WRONG not in page()


@pytest.mark.parametrize("field", ["leaflet", "revision", "base", "submitted_by", "submitted_at", "note"])
def test_a_review_stays_that_of_its_text_and_of_who_submitted_it(bruno, field):
    review, other = make_published().review, make_published(medicine="Othermol")
    changed = {
        "leaflet": other.leaflet, "revision": other.revision, "base": other.revision, "submitted_by": bruno,
        "submitted_at": timezone.now() - dt.timedelta(days=1), "note": "Another note.",
    }  # fmt: skip
    with pytest.raises(DatabaseError, match="keeps its text"), transaction.atomic():
        Review.objects.filter(pk=review.pk).update(**{field: changed[field]})
    setattr(review, field, changed[field])
    with pytest.raises(DatabaseError, match="keeps its text"), transaction.atomic():
        review.save()


def set_by_hand(review: Review) -> Review:
    """The review, made to look approved."""
    Review.objects.filter(pk=review.pk).update(state=State.APPROVED)
    return Review.objects.get(pk=review.pk)


def publication_of(review: Review) -> Publication:
    now = timezone.now()
    return Publication(
        leaflet=review.leaflet, revision=review.revision, review=review, digest=review.revision.digest,
        major=9, minor=0, at=now, effective_from=now,
    )  # fmt: skip


@pytest.mark.parametrize("end", ["recalled", "sent back"])
def test_a_void_approval_publishes_nothing_whatever_the_review_says(ana, bruno, priya, end):
    review = make_approved(change_leaflet(make_published().leaflet, dosage=WRONG))
    if end == "recalled":
        recall(review, by=ana)
    else:
        send_back(review, by=bruno, reason="Ten times the dose.")
    review = set_by_hand(review)
    with pytest.raises(DatabaseError, match="no matching approval"), transaction.atomic():
        publish(review, by=priya, change_note="Dose.")
    with pytest.raises(DatabaseError, match="no matching approval"), transaction.atomic():
        publication_of(review).save()
    assert WRONG not in page()


def test_a_dose_that_was_corrected_does_not_come_back_by_its_old_approval(priya):
    first = make_published(dosage=WRONG)
    make_published(change_leaflet(first.leaflet, dosage="Take 5mg once a day."), change_note="The dose was wrong.")
    review = set_by_hand(first.review)
    with pytest.raises(DatabaseError, match="no matching approval"), transaction.atomic():
        publish(review, by=priya, change_note="Dose.")
    assert WRONG not in page()


def test_a_row_behind_the_verbs_does_not_take_the_place_of_a_withdrawal(priya):
    leaflet = make_published().leaflet
    review = make_approved(change_leaflet(leaflet, dosage="Take 6mg once a day."))
    withdrawal = withdraw(leaflet, by=priya, notice="Ask us.", why="A recall.")
    with pytest.raises(DatabaseError, match="no matching approval"), transaction.atomic():
        publication_of(review).save()
    assert Publication.objects.current(timezone.now()).get() == withdrawal


@pytest.mark.parametrize("change", [{"slug": "othermol"}, {"language": "ar"}, {"edition": "easy-read"}])
def test_an_approved_text_cannot_be_moved_to_another_address_or_language(change):
    leaflet = make_published().leaflet
    before = page()
    with pytest.raises(DatabaseError, match="keeps its address"), transaction.atomic():
        Leaflet.objects.filter(pk=leaflet.pk).update(**change)
    for name, value in change.items():
        setattr(leaflet, name, value)
    with pytest.raises(DatabaseError, match="keeps its address"), transaction.atomic():
        leaflet.save()
    assert page() == before


CANCELLED_IN_A_SHELL = {
    "save": lambda row: Cancellation(publication=row, why="Oops.").save(),
    "bulk_create": lambda row: Cancellation.objects.bulk_create([Cancellation(publication=row, why="Oops.")]),
}


@pytest.mark.parametrize("door", CANCELLED_IN_A_SHELL)
def test_a_withdrawal_cannot_be_taken_back_by_cancelling_it(priya, door):
    leaflet = make_published(dosage=WRONG).leaflet
    withdrawal = withdraw(leaflet, by=priya, notice="Ask us.", why="Ten times the dose.")
    with pytest.raises(DatabaseError, match="in effect cannot be cancelled"), transaction.atomic():
        CANCELLED_IN_A_SHELL[door](withdrawal)
    record("leaflet.release-cancelled", by=None, about=withdrawal, subject=leaflet)
    with pytest.raises(DatabaseError, match="in effect cannot be cancelled"), transaction.atomic():
        CANCELLED_IN_A_SHELL[door](withdrawal)
    assert Publication.objects.current(timezone.now()).get() == withdrawal


@pytest.mark.parametrize("door", CANCELLED_IN_A_SHELL)
def test_a_dose_that_was_corrected_does_not_come_back_by_cancelling_the_correction(door):
    leaflet = make_published(dosage=WRONG).leaflet
    newer = make_published(change_leaflet(leaflet, dosage="Take 5mg once a day."), change_note="The dose was wrong.")
    with pytest.raises(DatabaseError, match="in effect cannot be cancelled"), transaction.atomic():
        CANCELLED_IN_A_SHELL[door](newer)
    assert WRONG not in page()


def test_a_dose_that_was_corrected_does_not_come_back_by_a_backdated_recall(ana):
    leaflet = make_published(dosage=WRONG).leaflet
    newer = make_published(change_leaflet(leaflet, dosage="Take 5mg once a day."), change_note="The dose was wrong.")
    Decision.objects.create(
        review=newer.review, outcome="recalled", by=ana, at=newer.at - dt.timedelta(days=1), digest=newer.digest
    )
    assert Publication.objects.current(timezone.now()).get() == newer
    assert WRONG not in page()


def test_an_approval_or_emergency_record_serves_once(priya):
    released = make_published()
    emergency = release_in_emergency(
        change_leaflet(released.leaflet, dosage=WRONG), by=priya, reason="Urgent.", change_note="Dose."
    )
    for row in (released, emergency):
        row.pk, row.major, row.minor, row.effective_from = None, 9, 0, timezone.now() + dt.timedelta(seconds=1)
        with pytest.raises(DatabaseError, match="no matching approval"), transaction.atomic():
            row.save(force_insert=True)
    assert Publication.objects.count() == 2

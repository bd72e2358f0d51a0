"""Rows of record that are changed, taken away or added behind the application's back are found and named."""

import datetime as dt

import pytest

from monographs.audit.models import Entry
from monographs.comments.models import CommentDecision
from monographs.publication.models import Cancellation, Page, Publication
from monographs.review.models import Decision, Review
from monographs.revisions.models import Revision
from tests.makers import change_leaflet, make_review
from tests.operations.verify.asked import problem_found, verify

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("model", "column", "value"),
    [
        (Entry, "why", "another reason"),
        (Entry, "by_name", "Somebody else"),
        (Entry, "at", dt.datetime(2020, 1, 1, tzinfo=dt.UTC)),
        (Entry, "hash", "f" * 64),
        (Entry, "data", '{"digest":"0"}'),
        (Revision, "content_json", "{}"),
        (Revision, "why", "another reason"),
        (Revision, "digest", "f" * 64),
        (Decision, "note", "another note"),
        (Decision, "signer_name", "Somebody else"),
        (Decision, "checklist", ["Nothing."]),
        (Publication, "change_note", "Another note."),
        (Publication, "effective_from", dt.datetime(2099, 1, 1, tzinfo=dt.UTC)),
        (Page, "html", "<p>Take 50mg.</p>"),
        (Page, "digest", "f" * 64),
        (CommentDecision, "reason", "another reason"),
    ],
)
@pytest.mark.parametrize("which", ["first", "last"])
def test_the_first_altered_row_is_named(history, behind_the_back, model, column, value, which):
    rows = model.objects.order_by("pk")
    row = getattr(rows, which)()
    with behind_the_back():
        rows.filter(pk=row.pk).update(**{column: value})
    number = row.position if model is Entry else row.pk
    assert problem_found().startswith(f"{model._meta.db_table}, row {number}: ")


def test_one_changed_character_in_a_revision_is_found_with_what_was_expected(history, behind_the_back):
    revision = Revision.objects.order_by("pk").first()
    changed = revision.content_json.replace("5mg", "50mg")
    with behind_the_back():
        Revision.objects.filter(pk=revision.pk).update(content_json=changed)
    revision.content_json = changed
    sentence = problem_found()
    assert sentence.startswith(f"monographs_revision, row {revision.pk}: ")
    assert revision.digest in sentence
    assert revision.computed_digest() in sentence


def test_content_with_its_own_digest_and_hash_made_anew_is_found(history, behind_the_back):
    revision = Revision.objects.order_by("pk").last()
    revision.content_json = revision.content_json.replace("5mg", "50mg")
    revision.digest = revision.computed_digest()
    revision.hash = revision.computed_hash()
    with behind_the_back():
        revision.save()
    assert problem_found().startswith(f"monographs_revision, row {revision.pk}: the hash in the ledger is ")


def test_a_page_with_its_own_digest_made_anew_is_found(history, behind_the_back):
    page = Page.objects.order_by("pk").last()
    with behind_the_back():
        Page.objects.filter(pk=page.pk).update(
            html="", digest="e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
        )
    assert problem_found().startswith(f"monographs_page, row {page.pk}: the SHA-256 in the ledger is ")


@pytest.mark.parametrize("which", ["first", "last"])
@pytest.mark.parametrize("field", ["submitted_by", "note", "revision", "leaflet"])
def test_a_review_turned_to_another_text_or_submitter_is_found(history, behind_the_back, bruno, which, field):
    review = getattr(Review.objects.order_by("pk"), which)()
    other = Revision.objects.exclude(leaflet=review.leaflet).first()
    changed = {"submitted_by": bruno, "note": "Another.", "revision": other, "leaflet": other.leaflet}
    with behind_the_back():
        Review.objects.filter(pk=review.pk).update(**{field: changed[field]})
    assert problem_found().startswith(f"monographs_review, row {review.pk}: ")


def test_a_submission_taken_away_is_found(history, behind_the_back):
    review = make_review(change_leaflet(history, dosage="Take 9mg once a day."))
    with behind_the_back():
        Review.objects.filter(pk=review.pk).delete()
    assert problem_found() == (f"monographs_review, row {review.pk}: the ledger speaks of this row, but it is missing.")


@pytest.mark.parametrize("model", [Decision, Page, Cancellation, CommentDecision])
def test_a_row_taken_away_is_found(history, behind_the_back, model):
    assert verify("--quiet") == ""
    with behind_the_back():
        model.objects.order_by("pk").last().delete()
    assert problem_found()


def test_a_row_that_no_verb_wrote_is_found(history, behind_the_back):
    page = Page.objects.order_by("pk").last()
    page.pk = None
    with behind_the_back():
        page.save(force_insert=True)
    assert (
        f"monographs_publication, row {page.publication_id}: the ledger speaks of 1 compiled pages" in problem_found()
    )

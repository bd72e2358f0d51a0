"""Rows written past the verbs, in a shell or by SQL: nothing that nobody approved reaches a patient."""

import datetime as dt
import sqlite3

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.utils import timezone

from monographs.audit.chain import canonical_json, sha256
from monographs.audit.models import Entry
from monographs.leaflets.models import Leaflet, Section
from monographs.publication.actions import publish
from monographs.publication.models import Page, Publication
from monographs.review.models import Decision, Outcome, Review, State
from monographs.revisions.models import Revision
from tests.makers import change_leaflet, make_published, make_review

pytestmark = pytest.mark.django_db

EVIL = "Take fifty at once."


@pytest.fixture
def live():
    return make_published()


@pytest.fixture
def waiting(live) -> Review:
    """A review of a change that nobody approved."""
    return make_review(change_leaflet(live.leaflet, dosage=EVIL))


def read() -> str:
    return Client().get("/leaflets/testamol/").content.decode()


def page_row(publication: Publication, html: str = EVIL, digest: str = "") -> Page:
    return Page(publication=publication, html=html, plain_text=html, digest=digest or sha256(html))


def approval_of(review: Review, by) -> Decision:
    return Decision(review=review, outcome=Outcome.APPROVED, by=by, digest=review.revision.digest, signer_name=by.name)


def publication_of(review: Review, **fields) -> Publication:
    now = timezone.now()
    row = {"major": 2, "minor": 0, "at": now, "effective_from": now + dt.timedelta(milliseconds=1)}
    return Publication(
        leaflet=review.leaflet,
        revision=review.revision,
        review=review,
        digest=review.revision.digest,
        **{**row, **fields},
    )


def insert(table: str, row) -> None:
    """One row by SQL."""
    fields = [field for field in row._meta.concrete_fields if not field.primary_key]
    values = [field.get_db_prep_save(getattr(row, field.attname), connection) for field in fields]
    names, marks = ", ".join(f'"{field.column}"' for field in fields), ", ".join(["%s"] * len(fields))
    with connection.cursor() as cursor:
        cursor.execute(f'INSERT INTO "{table}" ({names}) VALUES ({marks})', values)  # noqa: S608 - our own names


DOORS = {
    "save": lambda row: row.save(),
    "bulk_create": lambda row: type(row).objects.bulk_create([row]),
    "bulk_create without conflicts": lambda row: type(row).objects.bulk_create([row], ignore_conflicts=True),
    "SQL": lambda row: insert(row._meta.db_table, row),
}


@pytest.mark.parametrize("door", DOORS)
@pytest.mark.parametrize("digest_of", ["its own HTML", "the page on record", "nothing"])
def test_page_with_other_html_is_refused(live, door, digest_of):
    digest = {"its own HTML": sha256(EVIL), "the page on record": live.pages.get().digest, "nothing": "0" * 64}[
        digest_of
    ]
    with pytest.raises(DatabaseError, match="the ledger does not know this page"), transaction.atomic():
        DOORS[door](page_row(live, digest=digest))
    assert EVIL not in read()


@pytest.mark.parametrize("door", DOORS)
def test_page_of_another_publication_is_refused(live, door):
    other = make_published(medicine="Betamol", dosage="Take it at night.").pages.get()
    with pytest.raises(DatabaseError, match="the ledger does not know this page"), transaction.atomic():
        DOORS[door](page_row(live, html=other.html))


@pytest.mark.parametrize("door", DOORS)
def test_publication_of_what_waits_is_refused(waiting, door):
    with pytest.raises(DatabaseError, match="no matching approval"), transaction.atomic():
        DOORS[door](publication_of(waiting))
    assert EVIL not in read()


@pytest.mark.parametrize("door", DOORS)
def test_approval_that_nobody_gave_publishes_nothing(waiting, bruno, priya, door):
    DOORS[door](approval_of(waiting, bruno))
    Review.objects.filter(pk=waiting.pk).update(state=State.APPROVED)
    with pytest.raises(DatabaseError, match="no matching approval"), transaction.atomic():
        publish(Review.objects.get(pk=waiting.pk), by=priya, change_note="Better.")
    with pytest.raises(DatabaseError, match="no matching approval"), transaction.atomic():
        DOORS[door](publication_of(waiting))
    assert EVIL not in read()
    with pytest.raises(CommandError, match="monographs_decision.*the ledger says nothing of it"):
        call_command("verify_history")


def test_approval_of_another_round_publishes_nothing(live, waiting):
    """The approved review of version 1 is not turned to the new revision."""
    Review.objects.filter(pk=waiting.pk).update(state=State.ENDED)
    with pytest.raises(DatabaseError, match="keeps its text"), transaction.atomic():
        Review.objects.filter(pk=live.review_id).update(revision=waiting.revision, state=State.APPROVED)
    assert EVIL not in read()


def test_draft_changed_in_bulk_is_not_what_patients_read(live):
    before = read()
    Section.objects.update(body=EVIL, heading=EVIL)
    Leaflet.objects.update(title=EVIL, key_facts=EVIL, next_review_on=None)
    Section.objects.bulk_create([Section(leaflet=live.leaflet, kind="dosage", key="evil", body=EVIL)])
    for section in Section.objects.all():
        section.save()
    assert read() == before


def slipped_in(revision: Revision) -> Revision:
    """A next revision with another dose, and all else of ``revision``."""
    revision.pk, revision.number, revision.previous_hash = None, 2, revision.hash
    revision.content_json, revision.hash = revision.content_json.replace("5mg", "50mg"), "0" * 64
    return revision


@pytest.mark.parametrize("door", DOORS)
def test_other_words_under_the_digest_of_an_approved_text_are_refused(live, door):
    with pytest.raises(DatabaseError, match="is that of its content"), transaction.atomic():
        DOORS[door](slipped_in(live.revision))


def test_revision_slipped_in_is_not_what_patients_read_and_is_found(live):
    before, revision = read(), slipped_in(live.revision)
    revision.digest = revision.computed_digest()
    Revision.objects.bulk_create([revision])
    assert read() == before
    with pytest.raises(CommandError, match="monographs_revision"):
        call_command("verify_history")


def test_forged_ledger_entry_breaks_the_chain(live):
    """Who writes the entry first gets no second page in; and from then on the record says that it is not whole."""
    last = Entry.objects.order_by("position").last()
    Entry.objects.create(
        position=last.position + 1, verb="page.compiled", about=f"publication/{live.pk}", about_label="",
        subject=f"leaflet/{live.leaflet_id}", data=canonical_json({"page": sha256(EVIL)}), is_public=True,
        effective_at=timezone.now(), previous_hash=last.hash, hash="0" * 64,
    )  # fmt: skip
    with pytest.raises(DatabaseError, match="the ledger does not know this page"), transaction.atomic():
        page_row(live).save()
    with pytest.raises(CommandError, match="monographs_entry"):
        call_command("verify_history")


def test_other_programs_cannot_insert_pages(transactional_db):
    """SQLite's own shell has no SHA-256; the guard fails there, and so does the INSERT."""
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL makes the SHA-256 by itself, whoever asks.")
    publication = make_published(medicine="Betamol")
    page = publication.pages.get()
    with (
        sqlite3.connect(connection.settings_dict["NAME"]) as other,
        pytest.raises(sqlite3.OperationalError, match="SHA256"),
    ):
        other.execute(
            "INSERT INTO monographs_page (publication_id, compiled_at, html, contents, plain_text, digest) "
            "VALUES (?, ?, ?, '[]', '', ?)",
            (publication.pk, "2026-01-01", page.html, page.digest),
        )
    other.close()

"""What is kept of the clinic's details, for every instant: append-only, known to the ledger, checked."""

import datetime as dt
import json

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from monographs.audit.chain import canonical_json
from monographs.audit.models import Entry
from monographs.audit.verify import Altered
from monographs.clinics import actions
from monographs.clinics.actions import change_clinic, keep_details
from monographs.clinics.fragments import all_fragments, stored_fragments
from monographs.clinics.models import Clinic, ClinicDetails, the_clinic
from monographs.clinics.verify import check_clinic
from monographs.operations.database.needs import complete
from monographs.operations.verify import check_history
from monographs.reading.public import read_site

pytestmark = pytest.mark.django_db

REFUSED = "the ledger does not know these details"


def change(**fields) -> ClinicDetails:
    clinic = the_clinic()
    for name, value in fields.items():
        setattr(clinic, name, value)
    change_clinic(clinic, by=None)
    return newest()


def newest() -> ClinicDetails:
    return ClinicDetails.objects.latest("from_at", "pk")


def row(**fields) -> ClinicDetails:
    """One that nobody recorded, with its right digest."""
    made = ClinicDetails.of(Clinic(emergency_number="666"), {}, from_at=timezone.now())
    for name, value in fields.items():
        setattr(made, name, value)
    return made


def test_a_new_site_has_its_details_on_record():
    (kept,) = ClinicDetails.objects.all()
    entry = Entry.objects.get(verb="clinic.details-kept")
    assert json.loads(entry.data) == {"details": kept.digest}
    assert json.loads(kept.details)["country"] == "GB"
    check_clinic()


def test_a_change_keeps_one_row_that_the_ledger_names(ada):
    first = newest()
    kept = change(emergency_number="112")
    entry = Entry.objects.get(verb="clinic.changed")
    assert json.loads(entry.data) == {"fields": ["emergency_number"], "details": kept.digest}
    assert (entry.effective_at, entry.is_public) == (kept.from_at, True)
    assert kept.clinic.emergency_number == "112"
    assert ClinicDetails.objects.in_effect(kept.from_at).get() == kept
    assert ClinicDetails.objects.in_effect(kept.from_at - dt.timedelta.resolution).get() == first
    assert not ClinicDetails.objects.in_effect(first.from_at - dt.timedelta.resolution).exists()
    assert json.loads(kept.fragments)["en"]["emergency"] == 'Call <a href="tel:112" dir="ltr">112</a> now'
    check_clinic()


def test_saving_what_is_there_keeps_nothing():
    change(emergency_number="112")
    entries, rows = Entry.objects.count(), ClinicDetails.objects.count()
    change(emergency_number="112")
    assert (Entry.objects.count(), ClinicDetails.objects.count()) == (entries, rows)


def test_a_clock_that_went_back_changes_no_past(monkeypatch):
    kept = change(emergency_number="112")
    monkeypatch.setattr(actions.timezone, "now", lambda: kept.from_at - dt.timedelta(hours=1))
    later = change(emergency_number="911")
    assert later.from_at == kept.from_at
    assert ClinicDetails.objects.in_effect(kept.from_at).get() == later


def test_what_takes_long_is_done_before_the_turn_to_write(monkeypatch):
    done = []
    monkeypatch.setattr(actions, "all_fragments", lambda clinic: done.append("made") or all_fragments(clinic))
    monkeypatch.setattr("monographs.audit.record.lock_ledger", lambda: done.append("locked"))
    change(emergency_number="112")
    assert done == ["made", "locked"]


@pytest.mark.parametrize("door", ["save", "bulk_create"])
@pytest.mark.parametrize("fields", [{}, {"digest": "0" * 64}], ids=["right digest", "wrong digest"])
def test_details_that_the_ledger_does_not_know_are_refused(door, fields):
    made = row(**fields)
    with pytest.raises(DatabaseError, match=REFUSED), transaction.atomic():
        made.save() if door == "save" else ClinicDetails.objects.bulk_create([made])


def test_known_details_of_another_text_or_instant_are_refused():
    first, last = newest(), change(emergency_number="112")
    for made in (
        row(digest=last.digest, from_at=last.from_at),
        ClinicDetails(details=last.details, fragments=last.fragments, digest=last.digest, from_at=timezone.now()),
        ClinicDetails(details=first.details, fragments=first.fragments, digest=first.digest, from_at=first.from_at),
    ):
        with pytest.raises(DatabaseError, match=REFUSED), transaction.atomic():
            made.save(force_insert=True)


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("details", "{}"),
        ("fragments", "{}"),
        ("digest", "f" * 64),
        ("from_at", dt.datetime(2020, 1, 1, tzinfo=dt.UTC)),
    ],
)
@pytest.mark.parametrize("which", ["first", "last"])
def test_an_altered_row_is_named(behind_the_back, column, value, which):
    change(emergency_number="112")
    altered = getattr(ClinicDetails.objects.order_by("pk"), which)()
    with behind_the_back():
        ClinicDetails.objects.filter(pk=altered.pk).update(**{column: value})
    with pytest.raises(Altered, match=f"monographs_clinicdetails, row {altered.pk}: "):
        list(check_history())


def test_details_that_were_taken_away_or_slipped_in_are_found(behind_the_back):
    change(emergency_number="112")
    with behind_the_back(), transaction.atomic():
        slipped = row()
        slipped.save()
        with pytest.raises(Altered, match=f"row {slipped.pk}: the ledger says nothing of it"):
            check_clinic()
        slipped.delete()
        ClinicDetails.objects.order_by("pk").last().delete()
    with pytest.raises(Altered, match="details that are missing"):
        check_clinic()


def test_a_clinic_changed_behind_the_verbs_back_is_found():
    change(emergency_number="112")
    Clinic.objects.update(emergency_number="666")
    with pytest.raises(Altered, match="emergency_number is “112” .* “666”"):
        list(check_history())


def test_migrating_again_keeps_nothing_new():
    rows = ClinicDetails.objects.count()
    complete(connection)
    keep_details()
    assert ClinicDetails.objects.count() == rows


def test_a_language_that_is_new_is_read_at_once_and_kept_at_the_next_migration(settings):
    change(emergency_number="112")
    settings.LANGUAGES = [*settings.LANGUAGES, ("nl", "Nederlands")]
    assert "nl" not in json.loads(newest().fragments)
    assert "112" in stored_fragments(newest().fragments, "nl", the_clinic())["emergency"]
    complete(connection)
    assert "112" in json.loads(newest().fragments)["nl"]["emergency"]
    check_clinic()


def test_words_of_a_later_program_do_not_change_what_is_kept(behind_the_back):
    """What stands in the row is shown, not what would be made of it now."""
    kept = change(emergency_number="112")
    worded = json.loads(kept.fragments)
    worded["en"]["emergency"] = "Ring 999"
    with behind_the_back():
        ClinicDetails.objects.filter(pk=kept.pk).update(fragments=canonical_json(worded))
    assert read_site().assembled('<!--clinic "emergency"-->', "en") == "Ring 999"


def test_a_database_without_details_is_still_read(behind_the_back):
    with behind_the_back():
        ClinicDetails.objects.all().delete()
    Clinic.objects.update(emergency_number="112")
    assert "112" in read_site().assembled('<!--clinic "emergency"-->', "en")
    Clinic.objects.all().delete()
    assert read_site().assembled('<!--clinic "today"-->', "en") == "Ask for help today"


def test_reading_costs_one_query(django_assert_num_queries):
    change(emergency_number="112")
    with django_assert_num_queries(1):
        assert "112" in read_site().assembled('<!--clinic "emergency"-->', "ar")

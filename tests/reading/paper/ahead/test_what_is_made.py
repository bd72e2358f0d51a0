"""The standard PDF is made before its reader asks, after whatever made it another one."""

import pytest
from django.db import transaction
from django.utils import timezone

from monographs.alerts.actions import end_alert
from monographs.audit.record import record
from monographs.medicines.models import Medicine
from monographs.publication.actions import publish
from monographs.reading.paper.ahead import Turn, print_some
from tests.makers import change_leaflet, make_approved, make_published
from tests.makers_alerts import ENGLISH, make_approved_alert
from tests.paper.parts import text_of
from tests.reading.paper.ahead.parts import DAY, HOUR, kept_at, print_all
from tests.reading.parts import make_clinic

pytestmark = pytest.mark.django_db


def test_what_was_published_is_there_before_its_reader(read, printed):
    made_for_a_reader = [make_published(), read()][1]
    assert print_all() == 1
    printed.clear()
    assert read() == made_for_a_reader
    assert printed == []


def test_the_version_that_is_shown_has_the_same_file(read, printed):
    make_published()
    print_all()
    printed.clear()
    assert read("/leaflets/testamol/versions/1/leaflet.pdf") == read()
    assert printed == []


def test_a_new_version_is_made_and_it_alone(read, printed, looked_at, priya):
    leaflet = make_published().leaflet
    make_published(medicine="Othermol")
    print_all()
    publish(make_approved(change_leaflet(leaflet, dosage="Take 10mg.")), by=priya, change_note="The dose.")
    printed.clear(), looked_at.clear()
    assert print_some() == Turn(1, is_over=True)
    assert (printed, looked_at) == (["Testamol"], ["testamol"])
    assert "Take 10mg." in text_of(read())
    assert printed == ["Testamol"]


def test_an_alert_is_on_the_pdfs_of_its_medicines_and_goes_from_them(read, printed, looked_at, priya):
    make_published(), make_published(medicine="Othermol")
    print_all()
    alert = make_approved_alert(is_emergency=True)
    looked_at.clear()
    assert print_all() == 1
    assert looked_at == ["testamol"]
    printed.clear()
    assert ENGLISH[1] in text_of(read())
    end_alert(alert, by=priya, reason="It is over.")
    assert print_all() == 0  # the file from before it is there still
    assert ENGLISH[1] not in text_of(read())
    assert printed == []


def test_an_alert_for_everybody_is_on_all(looked_at):
    make_published(), make_published(medicine="Othermol")
    print_all()
    make_approved_alert(is_emergency=True, is_for_all=True, medicines=[])
    looked_at.clear()
    assert print_all() == 2
    assert sorted(looked_at) == ["othermol", "testamol"]


def test_a_scheduled_release_is_made_when_its_instant_comes_and_so_is_its_end(priya, looked_at):
    leaflet = make_published().leaflet
    make_published(medicine="Othermol")
    at = timezone.now() + HOUR
    review = make_approved(change_leaflet(leaflet, dosage="Take 10mg."))
    publish(review, by=priya, change_note="The dose.", effective_from=at, expires_at=at + HOUR)
    print_all()
    assert kept_at(at) is None
    looked_at.clear()
    assert print_all(at - HOUR / 2) == 0
    assert looked_at == []
    assert print_all(at + HOUR / 2) == 1
    assert "Take 10mg." in kept_at(at)
    assert print_all(at + HOUR * 1.5) == 1
    assert "Take 10mg." not in kept_at(at + HOUR)
    assert set(looked_at) == {"testamol"}


def test_an_alert_to_come_is_made_when_its_instant_comes():
    make_published()
    at = timezone.now() + HOUR
    make_approved_alert(starts_at=at, ends_at=at + HOUR)
    print_all()
    assert print_all(at + HOUR / 2) == 1
    assert ENGLISH[1] in kept_at(at)
    assert ENGLISH[1] not in kept_at(at + HOUR)


def test_what_changes_with_the_day_is_made_when_it_has_come():
    make_clinic(tells_patients_overdue=True)
    tomorrow = timezone.now() + DAY
    make_published(next_review_on=timezone.localdate(tomorrow).isoformat())
    print_all()
    assert kept_at(tomorrow) is None
    assert print_all(tomorrow) == 1
    assert "was to be checked again" in kept_at(tomorrow)


def test_an_easy_read_leaflet_waits_in_large_print_and_hears_of_the_full_one(read, printed, priya, looked_at):
    full = make_published().leaflet
    make_published(edition="easy-read")
    print_all()
    printed.clear()
    assert read("/leaflets/testamol-easy-read/leaflet.pdf")
    assert read("/leaflets/testamol-easy-read/large-print.pdf")
    assert printed == []
    looked_at.clear()
    publish(make_approved(change_leaflet(full, dosage="Take 10mg.")), by=priya, change_note="The dose.")
    assert print_all() == 2
    assert sorted(looked_at) == ["testamol", "testamol-easy-read"]


def test_what_is_known_of_a_medicine_is_on_its_pdfs(looked_at, read, printed):
    make_published(), make_published(medicine="Othermol")
    print_all()
    Medicine.objects.filter(name="Testamol").update(is_under_additional_monitoring=True)
    with transaction.atomic():
        record("medicine.changed", by=None, about=Medicine.objects.get(name="Testamol"), is_public=True)
    looked_at.clear()
    assert print_all() == 1
    assert looked_at == ["testamol"]
    printed.clear()
    assert "▼" in text_of(read())
    assert printed == []

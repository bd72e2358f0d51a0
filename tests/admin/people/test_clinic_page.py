"""The clinic's own page: one row, and saving it renews what patients read. And the checklist of second readers."""

import json

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse
from django.utils import timezone

from monographs.audit.models import Entry
from monographs.audit.public_stamp import read_stamp
from monographs.clinics.models import Clinic, ClinicDetails, the_clinic
from monographs.publication.models import Publication
from monographs.publication.page.assemble import as_read
from monographs.review.models import ChecklistItem
from tests.makers import make_content, make_leaflet, make_published
from tests.people import make_person

pytestmark = pytest.mark.django_db

PAGE = "admin:monographs_clinic_change"


@pytest.fixture(autouse=True)
def _hours(db):
    """Somebody has said when replies are read: the form asks for it."""
    Clinic.objects.update(staffed_hours="Mon-Fri 09:00-17:00")


@pytest.fixture
def administrator(client, ada):
    client.force_login(ada)
    return client


def form_of(clinic, **fields):
    names = [field.name for field in Clinic._meta.fields if field.name not in ("id", "quality_severities")]
    data = {**{name: getattr(clinic, name) for name in names}, **fields}
    return {name: value for name, value in data.items() if value is not False}


def save(client, **fields):
    return client.post(reverse(PAGE, args=[1]), form_of(the_clinic(), **fields))


def sentences(response):
    return " ".join(str(message) for message in get_messages(response.wsgi_request))


def published_with_care_card():
    content = make_content()
    first = content.sections[0]
    care = "::: emergency\nCall if you cannot breathe.\n:::"
    sections = (first.__class__(first.key, first.kind, first.heading, care), *content.sections[1:])
    return make_published(make_leaflet(sections=sections))


def test_list_leads_to_the_one_clinic(administrator):
    response = administrator.get(reverse("admin:monographs_clinic_changelist"))
    assert response["Location"] == reverse(PAGE, args=[1])


def test_new_number_reaches_published_pages_on_record(administrator):
    published_with_care_card()
    before = read_stamp(timezone.now()).value
    response = save(administrator, emergency_number="112")
    assert response.status_code == 302
    assert "Every leaflet has the new details from now on." in sentences(response)
    assert "112" in as_read(Publication.objects.get(), timezone.now())
    entry = Entry.objects.get(verb="clinic.changed")
    assert (entry.by_name, json.loads(entry.data)["fields"]) == ("Ada Admin", ["emergency_number"])
    assert read_stamp(timezone.now()).value != before


def test_saving_without_a_change_records_nothing(administrator):
    make_published()
    count = Entry.objects.count()
    response = save(administrator)
    assert "Nothing was changed" in sentences(response)
    assert Entry.objects.count() == count


def test_clinic_tunes_the_quality_checks_on_record(administrator):
    page = administrator.get(reverse(PAGE, args=[1])).content.decode()
    assert "A sentence of more than 20 words" in page
    save(administrator, **{"severity_long-sentence": "off", "severity_no-source": ""})
    assert the_clinic().quality_severities == {"long-sentence": "off"}
    entry = Entry.objects.get(verb="clinic.changed")
    assert json.loads(entry.data) == {
        "details": ClinicDetails.objects.latest("from_at").digest,
        "fields": ["quality_severities"],
        "quality_severities": {"long-sentence": "off"},
    }
    form = administrator.get(reverse(PAGE, args=[1])).context["adminform"].form
    assert form["severity_long-sentence"].value() == "off"
    refused = save(administrator, **{"severity_long-sentence": "sometimes"})
    assert refused.status_code == 200
    save(administrator)
    assert the_clinic().quality_severities == {}


def test_what_usually_blocks_can_be_made_to_warn_and_not_be_turned_off(administrator):
    page = administrator.get(reverse(PAGE, args=[1]))
    assert "can be made to warn, but not be turned off" in page.content.decode()
    choices = page.context["adminform"].form.fields["severity_dose-units"].choices
    assert [value for value, _label in choices] == ["", "blocks", "warns"]
    assert save(administrator, **{"severity_dose-units": "off"}).status_code == 200
    assert the_clinic().quality_severities == {}
    save(administrator, **{"severity_dose-units": "warns"})
    assert the_clinic().quality_severities == {"dose-units": "warns"}


def test_wrong_details_are_refused_in_the_form(administrator):
    response = save(administrator, email="no address", name="")
    assert response.status_code == 200
    assert set(response.context["adminform"].form.errors) == {"email", "name"}


def test_no_second_clinic_and_no_deleting_even_for_superusers(client):
    client.force_login(make_person("root", is_superuser=True))
    assert client.get(reverse("admin:monographs_clinic_add")).status_code == 403
    assert client.post(reverse("admin:monographs_clinic_delete", args=[1]), {"post": "yes"}).status_code == 403


@pytest.mark.parametrize("username", ["ana", "bruno", "priya", "carla", "mallory"])
def test_clinic_page_is_closed_to_other_roles(client, username):
    client.force_login(make_person(username))
    assert client.get(reverse(PAGE, args=[1])).status_code == 403
    assert save(client, name="Mine").status_code == 403
    assert the_clinic().name != "Mine"


def test_auditor_reads_the_clinic_and_changes_nothing(client, amir):
    client.force_login(amir)
    assert client.get(reverse(PAGE, args=[1])).status_code == 200
    assert save(client, name="Mine").status_code == 403


def checklist_form(**changes):
    items = list(ChecklistItem.objects.all())
    data = {"form-TOTAL_FORMS": len(items), "form-INITIAL_FORMS": len(items), "_save": "Save"}
    for number, item in enumerate(items):
        data[f"form-{number}-id"] = item.pk
        data[f"form-{number}-position"] = changes.get(f"position_{number}", item.position)
        if changes.get(f"is_active_{number}", item.is_active):
            data[f"form-{number}-is_active"] = "on"
    return data


def test_checklist_items_are_ordered_and_taken_out_of_use_on_record(administrator):
    first = ChecklistItem.objects.first()
    address = reverse("admin:monographs_checklistitem_changelist")
    assert administrator.post(address, checklist_form(position_0=9, is_active_0=False)).status_code == 302
    first.refresh_from_db()
    assert (first.position, first.is_active) == (9, False)
    entry = Entry.objects.get(verb="checklist.changed")
    assert (entry.by_name, entry.about_label) == ("Ada Admin", first.text)
    assert json.loads(entry.data) == {"is_active": {"is": False, "was": True}, "position": {"is": 9, "was": 1}}


def test_new_checklist_item_is_on_record_and_none_is_deleted(administrator, client):
    response = administrator.post(
        reverse("admin:monographs_checklistitem_add"), {"text": "Images are right.", "position": 7, "is_active": "on"}
    )
    assert response.status_code == 302
    item = ChecklistItem.objects.get(text="Images are right.")
    assert Entry.objects.get(verb="checklist.added").about == f"checklistitem/{item.pk}"
    client.force_login(make_person("root", is_superuser=True))
    address = reverse("admin:monographs_checklistitem_delete", args=[item.pk])
    assert client.post(address, {"post": "yes"}).status_code == 403


def test_days_off_are_typed_in_words_and_what_is_none_is_named_back(administrator):
    assert save(administrator, days_off="25 December 2026: Christmas Day").status_code == 302
    assert the_clinic().days_off == "2026-12-25: Christmas Day"
    assert "2026-12-25: Christmas Day" in administrator.get(reverse(PAGE, args=[1])).text
    refused = save(administrator, days_off="25 December 2026: Christmas Day\n26 December 2026")
    assert refused.status_code == 200
    assert "“26 December 2026” says no reason." in refused.text
    assert "26 December 2026</textarea>" in refused.text
    assert the_clinic().days_off == "2026-12-25: Christmas Day"

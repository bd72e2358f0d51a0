"""Two administrators at once: the second is told what the first one saved, and nothing typed is lost."""

import re

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse
from django.utils.html import escape

from monographs.clinics.models import Clinic, the_clinic
from monographs.review.models import ApprovalRule, ChecklistItem
from monographs.staff.actions import save_role
from tests.admin.people.test_clinic_page import form_of
from tests.makers import make_medicine
from tests.people import make_person

pytestmark = pytest.mark.django_db

CLINIC = "/admin/monographs/clinic/1/change/"


@pytest.fixture(autouse=True)
def _hours(db):
    """Somebody has said when replies are read: the form asks for it."""
    Clinic.objects.update(staffed_hours="Mon-Fri 09:00-17:00")


def opened(client: Client, address: str) -> str:
    """The page's fingerprint, as a browser would send it back."""
    page = client.get(address).content.decode()
    [fingerprint] = re.findall(r'name="as_opened" value="([^"]*)"', page)
    return fingerprint.replace("&quot;", '"')


@pytest.fixture
def ada_at_her_desk(client, ada) -> Client:
    client.force_login(ada)
    return client


def test_an_older_page_does_not_overwrite_a_colleagues_number(ada_at_her_desk):
    clinic = the_clinic()
    mine = form_of(clinic, name="Mill Lane", phone="01632 960 111", as_opened=opened(ada_at_her_desk, CLINIC))
    theirs = form_of(clinic, emergency_number="112", as_opened=mine["as_opened"])
    assert ada_at_her_desk.post(CLINIC, theirs).status_code == 302
    answer = ada_at_her_desk.post(CLINIC, mine)
    page = answer.content.decode()
    assert answer.status_code == 200
    assert escape("A colleague changed this to “112” while your page was open.") in page
    assert "01632 960 111" in page
    clinic.refresh_from_db()
    assert (clinic.emergency_number, clinic.phone) == ("112", "")

    [fingerprint] = re.findall(r'name="as_opened" value="([^"]*)"', page)
    again = mine | {"emergency_number": "112", "as_opened": fingerprint.replace("&quot;", '"')}
    assert ada_at_her_desk.post(CLINIC, again).status_code == 302
    clinic.refresh_from_db()
    assert (clinic.emergency_number, clinic.phone, clinic.name) == ("112", "01632 960 111", "Mill Lane")


def test_saved_a_second_time_ones_own_words_stand(ada_at_her_desk):
    mine = form_of(the_clinic(), phone="01632 960 222", as_opened=opened(ada_at_her_desk, CLINIC))
    assert ada_at_her_desk.post(CLINIC, mine | {"phone": "01632 960 111"}).status_code == 302
    page = ada_at_her_desk.post(CLINIC, mine).content.decode()
    [fingerprint] = re.findall(r'name="as_opened" value="([^"]*)"', page)
    assert ada_at_her_desk.post(CLINIC, mine | {"as_opened": fingerprint.replace("&quot;", '"')}).status_code == 302
    assert the_clinic().phone == "01632 960 222"


def test_the_same_change_by_both_is_no_conflict(ada_at_her_desk):
    mine = form_of(the_clinic(), phone="01632 960 111", as_opened=opened(ada_at_her_desk, CLINIC))
    for _time in range(2):
        assert ada_at_her_desk.post(CLINIC, mine).status_code == 302


@pytest.mark.parametrize("junk", ["", "x", "[]", '{"phone": 1}', "{}"])
def test_a_damaged_fingerprint_is_no_fault(ada_at_her_desk, junk):
    answer = ada_at_her_desk.post(CLINIC, form_of(the_clinic(), phone="01632 960 111", as_opened=junk))
    assert answer.status_code in {200, 302}


def test_roles_given_meanwhile_are_not_taken_away_unseen(ada_at_her_desk):
    person = make_person("nora", role="Author")
    address = reverse("admin:monographs_staffmember_change", args=[person.pk])
    form = {
        "username": "nora", "first_name": "Nora", "last_name": "Test", "is_active": "on", "is_staff": "on",
        "groups": [person.groups.get().pk], "as_opened": opened(ada_at_her_desk, address),
    }  # fmt: skip
    make_person("nora", role="Moderator")
    answer = ada_at_her_desk.post(address, form | {"email": "nora@clinic.example"})
    assert escape("A colleague changed this to “Author, Moderator”") in answer.content.decode()
    assert person.groups.count() == 2


def test_an_approval_rule_changed_meanwhile_is_told_by_its_labels(ada_at_her_desk):
    rule = ApprovalRule.objects.create(medicine=make_medicine("Methadone"), approvals=2)
    address = reverse("admin:monographs_approvalrule_change", args=[rule.pk])
    fingerprint = opened(ada_at_her_desk, address)
    ApprovalRule.objects.filter(pk=rule.pk).update(medicine=make_medicine("Othermol"), approvals=3)
    form = {"medicine": rule.medicine_id, "approvals": 4, "as_opened": fingerprint}
    page = ada_at_her_desk.post(address, form).content.decode()
    assert escape("A colleague changed this to “Othermol”") in page
    assert escape("A colleague changed this to “3”") in page
    rule.refresh_from_db()
    assert rule.approvals == 3


def test_an_older_list_does_not_put_a_checklist_item_back_into_use(ada_at_her_desk):
    address = reverse("admin:monographs_checklistitem_changelist")
    page = ada_at_her_desk.get(address)
    sent = {"_save": "Save"}
    for form in page.context["cl"].formset.forms:
        sent |= {form.add_prefix("id"): form.instance.pk, form.add_prefix("position"): form.instance.position}
        sent |= {form.add_prefix("is_active"): "on", form.add_prefix("as_opened"): form.initial["as_opened"]}
        assert f'name="{form.add_prefix("as_opened")}"' in page.content.decode()
    management = page.context["cl"].formset.management_form
    sent |= {management.add_prefix(name): value for name, value in management.initial.items()}
    theirs = {name: value for name, value in sent.items() if name != "form-5-is_active"}
    mine = {name: value for name, value in sent.items() if name != "form-4-is_active"}
    assert ada_at_her_desk.post(address, theirs).status_code == 302
    answer = ada_at_her_desk.post(address, mine)
    assert "A colleague changed this to “not ticked”" in answer.content.decode()
    in_use = ChecklistItem.objects.order_by("position").values_list("is_active", flat=True)
    assert list(in_use) == [True, True, True, True, True, False]


def test_right_taken_from_a_role_meanwhile_is_not_given_back_unseen(client):
    boss = make_person("boss", is_superuser=True)
    client.force_login(boss)
    role = Group.objects.get(name="Second reader")
    address = reverse("admin:auth_group_change", args=[role.pk])
    held = list(role.permissions.values_list("pk", flat=True))
    fingerprint = opened(client, address)
    approve = role.permissions.get(codename="approve_leaflet")
    save_role(role, by=boss, permissions=role.permissions.exclude(pk=approve.pk))
    answer = client.post(address, {"permissions": held, "as_opened": fingerprint})
    assert escape("A colleague changed this to “") in answer.content.decode()
    assert not role.permissions.filter(pk=approve.pk).exists()


def test_words_of_the_checklist_changed_meanwhile_are_not_overwritten_unseen(ada_at_her_desk):
    item = ChecklistItem.objects.first()
    address = reverse("admin:monographs_checklistitem_change", args=[item.pk])
    form = {
        "text": item.text,
        "position": item.position,
        "is_active": "on",
        "as_opened": opened(ada_at_her_desk, address),
    }
    ChecklistItem.objects.filter(pk=item.pk).update(text="Doses for children are right.")
    answer = ada_at_her_desk.post(address, form | {"position": "7"})
    assert escape("A colleague changed this to “Doses for children are right.”") in answer.content.decode()
    item.refresh_from_db()
    assert (item.text, item.position) == ("Doses for children are right.", 1)

"""Staff: who may add and change whom, and what goes on record."""

import pytest
from django.urls import reverse

from monographs.staff import roles
from monographs.staff.models import StaffMember
from tests.admin.people.forms import GOOD_PASSWORD, entries, group, new_person, save
from tests.people import make_person

pytestmark = pytest.mark.django_db


def test_new_person_is_complete_after_one_page(administrator):
    page = administrator.get(reverse("admin:monographs_staffmember_add"))
    assert page.context["adminform"].form.initial["is_staff"] is True
    response = administrator.post(reverse("admin:monographs_staffmember_add"), new_person())
    assert response["Location"] == reverse("admin:monographs_staffmember_changelist")
    nora = StaffMember.objects.get(username="nora")
    assert (nora.name, nora.profession, nora.registration_number) == ("Nora Nurse", "Nurse", "NMC 123")
    assert nora.is_staff
    assert nora.is_active
    assert not nora.is_superuser
    assert nora.check_password(GOOD_PASSWORD)
    assert [held.name for held in nora.groups.all()] == [roles.MODERATOR]
    assert entries("staff.added") == [("Ada Admin", "Nora Nurse", {"roles": ["Moderator"]})]


@pytest.mark.parametrize(
    "fields", [{"password1": "short", "password2": "short"}, {"password2": "another one here"}, {"last_name": ""}]
)
def test_bad_password_or_missing_name_is_refused_in_the_form(administrator, fields):
    response = administrator.post(reverse("admin:monographs_staffmember_add"), new_person(**fields))
    assert response.status_code == 200
    assert response.context["errors"]
    assert not StaffMember.objects.filter(username="nora").exists()
    assert entries("staff.added") == []


def test_same_username_in_other_case_is_refused(administrator, ana):
    response = administrator.post(reverse("admin:monographs_staffmember_add"), new_person(username="ANA"))
    assert response.context["adminform"].form.errors["username"]


def test_change_of_roles_is_on_record_with_who_and_whom(administrator, ana):
    assert save(administrator, ana, groups=[group(roles.SECOND_READER).pk]).status_code == 302
    assert [held.name for held in ana.groups.all()] == [roles.SECOND_READER]
    data = {"roles": {"added": ["Second reader"], "removed": ["Author"]}}
    assert entries("staff.changed") == [("Ada Admin", "Ana Author", data)]


def test_administrator_who_gives_herself_a_role_is_on_record(administrator, ada):
    save(administrator, ada, groups=[group(roles.ADMINISTRATOR).pk, group(roles.PUBLISHER).pk])
    assert entries("staff.changed") == [("Ada Admin", "Ada Admin", {"roles": {"added": ["Publisher"]}})]


def test_ledger_names_changed_fields_but_no_personal_details(administrator, ana):
    save(administrator, ana, email="ana@home.example", registration_number="GPHC 99")
    assert entries("staff.changed") == [("Ada Admin", "Ana Author", {"fields": ["email", "registration_number"]})]


def test_saving_without_a_change_records_nothing(administrator, ana):
    assert save(administrator, ana).status_code == 302
    assert entries("staff.changed") == []


@pytest.mark.parametrize("username", ["ana", "bruno", "priya", "carla", "mallory"])
def test_staff_pages_are_closed_to_other_roles(client, username, ada):
    client.force_login(make_person(username))
    for address in (
        reverse("admin:monographs_staffmember_changelist"),
        reverse("admin:monographs_staffmember_add"),
        reverse("admin:monographs_staffmember_change", args=[ada.pk]),
        reverse("admin:auth_user_password_change", args=[ada.pk]),
        reverse("admin:auth_group_changelist"),
    ):
        assert client.get(address).status_code == 403


def test_auditor_reads_staff_and_changes_nothing(client, amir, ana):
    client.force_login(amir)
    page = client.get(reverse("admin:monographs_staffmember_change", args=[ana.pk]))
    assert page.status_code == 200
    assert "md5" not in page.content.decode()
    assert save(client, ana, email="x@example.org").status_code == 403


def test_staff_list_costs_the_same_at_1_and_at_30(administrator, django_assert_max_num_queries):
    def look():
        with django_assert_max_num_queries(9):
            return administrator.get(reverse("admin:monographs_staffmember_changelist"))

    assert look().status_code == 200
    for number in range(30):
        make_person(f"person{number}", role=roles.AUTHOR)
    assert "person29" in look().content.decode()

"""Staff and roles: who may add and change whom, what goes on record, and what nobody can do."""

import json

import pytest
from django.contrib.auth.hashers import get_hasher
from django.contrib.auth.models import Group, Permission
from django.db import connection, transaction
from django.db.models import ProtectedError
from django.urls import reverse

from monographs.audit.models import Entry
from monographs.refusals import Conflict, NotAllowed
from monographs.staff import roles
from monographs.staff.actions import (
    change_own_password,
    change_staff,
    delete_role,
    delete_staff,
    save_role,
    set_password,
)
from monographs.staff.models import StaffMember
from tests.makers import make_leaflet, make_published
from tests.people import PASSWORD, make_person
from tests.races import race, winners

pytestmark = pytest.mark.django_db

GOOD_PASSWORD = "a quiet brown horse"


@pytest.fixture
def administrator(client, ada):
    client.force_login(ada)
    return client


@pytest.fixture
def root(db):
    return make_person("root", is_superuser=True)


def group(name):
    return Group.objects.get(name=name)


def new_person(**fields):
    return {
        "username": "nora",
        "password1": GOOD_PASSWORD,
        "password2": GOOD_PASSWORD,
        "first_name": "Nora",
        "last_name": "Nurse",
        "email": "nora@clinic.example",
        "profession": "Nurse",
        "registration_number": "NMC 123",
        "is_staff": "on",
        "groups": [group(roles.MODERATOR).pk],
        **fields,
    }


def form_of(person, **fields):
    data = {
        "username": person.username,
        "first_name": person.first_name,
        "last_name": person.last_name,
        "email": person.email,
        "profession": person.profession,
        "registration_number": person.registration_number,
        "is_active": "on" if person.is_active else "",
        "is_staff": "on" if person.is_staff else "",
        "groups": [held.pk for held in person.groups.all()],
        **fields,
    }
    return {name: value for name, value in data.items() if value not in ("", None)}


def save(client, person, **fields):
    return client.post(reverse("admin:monographs_staffmember_change", args=[person.pk]), form_of(person, **fields))


def entries(verb):
    return [(entry.by_name, entry.about_label, json.loads(entry.data)) for entry in Entry.objects.filter(verb=verb)]


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


def test_deactivated_person_is_out_at_once_and_on_record(administrator, ana, client):
    other = type(client)()
    other.force_login(ana)
    assert save(administrator, ana, is_active="").status_code == 302
    assert [entry[:2] for entry in entries("staff.deactivated")] == [("Ada Admin", "Ana Author")]
    assert other.get(reverse("admin:index")).status_code == 302
    ana.refresh_from_db()
    save(administrator, ana, is_active="on")
    assert [entry[:2] for entry in entries("staff.reactivated")] == [("Ada Admin", "Ana Author")]


def test_nobody_shuts_themselves_out(administrator, ada):
    response = save(administrator, ada, is_active="")
    assert response.status_code == 200
    assert "take away your own access" in response.content.decode()
    assert StaffMember.objects.get(pk=ada.pk).is_active


def test_the_last_superuser_stays_one(client, root):
    client.force_login(root)
    page = save(client, root)  # the box “superuser” is not ticked
    assert "Root Test is the only superuser left" in page.content.decode()
    assert StaffMember.objects.get(pk=root.pk).is_superuser
    second = make_person("second", is_superuser=True)
    assert save(client, root).status_code == 302
    second.is_superuser = False
    with pytest.raises(Conflict, match="only superuser left"):
        change_staff(second, by=StaffMember.objects.get(pk=second.pk))


@pytest.mark.django_db(transaction=True)
def test_two_superusers_who_deactivate_each_other_do_not_both_go():
    """Both pages were open, both people had the right when they asked."""
    pair = [make_person(name, is_superuser=True) for name in ("rita", "rolf")]

    def deactivate(person, by):
        person = StaffMember.objects.get(pk=person.pk)
        person.is_active = False
        return change_staff(person, by=by)

    outcomes = race(lambda: deactivate(pair[0], pair[1]), lambda: deactivate(pair[1], pair[0]))
    assert len(winners(outcomes)) == 1
    assert StaffMember.objects.filter(is_superuser=True, is_active=True).count() == 1


def test_no_door_deletes_who_has_a_history(root, ana):
    """The shell's own delete, of one, of many, and by way of what hangs on a person."""
    leaflet = make_leaflet(by=ana)
    for delete in (ana.delete, StaffMember.objects.filter(pk=ana.pk).delete, StaffMember.objects.all().delete):
        with pytest.raises(ProtectedError), transaction.atomic():
            delete()
    ana.groups.get().delete()  # the role goes, not who had it
    assert StaffMember.objects.filter(pk=ana.pk).exists()
    assert leaflet.revisions.get().by == ana


def test_a_new_name_does_not_rewrite_what_was_recorded_under_the_old_one(client, root, ana, bruno, priya):
    publication = make_published()
    for person, name in ((ana, "Anna"), (bruno, "Brunello"), (priya, "Priyanka")):
        person.first_name = name
        change_staff(person, by=root)
    assert set(Entry.objects.filter(by=bruno).values_list("by_name", flat=True)) == {"Bruno Reader"}
    client.force_login(root)
    leaflet = publication.leaflet_id
    history = client.get(reverse("admin:leaflet-history", args=[leaflet])).content.decode()
    ledger = client.get(reverse("admin:monographs_entry_changelist")).content.decode()
    sheet = client.get(reverse("admin:publication-certificate", args=[leaflet, publication.pk])).content.decode()
    for page in (history, ledger, sheet):
        assert "Bruno Reader" in page
        assert "Priya Publisher" in page
        assert "Ana Author" in page
    for name in ("Anna", "Brunello", "Priyanka"):  # the ledger tells of the change of name, too
        assert name not in sheet
        assert name not in history.partition('id="staff-timeline"')[2]


def test_administrator_cannot_make_superusers_or_give_single_permissions(administrator, ana):
    page = administrator.get(reverse("admin:monographs_staffmember_change", args=[ana.pk])).content.decode()
    assert "is_superuser" not in page
    assert "user_permissions" not in page
    permission = Permission.objects.get(codename="approve_leaflet")
    save(administrator, ana, is_superuser="on", user_permissions=[permission.pk])
    ana = StaffMember.objects.get(pk=ana.pk)
    assert not ana.is_superuser
    assert not ana.user_permissions.exists()
    administrator.post(reverse("admin:monographs_staffmember_add"), new_person(is_superuser="on"))
    assert not StaffMember.objects.get(username="nora").is_superuser


def test_verb_refuses_what_the_form_hides(ada, ana):
    ana.is_superuser = True
    with pytest.raises(NotAllowed, match="superusers"):
        change_staff(ana, by=ada)
    ana.is_superuser = False
    with pytest.raises(NotAllowed, match="single permissions"):
        change_staff(ana, by=ada, permissions=Permission.objects.filter(codename="approve_leaflet"))
    with pytest.raises(NotAllowed):
        change_staff(ana, by=make_person("bruno"), groups=Group.objects.all())
    assert entries("staff.changed") == []


def test_administrator_cannot_touch_a_superuser(administrator, root):
    assert save(administrator, root, email="mine@example.org").status_code == 403
    address = reverse("admin:auth_user_password_change", args=[root.pk])
    assert administrator.post(address, {"password1": GOOD_PASSWORD, "password2": GOOD_PASSWORD}).status_code == 403
    root.refresh_from_db()
    assert not root.check_password(GOOD_PASSWORD)


def test_new_password_is_set_on_record(administrator, ana):
    address = reverse("admin:auth_user_password_change", args=[ana.pk])
    weak = administrator.post(address, {"password1": "password", "password2": "password"})
    assert weak.status_code == 200
    assert entries("staff.password-set") == []
    assert administrator.get(address).status_code == 200
    response = administrator.post(address, {"password1": GOOD_PASSWORD, "password2": GOOD_PASSWORD})
    assert response.status_code == 302
    ana.refresh_from_db()
    assert ana.check_password(GOOD_PASSWORD)
    assert entries("staff.password-set") == [("Ada Admin", "Ana Author", {})]


@pytest.mark.django_db(transaction=True)
def test_nobody_waits_for_the_turn_to_write_while_a_password_is_hashed(monkeypatch):
    ada, ana, hashed = make_person("ada"), make_person("ana"), []
    encode = type(get_hasher()).encode

    def noted(hasher, *args, **kwargs):
        hashed.append(connection.in_atomic_block)
        return encode(hasher, *args, **kwargs)

    monkeypatch.setattr(type(get_hasher()), "encode", noted)
    set_password(ana, GOOD_PASSWORD, by=ada)
    change_own_password(ana, f"{GOOD_PASSWORD}!")
    assert hashed == [False, False]
    ana.refresh_from_db()
    assert ana.check_password(f"{GOOD_PASSWORD}!")


def test_superuser_may_give_single_permissions_on_record(client, root, ana):
    client.force_login(root)
    permission = Permission.objects.get(codename="approve_leaflet")
    assert save(client, ana, user_permissions=[permission.pk], is_superuser="on").status_code == 302
    data = {"fields": ["is_superuser"], "is_superuser": True, "permissions": {"added": ["approve_leaflet"]}}
    assert entries("staff.changed") == [("Root Test", "Ana Author", data)]


def test_person_with_history_cannot_be_deleted_and_is_told_why(client, root, ana):
    make_leaflet(by=ana)
    client.force_login(root)
    page = client.get(reverse("admin:monographs_staffmember_change", args=[ana.pk])).content.decode()
    assert "the record names this person" in page
    address = reverse("admin:monographs_staffmember_delete", args=[ana.pk])
    assert address not in page
    response = client.post(address, {"post": "yes"})
    assert response.status_code == 409
    with pytest.raises(Conflict, match="Ana Author has worked here"):
        delete_staff(ana, by=root)
    assert StaffMember.objects.filter(pk=ana.pk).exists()


def test_account_made_by_mistake_can_be_deleted_on_record(client, root, mallory):
    client.force_login(root)
    response = client.post(reverse("admin:monographs_staffmember_delete", args=[mallory.pk]), {"post": "yes"})
    assert response.status_code == 302
    assert not StaffMember.objects.filter(username="mallory").exists()
    assert entries("staff.deleted") == [("Root Test", "Mallory Outside", {})]


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


def test_administrator_cannot_widen_roles(administrator):
    role = group(roles.ADMINISTRATOR)
    permission = Permission.objects.get(codename="approve_leaflet")
    address = reverse("admin:auth_group_change", args=[role.pk])
    assert administrator.get(address).status_code == 200
    assert administrator.post(address, {"permissions": [permission.pk]}).status_code == 403
    assert not role.permissions.filter(pk=permission.pk).exists()


def test_role_gets_only_permissions_that_the_giver_holds(client):
    keeper = make_person("keeper")
    keeper.user_permissions.set(Permission.objects.filter(codename__in=("view_group", "change_group", "view_leaflet")))
    client.force_login(keeper)
    role = group(roles.MODERATOR)
    held = list(role.permissions.values_list("pk", flat=True))
    approve = Permission.objects.get(codename="approve_leaflet")
    address = reverse("admin:auth_group_change", args=[role.pk])
    response = client.post(address, {"permissions": [*held, approve.pk]})
    assert response.status_code == 200
    assert "what you may not do yourself" in response.content.decode()
    assert not role.permissions.filter(pk=approve.pk).exists()
    with pytest.raises(NotAllowed):
        save_role(role, by=keeper, permissions=[approve])


def test_change_of_a_role_is_on_record(client, root):
    client.force_login(root)
    role = group(roles.MODERATOR)
    kept = [permission.pk for permission in role.permissions.exclude(codename="answer_comment")]
    assert client.post(reverse("admin:auth_group_change", args=[role.pk]), {"permissions": kept}).status_code == 302
    assert entries("role.changed") == [("Root Test", "Moderator", {"permissions": {"removed": ["answer_comment"]}})]
    permission = Permission.objects.get(codename="view_leaflet")
    client.post(reverse("admin:auth_group_add"), {"name": "Student", "permissions": [permission.pk]})
    assert entries("role.added") == [("Root Test", "Student", {"permissions": {"added": ["view_leaflet"]}})]


def test_own_roles_and_roles_in_use_stay(client, root, ana):
    client.force_login(root)
    own = group(roles.AUTHOR)
    assert client.post(reverse("admin:auth_group_delete", args=[own.pk]), {"post": "yes"}).status_code == 403
    student = Group.objects.create(name="Student")
    ana.groups.add(student)
    with pytest.raises(Conflict, match="still has this role"):
        delete_role(student, by=root)
    ana.groups.remove(student)
    assert client.post(reverse("admin:auth_group_delete", args=[student.pk]), {"post": "yes"}).status_code == 302
    assert not Group.objects.filter(name="Student").exists()
    assert entries("role.deleted") == [("Root Test", "Student", {"permissions": {"removed": []}})]


def test_staff_list_costs_the_same_at_1_and_at_30(administrator, django_assert_max_num_queries):
    def look():
        with django_assert_max_num_queries(9):
            return administrator.get(reverse("admin:monographs_staffmember_changelist"))

    assert look().status_code == 200
    for number in range(30):
        make_person(f"person{number}", role=roles.AUTHOR)
    assert "person29" in look().content.decode()


def test_own_new_password_is_on_record(client, ana):
    client.force_login(ana)
    address = reverse("admin:password_change")
    typed = {"old_password": PASSWORD, "new_password1": GOOD_PASSWORD, "new_password2": GOOD_PASSWORD}
    assert client.post(address, typed | {"old_password": "wrong"}).status_code == 200
    assert entries("staff.password-changed") == []
    assert client.post(address, typed).status_code == 302
    ana.refresh_from_db()
    assert ana.check_password(GOOD_PASSWORD)
    assert entries("staff.password-changed") == [("Ana Author", "Ana Author", {})]
    assert client.get(reverse("admin:password_change_done")).status_code == 200  # still logged in


def test_passwords_cannot_be_switched_off(administrator, ana):
    address = reverse("admin:auth_user_password_change", args=[ana.pk])
    assert 'name="usable_password"' not in administrator.get(address).content.decode()
    response = administrator.post(address, {"usable_password": "false", "unset-password": "1"})
    assert response.status_code == 200
    ana.refresh_from_db()
    assert ana.has_usable_password()
    assert not ana.check_password("")


def test_name_of_who_has_left_stays_on_everything_they_did(client, root, ana, bruno):
    published = make_published()
    client.force_login(root)
    for person in (ana, bruno):
        person.is_active = False
        assert change_staff(person, by=root) == ["staff.deactivated"]
    told = client.get(reverse("admin:leaflet-history", args=[published.leaflet_id])).content.decode()
    signed = client.get(reverse("admin:leaflet-review", args=[published.leaflet_id])).content.decode()
    for name in ("Ana Author", "Bruno Reader"):
        assert name in told
        assert name in signed
    assert "registration REG-bruno" in signed
    with pytest.raises(Conflict, match="Bruno Reader has worked here"):
        delete_staff(bruno, by=root)


def test_what_a_clinic_took_from_a_role_stays_away_after_the_next_migration(root):
    publisher = group(roles.PUBLISHER)
    kept = publisher.permissions.exclude(codename="release_in_emergency")
    save_role(publisher, by=root, permissions=kept)
    roles.ensure_roles()
    assert not publisher.permissions.filter(codename="release_in_emergency").exists()
    save_role(publisher, by=root, permissions=[*kept, Permission.objects.get(codename="release_in_emergency")])
    publisher.permissions.remove(Permission.objects.get(codename="release_in_emergency"))
    roles.ensure_roles()
    assert publisher.permissions.filter(codename="release_in_emergency").exists()

"""Roles: who may change them, who may give which permissions, and which roles stay."""

import pytest
from django.contrib.auth.models import Group, Permission
from django.urls import reverse

from monographs.refusals import Conflict, NotAllowed
from monographs.staff import roles
from monographs.staff.actions import change_staff, delete_role, save_role
from monographs.staff.models import StaffMember
from tests.admin.people.forms import entries, group, new_person, save
from tests.people import make_person

pytestmark = pytest.mark.django_db


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


def test_superuser_may_give_single_permissions_on_record(client, root, ana):
    client.force_login(root)
    permission = Permission.objects.get(codename="approve_leaflet")
    assert save(client, ana, user_permissions=[permission.pk], is_superuser="on").status_code == 302
    data = {"fields": ["is_superuser"], "is_superuser": True, "permissions": {"added": ["approve_leaflet"]}}
    assert entries("staff.changed") == [("Root Test", "Ana Author", data)]


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

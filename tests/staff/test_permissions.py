"""What a person may do: Django's answers, in one query."""

import pytest
from django.contrib.auth.backends import ModelBackend
from django.contrib.auth.models import Group, Permission

from monographs.staff import roles
from monographs.staff.models import StaffMember
from tests.people import CAST, make_person

pytestmark = pytest.mark.django_db


def again(person: StaffMember) -> StaffMember:
    """As the next request finds them."""
    return StaffMember.objects.get(pk=person.pk)


@pytest.mark.parametrize("username", CAST)
def test_each_role_gives_what_django_would_give(username):
    person = make_person(username)
    assert person.granted == ModelBackend().get_all_permissions(again(person))
    for app in ("monographs", "auth", "sessions"):
        assert person.has_module_perms(app) is ModelBackend().has_module_perms(again(person), app)


def test_several_roles_and_a_permission_of_ones_own_are_looked_up_once(ana, django_assert_num_queries):
    ana.groups.add(Group.objects.get(name=roles.MODERATOR))
    ana.user_permissions.add(Permission.objects.get(codename="publish_leaflet"))
    person = again(ana)
    with django_assert_num_queries(1):
        assert person.has_perm("monographs.publish_leaflet")
        assert person.has_perms(["monographs.moderate_comment", "monographs.submit_leaflet"])
        assert not person.has_perm("monographs.approve_leaflet")
        assert person.has_module_perms("monographs")
        assert not person.has_module_perms("auth")


def test_what_is_taken_away_is_gone_with_the_next_request(ana):
    assert ana.has_perm("monographs.submit_leaflet")
    ana.groups.clear()
    assert not again(ana).has_perm("monographs.submit_leaflet")


def test_who_is_deactivated_may_nothing(ana):
    ana.is_active = False
    assert not ana.has_perm("monographs.submit_leaflet")
    assert not ana.has_module_perms("monographs")
    root = make_person("root", is_superuser=True, is_active=False)
    assert not root.has_perm("monographs.submit_leaflet")
    assert not root.has_module_perms("monographs")


def test_a_superuser_may_everything_without_a_query(django_assert_num_queries):
    root = make_person("root", is_superuser=True)
    with django_assert_num_queries(0):
        assert root.has_perm("monographs.whatever")
        assert root.has_module_perms("anything")


def test_a_permission_for_one_thing_alone_is_nobodys(ana):
    assert not ana.has_perm("monographs.submit_leaflet", ana)

"""The list of what may be seen and changed is remembered, and is what Django says of each person at that moment."""

import pytest
from django.contrib import admin
from django.contrib.admin import AdminSite
from django.contrib.auth.models import AnonymousUser, Group
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.urls import reverse
from django.utils import translation

from monographs.admin.frame.written.navigation import AppList, rendered
from monographs.remembered import forget_all
from monographs.staff import roles
from monographs.staff.models import StaffMember
from tests.people import make_person

pytestmark = pytest.mark.django_db


def asked_by(person: StaffMember | AnonymousUser, path: str = "/admin/"):
    request = RequestFactory().get(path)
    request.user = person
    return request


def anew(person: StaffMember) -> StaffMember:
    """As another request has them: nothing of them is known yet."""
    return StaffMember.objects.get(pk=person.pk)


def in_short(apps: list[dict]) -> list[tuple]:
    return [
        (str(model["name"]), model["admin_url"], model["add_url"], model["perms"])
        for app in apps
        for model in app["models"]
    ]


def djangos(request) -> list[tuple]:
    """What Django makes of it, with nothing remembered; groups are called roles here."""
    reverse("admin:index")  # by then all screens have been loaded
    found = in_short(AdminSite.get_app_list(admin.site, request))
    named = [("Roles" if "/group/" in (address or "") else name, address, *rest) for name, address, *rest in found]
    return sorted(named, key=lambda row: row[0])


@pytest.mark.parametrize("role", [*roles.ROLES, None])
def test_each_role_is_shown_what_django_says_and_the_second_time_no_less(role):
    person = make_person("somebody", role=role)
    wanted = djangos(asked_by(anew(person)))
    first, second = (admin.site.get_app_list(asked_by(anew(person))) for _time in range(2))
    assert in_short(first) == in_short(second) == wanted
    assert first is second


def test_a_superuser_is_not_taken_for_somebody_with_the_same_roles():
    plain, root = make_person("plain"), make_person("root", is_superuser=True)
    assert admin.site.get_app_list(asked_by(anew(plain))) == []
    assert in_short(admin.site.get_app_list(asked_by(anew(root)))) == djangos(asked_by(anew(root)))


def test_a_role_that_is_given_or_taken_shows_at_once():
    person = make_person("somebody", role=roles.MODERATOR)
    before = in_short(admin.site.get_app_list(asked_by(anew(person))))
    person.groups.add(Group.objects.get(name=roles.ADMINISTRATOR))
    after = in_short(admin.site.get_app_list(asked_by(anew(person))))
    assert len(after) > len(before)
    person.groups.clear()
    assert admin.site.get_app_list(asked_by(anew(person))) == []


def test_each_language_has_its_own():
    person = make_person("somebody", role=roles.AUTHOR)
    with translation.override("es"):
        spanish = in_short(admin.site.get_app_list(asked_by(anew(person))))
    english = in_short(admin.site.get_app_list(asked_by(anew(person))))
    assert {row[1] for row in spanish} == {row[1] for row in english}
    assert spanish == in_short_in("es", person)


def in_short_in(language: str, person: StaffMember) -> list[tuple]:
    forget_all()
    with translation.override(language):
        return in_short(admin.site.get_app_list(asked_by(anew(person))))


def test_nobody_is_remembered_who_is_not_logged_in():
    assert not isinstance(admin.site.get_app_list(asked_by(AnonymousUser())), AppList)


@pytest.mark.parametrize("template", ["admin/nav_sidebar.html", "admin/app_list.html"])
def test_the_page_one_is_on_is_marked_as_django_marks_it(template):
    person = make_person("somebody", role=roles.ADMINISTRATOR)
    paths = [
        "/admin/", reverse("admin:monographs_staffmember_changelist"), reverse("admin:monographs_leaflet_changelist"),
        reverse("admin:monographs_staffmember_change", args=[person.pk]), "/admin/%E2%82%AC/", "/admin/monographs/",
    ]  # fmt: skip
    for path in [*paths, *paths]:
        request = asked_by(anew(person), path)
        apps = admin.site.get_app_list(request)
        for changelinks in (True, False):
            said = {"available_apps": apps, "app_list": apps, "show_changelinks": changelinks, "request": request}
            html = rendered(template, apps, request, changelinks=changelinks)
            assert html == render_to_string(template, said), path


def test_what_is_shown_of_one_person_is_not_shown_to_another(client):
    client.force_login(make_person("all", role=roles.ADMINISTRATOR))
    staff = reverse("admin:monographs_staffmember_changelist")
    assert f'href="{staff}"' in client.get(reverse("admin:account")).content.decode()
    client.force_login(make_person("moderator", role=roles.MODERATOR))
    assert f'href="{staff}"' not in client.get(reverse("admin:account")).content.decode()

"""Who may change whose account, and what a change of it leaves standing."""

import pytest
from django.contrib.auth.models import Group, Permission

from monographs.refusals import Conflict, NotAllowed
from monographs.staff.actions import change_staff, save_role, set_password
from monographs.staff.models import StaffMember
from monographs.staff.rules import check_leaves_a_superuser
from tests.people import PASSWORD, make_person

pytestmark = pytest.mark.django_db


@pytest.fixture
def boss(db):
    return make_person("boss", is_superuser=True)


def with_(person: StaffMember, **fields) -> StaffMember:
    """The same person as a form has them, not saved yet."""
    changed = StaffMember.objects.get(pk=person.pk)
    for name, value in fields.items():
        setattr(changed, name, value)
    return changed


def test_only_superusers_touch_superusers(boss, ada):
    make_person("second", is_superuser=True)
    with pytest.raises(NotAllowed, match="superuser’s account"):
        change_staff(with_(boss, email="mine@ada.example"), by=ada)
    with pytest.raises(NotAllowed, match="superuser’s account"):
        set_password(boss, "known to ada alone", by=ada)
    assert change_staff(with_(boss, email="new@boss.example"), by=make_person("second")) == ["staff.changed"]


@pytest.mark.parametrize("fields", [{"is_superuser": False}, {"is_active": False}, {"is_staff": False}])
def test_the_last_superuser_who_can_log_in_stays_one(boss, fields):
    other = make_person("gone", is_superuser=True, is_active=False)
    with pytest.raises(Conflict, match="only superuser left"):
        check_leaves_a_superuser(with_(boss, **fields))
    change_staff(with_(other, is_active=True), by=boss)
    check_leaves_a_superuser(with_(boss, **fields))


def test_a_role_gets_nothing_that_its_giver_may_not_do(ada):
    publish, add = (Permission.objects.get(codename=codename) for codename in ("publish_leaflet", "add_group"))
    ada.user_permissions.add(add)
    with pytest.raises(NotAllowed, match="what you may not do yourself"):
        save_role(Group(name="Friends"), by=StaffMember.objects.get(pk=ada.pk), permissions=[publish])
    assert not Group.objects.filter(name="Friends").exists()


def test_nobody_gives_themselves_a_password_without_the_old_one(ada):
    with pytest.raises(NotAllowed, match="Change password"):
        set_password(ada, "another battery staple", by=ada)


def test_a_form_that_was_open_meanwhile_brings_no_old_password_back(ada, ana):
    stale = with_(ana, email="new@ana.example")
    set_password(ana, "another battery staple", by=ada)
    change_staff(stale, by=ada)
    ana.refresh_from_db()
    assert (ana.email, ana.check_password("another battery staple")) == ("new@ana.example", True)
    assert not ana.check_password(PASSWORD)


def test_access_that_is_given_back_brings_no_old_session_to_life(ada, ana):
    before = ana.get_session_auth_hash()
    change_staff(with_(ana, is_active=False), by=ada)
    change_staff(with_(ana, is_active=True), by=ada)
    ana.refresh_from_db()
    assert ana.is_active
    assert ana.get_session_auth_hash() != before

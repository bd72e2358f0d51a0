"""Who must have a second factor, and from when on: the rule itself. What they meet is `admin/people`'s."""

import datetime as dt
import json

import pytest
from allauth.mfa.models import Authenticator
from django.utils import timezone

from monographs.audit.models import Entry
from monographs.refusals import NotAllowed
from monographs.staff.second_factor.rule import (
    DAYS_OF_GRACE,
    asked_in,
    change_rule,
    has_one,
    must_have_one,
    note_what_is_asked,
    the_rule,
    usual_roles,
)
from tests.people import make_person

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _it_is_asked_for(settings):
    settings.ASKS_SECOND_FACTOR = True


def test_superusers_need_one_whatever_roles_the_clinic_chose(ada, bruno):
    assert must_have_one(bruno)
    change_rule(the_rule(), by=ada, roles=[])
    assert not must_have_one(bruno)
    assert must_have_one(make_person("boss", is_superuser=True))


def test_recovery_codes_alone_are_none(bruno):
    Authenticator.objects.create(user=bruno, type=Authenticator.Type.RECOVERY_CODES, data={})
    assert not has_one(bruno)


def test_the_days_of_grace_run_from_the_first_log_in(bruno):
    first = timezone.now()
    for days, is_at_once in ((0, False), (DAYS_OF_GRACE - 1, False), (DAYS_OF_GRACE, True)):
        session = {}
        note_what_is_asked(session, bruno, at=first + dt.timedelta(days=days))
        assert asked_in(session).until == first + dt.timedelta(days=DAYS_OF_GRACE)
        assert asked_in(session).at_once is is_at_once


@pytest.mark.parametrize("fields", [{"is_active": False}, {"is_staff": False}])
def test_who_can_not_log_in_to_the_staffs_pages_needs_none(bruno, fields):
    assert must_have_one(bruno)
    for name, value in fields.items():
        setattr(bruno, name, value)
    assert not must_have_one(bruno)


def test_nobody_needs_one_where_the_site_is_only_tried(bruno, settings):
    settings.ASKS_SECOND_FACTOR = False
    assert not must_have_one(bruno)


def test_the_roles_that_the_clinic_chose_need_one_and_no_other(ada, ana, bruno):
    assert not must_have_one(ana)
    change_rule(the_rule(), by=ada, roles=list(ana.groups.all()))
    assert [must_have_one(person) for person in (ana, bruno)] == [True, False]


def test_nothing_is_asked_of_who_has_one_or_needs_none_and_what_was_asked_before_is_forgotten(ana, bruno):
    session = {}
    note_what_is_asked(session, bruno)
    assert asked_in(session)
    note_what_is_asked(session, ana)
    assert asked_in(session) is None
    Authenticator.objects.create(user=bruno, type=Authenticator.Type.TOTP, data={})
    note_what_is_asked(session, bruno)
    assert asked_in(session) is None


def test_the_rule_is_changed_by_who_may_and_recorded_with_what_is_new(ada, ana, bruno):
    rule = the_rule()
    with pytest.raises(NotAllowed):
        change_rule(rule, by=ana, roles=[])
    usual = list(usual_roles())
    assert not change_rule(rule, by=ada, roles=usual)
    assert not the_rule().is_decided
    rule.days_of_grace = 7
    assert change_rule(rule, by=ada, roles=usual)
    entry = Entry.objects.get(verb="second-factor-rule.changed")
    assert json.loads(entry.data) == {"days_of_grace": {"was": DAYS_OF_GRACE, "is": 7}}
    assert not change_rule(the_rule(), by=ada, roles=usual)

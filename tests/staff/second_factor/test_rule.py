"""Who must have a second factor, and from when on: the rule itself. What they meet is `admin/people`'s."""

import datetime as dt

import pytest
from allauth.mfa.models import Authenticator
from django.utils import timezone

from monographs.staff.second_factor.rule import (
    DAYS_OF_GRACE,
    asked_in,
    change_rule,
    has_one,
    must_have_one,
    note_what_is_asked,
    the_rule,
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

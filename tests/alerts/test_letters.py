"""An emergency's alert that readers meet before a second person has read it is told by letter to who may approve it."""

import datetime as dt

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from monographs.alerts.actions import decline_alert, end_alert
from monographs.alerts.models import Alert
from monographs.mail.models import Letter
from monographs.mail.outbox import send_due
from monographs.refusals import Unacceptable
from monographs.staff.models import StaffMember
from monographs.staff.roles import PUBLISHER
from tests.makers_alerts import approve, make_alert
from tests.people import make_person

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def people():
    """Each with an address; Petra may approve as Priya may."""
    roles = {"petra": PUBLISHER}
    for name in ("ana", "bruno", "carla", "priya", "petra", "ada", "mallory"):
        person = make_person(name, role=roles.get(name))
        person.email = f"{name}@clinic.example"
        person.save(update_fields=("email",))


def to() -> list[str]:
    return sorted(Letter.objects.filter(name="alert-unconfirmed").values_list("to", flat=True))


def test_everybody_who_may_approve_is_written_to_but_its_writer():
    make_alert(is_emergency=True)
    assert to() == ["bruno@clinic.example", "petra@clinic.example"]


def test_an_alert_that_waits_unseen_by_readers_is_no_letter():
    make_alert()
    assert to() == []


def test_the_letter_names_alert_writer_and_page_and_goes_out_once_as_urgent(settings):
    alert = make_alert(is_emergency=True)
    assert all(Letter.objects.values_list("is_urgent", flat=True))
    list(send_due())
    list(send_due())
    assert sorted(letter.to[0] for letter in mail.outbox) == to()
    (letter,) = (one for one in mail.outbox if one.to == ["bruno@clinic.example"])
    assert letter.subject == "Urgent: a safety alert is shown that nobody has confirmed"
    assert f"Hello {make_person('bruno').name}," in letter.body
    assert f"{alert.by.name} shows patients" in letter.body
    assert "Safety alert: Do not use batch 123" in letter.body
    page = reverse("admin:monographs_alert_change", args=[alert.pk])
    assert f"{settings.SITE_ADDRESS}{page}\n" in letter.body
    assert "A recall." not in letter.body


def test_one_that_is_to_be_shown_later_says_from_when():
    starts_at = timezone.now() + dt.timedelta(days=1)
    make_alert(is_emergency=True, starts_at=starts_at, ends_at=starts_at + dt.timedelta(days=1))
    body = Letter.objects.first().body
    assert "Patients meet it from " in body
    assert "It ends at " in body


@pytest.mark.parametrize("act", ["approved", "declined", "ended"])
def test_what_was_decided_before_a_letter_went_out_is_not_asked(act):
    alert = make_alert(is_emergency=True)
    if act == "approved":
        approve(alert)
    elif act == "declined":
        decline_alert(alert, by=make_person("bruno"), reason="Wrong batch.")
    else:
        end_alert(alert, by=make_person("priya"), reason="Wrong batch.")
    assert to() == []
    assert list(send_due()) == []


def test_what_is_refused_sends_nothing():
    with pytest.raises(Unacceptable):
        make_alert(is_emergency=True, reason=" ")
    assert not Alert.objects.exists()
    assert to() == []


def test_who_left_or_has_no_address_is_not_written_to():
    StaffMember.objects.filter(username="bruno").update(is_active=False)
    StaffMember.objects.filter(username="petra").update(email="")
    make_alert(is_emergency=True)
    assert to() == []

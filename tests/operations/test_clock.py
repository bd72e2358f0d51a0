import datetime as dt
from smtplib import SMTPRecipientsRefused

import pytest
from django.core import mail
from django.core.mail import EmailMessage
from django.core.management import call_command
from django.utils import timezone

from monographs.operations.clock import tick
from monographs.publication.due import RETRY_AFTER, due_within, is_overdue
from monographs.publication.models import Reminder
from tests.makers import change_leaflet, make_leaflet, make_published
from tests.people import make_person
from tests.races import race

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _addresses(db):
    for username in ("ana", "priya"):
        person = make_person(username)
        person.email = f"{username}@clinic.example"
        person.save()


def make_due(days: int, medicine: str = "Testamol"):
    """A live version whose next review is ``days`` after today."""
    return make_published(
        medicine=medicine, next_review_on=(timezone.localdate() + dt.timedelta(days=days)).isoformat()
    )


def days_from_now(days: int) -> dt.datetime:
    return timezone.now() + dt.timedelta(days=days)


def test_letters_go_out_once_at_90_30_and_0_days():
    make_due(100)
    subjects = []
    for day in (0, 9, 10, 11, 40, 69, 70, 71, 99, 100, 101, 130):
        mail.outbox.clear()
        tick(at=days_from_now(day))
        tick(at=days_from_now(day))
        if mail.outbox:
            subjects.append((day, sorted(letter.to[0] for letter in mail.outbox)))
    both = ["ana@clinic.example", "priya@clinic.example"]
    assert subjects == [(10, both), (70, both), (100, both)]


def test_a_leaflet_found_late_gets_one_letter_not_three():
    make_due(5)
    tick()
    assert {reminder.days for reminder in Reminder.objects.all()} == {30}


def test_the_letter_names_leaflet_version_and_day():
    publication = make_due(20)
    tick()
    letter = mail.outbox[0]
    assert "Testamol" in letter.subject
    assert "version 1," in letter.body
    assert str(publication.next_review_on.year) in letter.body


def test_a_new_version_starts_afresh_and_ends_the_old_ones_letters():
    publication = make_due(20)
    tick()
    later = (timezone.localdate() + dt.timedelta(days=400)).isoformat()
    make_published(change_leaflet(publication.leaflet, next_review_on=later), change_note="Checked.")
    mail.outbox.clear()
    tick(at=days_from_now(25))
    assert mail.outbox == []
    tick(at=days_from_now(311))
    assert len(mail.outbox) == 2


def test_drafts_get_no_letter():
    make_leaflet(next_review_on=timezone.localdate().isoformat())
    tick()
    assert mail.outbox == []


def test_a_letter_the_mail_server_refused_is_tried_again(monkeypatch):
    make_due(20)

    def refuse(*args, **kwargs):
        raise ConnectionRefusedError("no mail server")

    with monkeypatch.context() as patch:
        patch.setattr("monographs.operations.clock.send", refuse)
        assert "tried again" in tick()[0]
    assert tick() == []
    tick(at=timezone.now() + RETRY_AFTER + dt.timedelta(seconds=1))
    assert len(mail.outbox) == 2


@pytest.mark.django_db(transaction=True)
def test_two_clocks_at_once_send_each_letter_once():
    for number in range(3):
        make_due(20, f"Medicine {number}")
    race(tick, tick, tick)
    assert len(mail.outbox) == 3 * 2
    assert Reminder.objects.filter(sent_at__isnull=False).count() == 3


def test_what_is_due_is_listed_the_most_urgent_first():
    late, soon = make_due(80, "Latermol"), make_due(3, "Soonermol")
    make_due(200, "Farmol")
    now = timezone.now()
    assert list(due_within(90, at=now)) == [soon, late]
    assert not is_overdue(soon, at=now)
    assert is_overdue(soon, at=days_from_now(3))


def test_the_command_does_it_once(capsys):
    make_due(20)
    call_command("clock", "--once")
    assert "30-day letter about Testamol, 1 to 2" in capsys.readouterr().out


def test_one_bad_address_does_not_repeat_the_letter_to_the_others(monkeypatch):
    make_due(20)
    deliver = EmailMessage.send

    def refuse_one(letter, *args, **kwargs):
        if letter.to == ["priya@clinic.example"]:
            raise SMTPRecipientsRefused({letter.to[0]: (550, b"no such mailbox")})
        return deliver(letter, *args, **kwargs)

    monkeypatch.setattr(EmailMessage, "send", refuse_one)
    assert "to 1" in tick()[0]
    tick(at=timezone.now() + RETRY_AFTER + dt.timedelta(seconds=1))
    assert [letter.to for letter in mail.outbox] == [["ana@clinic.example"]]

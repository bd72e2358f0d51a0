"""How long a letter is tried, after which pauses, and what is a refusal of the letter and what one of our settings."""

import datetime as dt
import smtplib
from types import SimpleNamespace

import pytest
from django.core.mail import EmailMessage
from django.utils import timezone

from monographs.mail import outbox
from monographs.mail.models import Letter
from monographs.mail.outbox import CLAIMED_FOR, PAUSES, TRIED_FOR, URGENT_PAUSE, send_again, send_due
from tests.mail.makers import make_letter

pytestmark = pytest.mark.django_db
SECOND = dt.timedelta(seconds=1)


@pytest.fixture
def refused(monkeypatch):
    """By whom every letter is refused for now."""

    def refuse(message):
        raise smtplib.SMTPRecipientsRefused({message.to[0]: (451, b"4.7.1 later")})

    monkeypatch.setattr(EmailMessage, "send", refuse)


@pytest.mark.usefixtures("refused")
def test_a_letter_is_tried_for_three_days_from_the_day_that_it_waited_for():
    due = timezone.now() + dt.timedelta(days=60)
    letter = make_letter(due=due)
    list(send_due(at=due + TRIED_FOR - SECOND))
    letter.refresh_from_db()
    assert letter.given_up_at is None
    Letter.objects.update(next_at=due + TRIED_FOR)
    list(send_due(at=due + TRIED_FOR))
    letter.refresh_from_db()
    assert letter.given_up_at == due + TRIED_FOR


@pytest.mark.usefixtures("refused")
@pytest.mark.parametrize(("tries", "pause"), [(0, PAUSES[0]), (1, PAUSES[1]), (5, URGENT_PAUSE)])
def test_an_urgent_letter_waits_no_longer_than_any_other(tries, pause):
    letter = make_letter(is_urgent=True)
    Letter.objects.update(tries=tries)
    list(send_due(at=letter.next_at))
    assert Letter.objects.get().next_at - letter.next_at == pause


def test_a_letter_that_another_sender_took_meanwhile_is_theirs(monkeypatch):
    letter = make_letter()
    found = [(letter.pk, letter.next_at)]
    Letter.objects.update(next_at=letter.next_at + CLAIMED_FOR)
    looked_up = SimpleNamespace(values_list=lambda *_columns: SimpleNamespace(first=lambda: found and found.pop()))
    monkeypatch.setattr(type(Letter.objects.all()), "due", lambda _letters, _at: looked_up)
    assert list(send_due(at=letter.next_at)) == []
    assert Letter.objects.get().sent_at is None


@pytest.mark.parametrize(
    ("error", "is_for_good"),
    [
        (smtplib.SMTPRecipientsRefused({"a@b.example": (550, b"no such mailbox")}), True),
        (smtplib.SMTPRecipientsRefused({"a@b.example": (552, b"full")}), False),
        (smtplib.SMTPRecipientsRefused({"a@b.example": (451, b"later")}), False),
        (smtplib.SMTPRecipientsRefused({}), False),
        (smtplib.SMTPDataError(554, b"not these words"), True),
        (smtplib.SMTPSenderRefused(550, b"not from you", "us@clinic.example"), False),
        (smtplib.SMTPConnectError(554, b"no service here"), False),
        (smtplib.SMTPAuthenticationError(535, b"no"), False),
        (TimeoutError(), False),
    ],
)
def test_only_what_is_refused_of_the_letter_itself_is_refused_for_good(error, is_for_good):
    assert outbox._is_for_good(error) is is_for_good


def test_a_letter_whose_person_is_forgotten_is_not_tried_anew():
    letter = make_letter()
    outbox.forget_letters_to(letter.to)
    letter.refresh_from_db()
    assert letter.given_up_at
    assert not send_again(letter)
    assert list(send_due(at=timezone.now())) == []


def test_what_was_sent_is_not_tried_anew_either():
    letter = make_letter()
    Letter.objects.update(sent_at=timezone.now())
    assert not send_again(letter)

"""Senders as processes of their own: one that is killed, one that hangs, one that is asked to stop."""

import datetime as dt
import os
import signal
import subprocess
import sys
import threading

import pytest
from django.utils import timezone

from monographs.mail.models import Letter
from monographs.mail.outbox import CLAIMED_FOR, send_due
from tests.mail.makers import make_letter
from tests.mail.server import OK, mail_server
from tests.publication.test_kill import database_url

pytestmark = pytest.mark.django_db(transaction=True)

SENDER = """
import os, signal, sys
import django
from django.conf import settings
django.setup()
from django.core.management import call_command
from monographs.mail import outbox

settings.EMAIL_BACKEND, settings.EMAIL_HOST, settings.EMAIL_PORT = (
    "monographs.mail.smtp.EmailBackend", "127.0.0.1", int(sys.argv[1])
)
send = outbox.EmailMessage.send

def send_and_die(*args, **kwargs):
    send(*args, **kwargs)
    os.kill(os.getpid(), signal.SIGKILL)

if sys.argv[2] == "die":
    outbox.EmailMessage.send = send_and_die
call_command("send_letters", *sys.argv[3:])
"""


def start(port: int, fate: str, *arguments: str) -> subprocess.Popen:
    return subprocess.Popen(  # noqa: S603 - our own interpreter and text
        [sys.executable, "-c", SENDER, str(port), fate, *arguments],
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "tests.settings", "DATABASE_URL": database_url()},
        stdout=subprocess.PIPE,
        text=True,
    )


def test_a_sender_killed_after_the_server_took_the_letter_loses_nothing_and_the_message_id_tells_it_is_the_same(
    post_office,
):
    first, second = make_letter("anna@clinic.example"), make_letter("bob@clinic.example")
    killed = start(post_office.port, "die", "--once")
    killed.communicate(timeout=60)
    assert killed.returncode == -signal.SIGKILL
    assert post_office.recipients == ["anna@clinic.example"]
    assert Letter.objects.waiting().count() == 2
    list(send_due())
    assert post_office.recipients == ["anna@clinic.example", "bob@clinic.example"]
    list(send_due(at=timezone.now() + CLAIMED_FOR + dt.timedelta(minutes=1)))
    assert [letter["Message-ID"] for letter in post_office.letters] == [
        first.message_id, second.message_id, first.message_id,
    ]  # fmt: skip
    assert post_office.raw[0] == post_office.raw[2]
    assert not Letter.objects.waiting().exists()


def test_a_sender_that_hangs_keeps_no_other_letter_from_going(post_office):
    """Nothing is locked while a letter is on its way: neither for this site's senders nor for another's."""
    reached, go_on = threading.Event(), threading.Event()

    def hold(letter):
        reached.set()
        go_on.wait(timeout=30)
        return OK

    slow = make_letter("slow@clinic.example")
    with mail_server() as held_up:
        held_up.say_to_letter = hold
        hanging = start(held_up.port, "live", "--once")
        assert reached.wait(timeout=30)
        make_letter("quick@clinic.example")
        assert len(list(send_due())) == 1
        assert post_office.recipients == ["quick@clinic.example"]
        go_on.set()
        hanging.communicate(timeout=60)
    slow.refresh_from_db()
    assert slow.sent_at


def test_send_letters_sends_what_comes_until_it_is_asked_to_stop(post_office):
    sender = start(post_office.port, "live", "--every", "0.1")
    assert sender.stdout.readline().startswith("Letters are sent")
    letter = make_letter()
    assert sender.stdout.readline() == f"Sent the letter {letter}.\n"
    sender.send_signal(signal.SIGTERM)
    rest, _errors = sender.communicate(timeout=60)
    assert sender.returncode == 0
    assert rest == "No more letters are sent, as it was asked.\n"
    letter.refresh_from_db()
    assert letter.sent_at

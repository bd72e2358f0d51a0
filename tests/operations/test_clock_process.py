"""Clocks as processes of their own: two at once, and one that is asked to stop with a letter in its hand."""

import datetime as dt
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from django.utils import timezone

from monographs.mail.models import Letter
from tests.makers import make_published
from tests.people import make_person
from tests.publication.test_kill import database_url

pytestmark = pytest.mark.django_db(transaction=True)

# The letters go into files; argv: their folder, then the command's own arguments.
CLOCK = """
import sys
import django
from django.conf import settings
django.setup()
from django.core.management import call_command
from monographs.mail import outbox

settings.EMAIL_BACKEND, settings.EMAIL_FILE_PATH = "django.core.mail.backends.filebased.EmailBackend", sys.argv[1]
{patch}
call_command("clock", *sys.argv[2:])
"""
# On its way the letter says so, and waits until the clock knows that somebody has asked it to stop.
SLOW = """
from contextlib import contextmanager
from monographs.management.commands import clock

asked_to_stop, send, stops = clock.asked_to_stop, outbox.EmailMessage.send, []

@contextmanager
def asked_and_known():
    with asked_to_stop() as stop:
        stops.append(stop)
        yield stop

def slowly(*args, **kwargs):
    print("on its way", flush=True)
    stops[0].wait(60)
    return send(*args, **kwargs)

clock.asked_to_stop, outbox.EmailMessage.send = asked_and_known, slowly
"""


def start(folder: Path, *arguments: str, patch: str = "") -> subprocess.Popen:
    return subprocess.Popen(  # noqa: S603 - our own interpreter and text
        [sys.executable, "-c", CLOCK.format(patch=patch), str(folder), *arguments],
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "tests.settings", "DATABASE_URL": database_url()},
        stdout=subprocess.PIPE,
        text=True,
    )


def recipients(folder: Path) -> list[str]:
    lines = [line for file in folder.iterdir() for line in file.read_text().splitlines()]
    return sorted(line.removeprefix("To: ") for line in lines if line.startswith("To: "))


@pytest.fixture(autouse=True)
def _due():
    for username in ("ana", "priya"):
        person = make_person(username)
        person.email = f"{username}@clinic.example"
        person.save()
    make_published(next_review_on=(timezone.localdate() + dt.timedelta(days=20)).isoformat())


def test_two_processes_at_once_send_each_letter_once(tmp_path):
    clocks = [start(tmp_path, "--once") for _clock in range(2)]
    for clock in clocks:
        clock.communicate(timeout=60)
        assert clock.returncode == 0
    assert recipients(tmp_path) == ["ana@clinic.example", "priya@clinic.example"]


def test_clock_that_is_asked_to_stop_finishes_its_letter_and_begins_no_other(tmp_path):
    clock = start(tmp_path, "--every", "600", patch=SLOW)
    for line in clock.stdout:
        if line == "on its way\n":
            break
    clock.send_signal(signal.SIGTERM)
    rest, _errors = clock.communicate(timeout=60)
    assert clock.returncode == 0
    assert rest.count("Sent the letter review-due ") == 1
    assert rest.endswith("The clock has stopped, as it was asked to.\n")
    assert len(recipients(tmp_path)) == 1
    assert Letter.objects.filter(sent_at__isnull=False).count() == 1
    assert Letter.objects.filter(tries=0).count() == 1

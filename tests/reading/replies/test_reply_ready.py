"""A process that serves has read its rules before somebody sends the first reply."""

import os
import subprocess
import sys

import pytest

_OPENED = """
import sys, django
django.setup()
from monographs.clinics.models import Clinic
from monographs.comments.arrival.intake import Incoming
from monographs.comments.spam import advertising
from monographs.reading.replies.ready import read_all
read_all()
opened = []
sys.addaudithook(lambda event, details: opened.append(details[0]) if event == "open" else None)
incoming = Incoming("Może to boli? I am 40 and sleep badly. 0113 496 0000", "Maria", "pl", Clinic())
found = (incoming.seen, incoming.personal, advertising.found_in(incoming.body, name=incoming.name))
print(opened, bool(found))
"""


@pytest.mark.once
def test_the_first_reply_reads_no_file():
    answer = subprocess.run(  # noqa: S603 - our own interpreter and lines
        [sys.executable, "-c", _OPENED],
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "tests.settings"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert answer.stdout.strip() == "[] True"


_LOOKED_THROUGH = """
import gc, threading, django
django.setup()
from monographs.reading.replies.ready import read_all_beside
read_all_beside()
for thread in threading.enumerate():
    if thread.name == "what replies need":
        thread.join()
print(gc.get_freeze_count() > 20 * len(gc.get_objects()), len(gc.get_objects()))
"""


@pytest.mark.once
def test_a_process_that_serves_does_not_look_through_its_rules_again_and_again():
    """A full collection would stop all readers of a process for a quarter of a second."""
    answer = subprocess.run(  # noqa: S603 - our own interpreter and lines
        [sys.executable, "-c", _LOOKED_THROUGH],
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "tests.settings"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert answer.stdout.startswith("True"), answer.stdout

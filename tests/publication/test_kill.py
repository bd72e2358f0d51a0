"""A process killed in the middle of publishing leaves the old state or the new one, never half."""

import os
import signal
import subprocess
import sys

import pytest
from django.db import connection
from django.utils import timezone

from monographs.audit.models import Entry
from monographs.publication.actions import publish
from monographs.publication.models import Page, Publication
from monographs.review.models import State
from tests.makers import make_approved
from tests.races import assert_chain_does_not_fork

KILLED_AT = """
import os, signal, sys
import django
django.setup()
from monographs.publication import actions
from monographs.review.models import Review
from monographs.staff.models import StaffMember

def die(*args, **kwargs):
    os.kill(os.getpid(), signal.SIGKILL)

owner, _dot, name = sys.argv[2].rpartition(".")
setattr(getattr(actions, owner) if owner else actions, name, die)
actions.publish(Review.objects.get(pk=sys.argv[1]), by=StaffMember.objects.get(username="priya"), change_note="First.")
"""


def database_url() -> str:
    settings = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{settings['NAME']}"
    host = settings["HOST"].replace("/", "%2F")
    return f"postgres://{settings['USER']}:{settings['PASSWORD']}@{host}:{settings['PORT'] or 5432}/{settings['NAME']}"


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("step", ["cancel_pending", "record", "Page.save", "release"])
def test_killed_in_the_middle_of_publishing(step, priya):
    review = make_approved()
    entries = Entry.objects.count()
    killed = subprocess.run(  # noqa: S603 - our own interpreter and text
        [sys.executable, "-c", KILLED_AT, str(review.pk), step],
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "tests.settings", "DATABASE_URL": database_url()},
        timeout=60,
        check=False,
    )
    assert killed.returncode == -signal.SIGKILL
    review.refresh_from_db()
    assert review.state == State.APPROVED
    assert not Publication.objects.exists()
    assert not Page.objects.exists()
    assert Entry.objects.count() == entries
    publication = publish(review, by=priya, change_note="First.")
    assert Publication.objects.live(timezone.now()).get() == publication
    assert_chain_does_not_fork()

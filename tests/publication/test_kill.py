"""A process killed in the middle of a verb leaves the old state or the new one, never half."""

import datetime as dt
import os
import signal
import subprocess
import sys

import pytest
from django.db import connection
from django.utils import timezone

from monographs.audit.models import Entry
from monographs.operations.verify import check_history
from monographs.publication.actions import publish, withdraw
from monographs.publication.models import Page, Publication
from monographs.review.models import State
from tests.makers import change_leaflet, make_approved, make_published
from tests.publication.timeline import assert_looked_up_is_worked_out, rows_there
from tests.races import assert_chain_does_not_fork

KILLED_AT = """
import os, signal, sys
import django
django.setup()
from monographs.publication import actions, appending, showings
from monographs.publication.models import Publication
from monographs.review.models import Review
from monographs.staff.models import StaffMember

def die(*args, **kwargs):
    os.kill(os.getpid(), signal.SIGKILL)

verb, number, step = sys.argv[1:]
owner, _dot, name = step.rpartition(".")
owners = {"": actions, "appending": appending, "new page": appending._NEW_PAGE, "Showing": showings.ShowingQuerySet}
setattr(owners[owner], name, die)
priya = StaffMember.objects.get(username="priya")
if verb == "publish":
    actions.publish(Review.objects.get(pk=number), by=priya, change_note="First.")
elif verb == "withdraw":
    leaflet = Publication.objects.get(pk=number).leaflet
    actions.withdraw(leaflet, by=priya, notice="Ask us.", why="It is wrong.")
else:
    actions.cancel_release(Publication.objects.get(pk=number), by=priya)
"""


def is_killed(verb: str, number: int, step: str) -> bool:
    """Do ``verb`` in a process of its own that dies where ``step`` would begin; whether it died there."""
    killed = subprocess.run(  # noqa: S603 - our own interpreter and text
        [sys.executable, "-c", KILLED_AT, verb, str(number), step],
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "tests.settings", "DATABASE_URL": database_url()},
        timeout=60,
        check=False,
    )
    return killed.returncode == -signal.SIGKILL


def database_url() -> str:
    settings = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{settings['NAME']}"
    host = settings["HOST"].replace("/", "%2F")
    return f"postgres://{settings['USER']}:{settings['PASSWORD']}@{host}:{settings['PORT'] or 5432}/{settings['NAME']}"


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("step", ["_cancel_all", "appending.record", "new page.write", "release"])
def test_killed_in_the_middle_of_publishing(step, priya):
    review = make_approved()
    entries = Entry.objects.count()
    assert is_killed("publish", review.pk, step)
    review.refresh_from_db()
    assert review.state == State.APPROVED
    assert not Publication.objects.exists()
    assert not Page.objects.exists()
    assert Entry.objects.count() == entries
    publication = publish(review, by=priya, change_note="First.")
    assert Publication.objects.live(timezone.now()).get() == publication
    assert_chain_does_not_fork()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    ("verb", "step"),
    [
        ("publish", "Showing.bulk_create"),
        ("withdraw", "Showing.bulk_create"),
        ("cancel", "record"),
        ("cancel", "rewrite_showings"),
    ],
)
def test_killed_while_what_is_looked_up_is_written(verb, step, priya):
    first = make_published()
    review = make_approved(change_leaflet(first.leaflet, dosage="Take 6mg once a day."))
    number = {"publish": review.pk, "withdraw": first.pk}.get(verb)
    if not number:
        later = timezone.now() + dt.timedelta(days=1)
        number = publish(review, by=priya, change_note="Later.", effective_from=later).pk
    before, entries = rows_there(), Entry.objects.count()
    assert is_killed(verb, number, step)
    assert rows_there() == before
    assert Entry.objects.count() == entries
    assert_looked_up_is_worked_out()
    list(check_history())
    withdraw(first.leaflet, by=priya, notice="Ask us.", why="It is wrong.")
    assert_looked_up_is_worked_out()

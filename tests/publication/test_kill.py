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

# Forks a process for each line, and says by which signal it ended. Only these processes meet the database.
KILLED_AT = """
import os, signal, sys, traceback
import django
django.setup()
from monographs.publication import actions, appending
from monographs.publication.shown import showings
from monographs.publication.models import Publication
from monographs.review.models import Review
from monographs.staff.models import StaffMember

def die(*args, **kwargs):
    os.kill(os.getpid(), signal.SIGKILL)

def begin(verb, number, step):
    owner, _dot, name = step.rpartition(".")
    owners = {
        "": actions, "appending": appending, "new page": appending._NEW_PAGE, "intervals": showings._WRITTEN,
        "showings": showings, "passages": actions.passages,
    }
    setattr(owners[owner], name, die)
    priya = StaffMember.objects.get(username="priya")
    if verb == "publish":
        actions.publish(Review.objects.get(pk=number), by=priya, change_note="First.")
    elif verb == "withdraw":
        leaflet = Publication.objects.get(pk=number).leaflet
        actions.withdraw(leaflet, by=priya, notice="Ask us.", why="It is wrong.")
    else:
        actions.cancel_release(Publication.objects.get(pk=number), by=priya)

for line in sys.stdin:
    child = os.fork()
    if not child:
        signal.alarm(60)
        try:
            begin(*line.strip().split("|"))
        except BaseException:
            traceback.print_exc()
        finally:
            os._exit(1)
    _child, status = os.waitpid(child, 0)
    print(os.WTERMSIG(status), flush=True)
"""


@pytest.fixture(scope="module")
def another_process(django_db_setup):
    """One that has loaded the site, and begins each verb in a process of its own."""
    with subprocess.Popen(  # noqa: S603 - our own interpreter and text
        [sys.executable, "-c", KILLED_AT],
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "tests.settings", "DATABASE_URL": database_url()},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        yield process
        process.stdin.close()


def is_killed(process: subprocess.Popen, verb: str, number: int, step: str) -> bool:
    """Do ``verb`` in a process of its own that dies where ``step`` would begin; whether it died there."""
    process.stdin.write(f"{verb}|{number}|{step}\n")
    process.stdin.flush()
    return process.stdout.readline().strip() == str(int(signal.SIGKILL))


def database_url() -> str:
    settings = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{settings['NAME']}"
    host = settings["HOST"].replace("/", "%2F")
    return f"postgres://{settings['USER']}:{settings['PASSWORD']}@{host}:{settings['PORT'] or 5432}/{settings['NAME']}"


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("step", ["_cancel_all", "appending.record", "new page.write", "release"])
def test_killed_in_the_middle_of_publishing(another_process, step, priya):
    review = make_approved()
    entries = Entry.objects.count()
    assert is_killed(another_process, "publish", review.pk, step)
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
        ("publish", "intervals.write_all"),
        ("withdraw", "intervals.write_all"),
        ("cancel", "record"),
        ("cancel", "rewrite_showings"),
        *((verb, "showings.note_standing") for verb in ("publish", "withdraw", "cancel")),
        *((verb, "passages.tidy") for verb in ("publish", "withdraw", "cancel")),
    ],
)
def test_killed_while_what_is_looked_up_is_written(another_process, verb, step, priya):
    first = make_published()
    review = make_approved(change_leaflet(first.leaflet, dosage="Take 6mg once a day."))
    number = {"publish": review.pk, "withdraw": first.pk}.get(verb)
    if not number:
        later = timezone.now() + dt.timedelta(days=1)
        number = publish(review, by=priya, change_note="Later.", effective_from=later).pk
    before, entries = rows_there(), Entry.objects.count()
    assert is_killed(another_process, verb, number, step)
    assert rows_there() == before
    assert Entry.objects.count() == entries
    assert_looked_up_is_worked_out()
    list(check_history())
    withdraw(first.leaflet, by=priya, notice="Ask us.", why="It is wrong.")
    assert_looked_up_is_worked_out()

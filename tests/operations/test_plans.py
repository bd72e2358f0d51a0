"""No look-up of a page grows with the record: each finds its rows by an index, on either database.

The plans are those for the few rows of a test. SQLite, which knows nothing of how many there are, reads a table from
end to end only where no index helps; PostgreSQL is told to do so only then. What a plan costs on a large site prints
`make bench-large`.
"""

import copy
import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from monographs.admin.writing.leaflet_list import STANDS
from monographs.comments.arrival.actions import submit
from monographs.comments.deciding.actions import approve
from monographs.operations.clock import Rounds, tick
from monographs.publication.actions import withdraw
from monographs.publication.due import late_notices
from monographs.reading.paper.ahead import print_some
from monographs.search.index.kept import the_index
from tests.bench.lookups import public_pages, staff_pages
from tests.bench.plans import SMALL, look_ups, scanned_tables
from tests.makers import make_leaflet, make_published, make_review
from tests.makers_alerts import make_alert, make_approved_alert
from tests.makers_reactions import make_reaction, make_sent
from tests.people import make_person

pytestmark = pytest.mark.django_db

PEOPLE = {
    "author": "ana", "reader": "bruno", "publisher": "priya", "moderator": "carla", "auditor": "amir",
    "administrator": "ada",
}  # fmt: skip
# What is forgotten after some time: few rows, whatever the number of leaflets.
KEPT_SHORT = {"monographs_missedsearch", "monographs_attempts"}


@pytest.fixture(scope="module")
def site_of_all(rows_of_the_file):
    """A leaflet in most states, replies in two, and everybody whose pages there are."""
    for name in PEOPLE.values():
        make_person(name)
    leaflet = make_published(make_leaflet("Testamol")).leaflet
    for number in range(2):
        reply = submit(leaflet, body=f"May I swim? ({number})")
    approve(reply, by=make_person("carla"))
    make_reaction(reply)
    make_sent(medicine="Sentamol")
    make_review(make_leaflet("Waitamol"))
    make_leaflet("Draftamol")
    make_alert()
    make_approved_alert(is_emergency=True)
    gone = make_published(make_leaflet("Goneamol")).leaflet
    withdraw(gone, by=make_person("priya"), notice="Ask us.", why="Recalled.")
    return leaflet


@pytest.fixture
def site(site_of_all):
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL enable_seqscan = off")
    return copy.deepcopy(site_of_all)


def is_bounded(query: str) -> bool:
    """Whether it takes so many rows as they come and stops: the first page of a list, without a condition that any row
    could fail. Each leaflet has its standing."""
    said = query.replace('WHERE "monographs_standing"."leaflet_id" IS NOT NULL', "")
    return " WHERE " not in said and re.search(r" LIMIT \d+(\) subquery)?$", said) is not None


def scans(ask, name: str) -> set[str]:
    """The look-ups of one request that read a table from end to end."""
    with CaptureQueriesContext(connection) as captured:
        ask()
    return {
        f"{name}: {table}: {query[:300]}"
        for query in look_ups(captured)
        if not is_bounded(query)
        for table in scanned_tables(query) - SMALL - KEPT_SHORT
    }


def got(client: Client, path: str) -> None:
    assert client.get(path).status_code == 200, path


def test_no_page_of_patients_reads_a_whole_table(site):
    client, pages = Client(), list(public_pages())
    client.get("/search/?q=testamol")  # the names are read once for each process and each change of them
    assert len(pages) > 12
    for path in pages:
        assert scans(lambda path=path: got(client, path), path) == set()


@pytest.mark.parametrize("who", PEOPLE)
def test_no_page_of_the_staff_reads_a_whole_table(site, who):
    client = Client()
    client.force_login(make_person(PEOPLE[who]))
    pages = [path for name, path in staff_pages() if name == who]
    assert pages
    for path in pages:
        assert scans(lambda path=path: got(client, path), path) == set()


def test_every_filter_of_the_list_of_leaflets_is_among_them():
    asked = {path for _name, path in staff_pages_of_nobody()}
    address = reverse("admin:monographs_leaflet_changelist")
    assert {f"{address}?stands={stands}" for stands in STANDS} <= asked


def staff_pages_of_nobody():
    make_published(make_leaflet("Testamol"))
    return staff_pages()


def test_the_clock_reads_no_whole_table(site):
    the_index()  # the names are read once for each process and each change of them
    rounds = Rounds(everywhere=False)
    for turn in ("the first round", "the next"):
        assert scans(lambda: list(tick(rounds=rounds)), turn) == set()
    assert scans(lambda: late_notices(at=timezone.now()), "letters") == set()


def test_what_is_printed_ahead_is_found_without_reading_a_whole_table(site, settings, tmp_path):
    settings.PAPER_FOLDER, settings.LEAST_ROOM = tmp_path, 0
    the_index()
    assert scans(print_some, "at the start") == set()
    make_approved_alert(is_emergency=True)
    withdraw(site, by=make_person("priya"), notice="Ask us.", why="Recalled.")
    assert scans(print_some, "after acts") == set()


def test_a_table_that_is_read_from_end_to_end_is_noticed(site):
    assert scanned_tables("SELECT * FROM monographs_comment WHERE body LIKE '%swim%'") == {"monographs_comment"}
    assert scanned_tables("SELECT * FROM monographs_comment WHERE id = 1") == set()

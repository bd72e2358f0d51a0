"""SQLite's file is taken away, or another is put in its place, under the real server."""

import subprocess
import time
from html import unescape
from pathlib import Path
from urllib.parse import urlencode

import pytest
from django.db import connection
from django.utils import timezone

from monographs.comments.models import Comment
from monographs.reading.page_cache.stamps import GOOD_FOR
from monographs.reading.public import hour_of
from monographs.reading.replies.form import make_token
from tests.makers import make_published
from tests.servers import site, wait_until

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL keeps its files itself"),
]
KNOWN, UNKNOWN = "/leaflets/testamol/", "/a-z/"


@pytest.fixture(scope="module")
def server(tmp_path_factory, django_db_setup, django_db_blocker):
    folder = tmp_path_factory.mktemp("site")
    with django_db_blocker.unblock(), site(folder, GUNICORN_CMD_ARGS="--workers 1") as running:
        yield running


@pytest.fixture
def file():
    """The database's; back in its place afterwards, whatever was put there."""
    place = Path(connection.settings_dict["NAME"])
    aside = place.with_name("aside.sqlite3")
    yield place, aside
    if aside.exists():
        aside.replace(place)


def digest(file: Path) -> str:
    said = subprocess.run(["/usr/bin/sha256sum", file], capture_output=True, check=True, text=True)  # noqa: S603
    return said.stdout.split()[0]


def token_for(leaflet):
    return make_token(leaflet, leaflet.publications.get().pk, hour_of(timezone.now()))


def reply(server, leaflet, body):
    form = urlencode({"token": token_for(leaflet), "name": "", "website": "", "body": body})
    return server.ask("POST", f"{KNOWN}reply/", form, Content_Type="application/x-www-form-urlencoded")


def open_connections(server, leaflet):
    wait_until(lambda: token_for(leaflet) in unescape(server.ask("GET", KNOWN).text))  # no earlier test's
    assert server.ask("GET", UNKNOWN).status == 200
    assert reply(server, leaflet, "Kept.").status == 303
    time.sleep(2 * GOOD_FOR)  # the server asks anew what holds, and knows the page of that
    for _time in range(5):  # on a busy machine a page is not kept where the look-up of the stamp comes late
        assert server.ask("GET", KNOWN).status == 200


def check_that_nothing_is_taken(server, leaflet):
    """Nothing new, that is: what the page cache knows goes on."""
    assert server.ask("GET", KNOWN).status == 200
    for path in ("/search/?q=x", "/admin/", "/leaflets/testamol/versions/"):
        answer = server.ask("GET", path, Cookie=f"staff-session={'x' * 32}")
        assert answer.status == 503, path
        assert "We cannot show this page at the moment" in answer.text
    for _time in range(3):  # by several threads
        answer = reply(server, leaflet, "Where would this be kept?")
        assert answer.status == 503
        assert "Where would this be kept?" in answer.text


def test_removed_file_is_no_place_to_save_anything(server, file):
    leaflet = make_published().leaflet
    open_connections(server, leaflet)
    place, aside = file
    place.rename(aside)
    check_that_nothing_is_taken(server, leaflet)
    assert not place.exists()  # no empty one was made
    aside.rename(place)
    assert server.ask("GET", UNKNOWN).status == 200
    assert reply(server, leaflet, "Kept as well.").status == 303
    assert set(Comment.objects.values_list("body", flat=True)) == {"Kept.", "Kept as well."}


def test_file_that_was_replaced_is_neither_read_nor_written(server, file):
    leaflet = make_published().leaflet
    open_connections(server, leaflet)
    place, aside = file
    place.rename(aside)
    # By another process: who closes a file lets go of all locks that his process has on it (fcntl), SQLite's as well.
    subprocess.run(["/bin/cp", aside, place], check=True)  # noqa: S603
    before = digest(place)
    check_that_nothing_is_taken(server, leaflet)
    assert digest(place) == before

"""`deploy/nginx.conf` with a real nginx in front of the real server: pages are kept for a second, or while nobody answers."""

import contextlib
import os
import socket
import threading
import time

import pytest
from django.utils import timezone

from monographs.publication.actions import withdraw
from tests.makers import make_leaflet, make_published
from tests.people import make_person
from tests.servers import HOST, NGINX, nginx, site, wait_until

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(not NGINX, reason="nginx is not installed (on Debian: apt-get install nginx)"),
]
LEAFLET = "/leaflets/testamol/"


@pytest.fixture
def both(tmp_path):
    """The application, and nginx in front of it."""
    with site(tmp_path) as application, nginx(tmp_path, application.socket) as front:
        yield application, front


def test_page_is_kept_and_a_withdrawn_one_is_gone_within_one_second(both, priya):
    leaflet = make_published().leaflet
    _application, front = both
    answers = [front.ask("GET", LEAFLET) for _time in range(30)]
    assert {answer.status for answer in answers} == {200}
    assert "HIT" in {answer.getheader("X-Cache") for answer in answers}
    assert not any(answer.getheader("X-Accel-Expires") for answer in answers)
    withdraw(leaflet, by=priya, notice="Please ask us.", why="A wrong dose.")
    time.sleep(1)  # what is promised
    for _time in range(5):
        assert "Withdrawn on" in front.ask("GET", LEAFLET).text


def test_dead_application_still_shows_the_last_pages_and_never_a_withdrawn_one(both, priya):
    withdrawn = make_published().leaflet
    make_published(make_leaflet("Trialol"))
    application, front = both
    for path in (LEAFLET, "/leaflets/trialol/", "/"):
        assert front.ask("GET", path).status == 200
    withdraw(withdrawn, by=priya, notice="Please ask us.", why="A wrong dose.")
    time.sleep(1)
    front.ask("GET", LEAFLET)  # the first reader of the notice
    application.stop()
    for path in ("/leaflets/trialol/", "/"):
        answer = front.ask("GET", path)
        assert (answer.status, answer.getheader("X-Cache")) == (200, "STALE")
    assert "Withdrawn on" in front.ask("GET", LEAFLET).text
    assert front.ask("GET", "/admin/login/").status == 502
    assert front.ask("GET", "/search/?q=trialol").status == 502

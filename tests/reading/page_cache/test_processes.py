"""Several server processes, each with a cache of its own: what changes shows in every one of them within a second."""

import contextlib
import datetime as dt
import http.client
import os
import signal
import subprocess
import sys
import time

import pytest
from django.utils import timezone

from monographs.clinics.actions import change_clinic
from monographs.clinics.models import the_clinic
from monographs.comments.deciding import actions as comments
from monographs.publication.actions import publish, withdraw
from tests.makers import change_leaflet, make_approved, make_comment, make_published
from tests.people import make_person
from tests.publication.test_kill import database_url
from tests.servers import free_port, wait_until

PAGE = "/leaflets/testamol/"
ASKED = 8  # times, each on a connection of its own: with two workers behind one address both are met

pytestmark = pytest.mark.django_db(transaction=True)


def ask(port: int, path: str = PAGE) -> tuple[int, str, dict]:
    door = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    door.request("GET", path)
    answer = door.getresponse()
    with contextlib.closing(door):
        return answer.status, answer.read().decode(), {name.lower(): value for name, value in answer.getheaders()}


@pytest.fixture
def ports():
    """Three workers: two forked from a master that had loaded the site, and one by itself."""
    doors, servers = [free_port(), free_port()], []
    for port, options in zip(doors, (("--preload", "--workers=2"), ("--workers=1",)), strict=True):
        command = [
            sys.executable,
            "-m",
            "gunicorn",
            "clinicinfo.wsgi",
            *options,
            "--threads=4",
            "--no-control-socket",
            f"--bind=127.0.0.1:{port}",
        ]
        environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "tests.settings", "DATABASE_URL": database_url()}
        servers.append(subprocess.Popen(command, env=environment, stderr=subprocess.DEVNULL))  # noqa: S603 - our own
    try:
        wait_until(lambda: all(answers(port) for port in doors))
        yield doors
    finally:
        for server in servers:
            server.send_signal(signal.SIGTERM)
        for server in servers:
            server.wait(60)


def answers(port: int) -> bool:
    with contextlib.suppress(OSError):
        return bool(ask(port, "/healthz"))
    return False


def looks(ports: list[int]) -> list[str]:
    """What every process shows. An answer that says that the database did not answer in time is asked for again."""
    pages = []

    def shows(port: int) -> bool:
        status, page, headers = ask(port)
        pages[-1] = page
        return "age" not in headers and status == 200

    for port in ports * ASKED:
        pages.append("")
        wait_until(lambda port=port: shows(port))
    return pages


def all_show(ports: list[int], words: str) -> bool:
    return all(words in page for page in looks(ports))


def a_second_later() -> None:
    time.sleep(1)


def test_what_changes_shows_in_every_process_within_a_second(ports):
    priya, carla = make_person("priya"), make_person("carla")
    publication = make_published(dosage="Take 5mg once a day.")
    reply = make_comment(publication, body="May I take it with milk?")
    a_second_later()
    assert all_show(ports, "Take 5mg once a day.")
    assert not any("with milk" in page for page in looks(ports))

    comments.approve(reply, by=carla)
    a_second_later()
    assert all_show(ports, "May I take it with milk?")
    comments.reject(reply, by=carla, reason="Not about it.")
    a_second_later()
    assert not any("with milk" in page for page in looks(ports))

    make_published(change_leaflet(publication.leaflet, dosage="Take 6mg once a day."), change_note="Another dose.")
    a_second_later()
    assert all_show(ports, "Take 6mg once a day.")

    clinic = the_clinic()
    clinic.phone = "01632 960 999"
    change_clinic(clinic, by=None)
    a_second_later()
    assert all_show(ports, "01632 960 999")

    review = make_approved(change_leaflet(publication.leaflet, dosage="Take 7mg once a day."))
    soon = timezone.now() + dt.timedelta(seconds=5)
    publish(review, by=priya, change_note="Scheduled.", effective_from=soon)
    while timezone.now() < soon:
        looks(ports[:1])
        time.sleep(0.05)
    assert all_show(ports, "Take 7mg once a day.")  # at its instant, and not a second later

    withdraw(publication.leaflet, by=priya, notice="Ask us before you take it.", why="Wrong.")
    a_second_later()
    assert all_show(ports, "Ask us before you take it.")

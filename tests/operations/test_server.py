"""The server as it is deployed, a real process: a small story over HTTP, a killed worker, limits that hold."""

import contextlib
import os
import re
import runpy
import signal
import subprocess
import sys
from html import unescape
from urllib.parse import urlencode

import pytest
from django.conf import settings

from monographs.admin.frame.images import LARGEST_FILE
from monographs.comments.models import Comment
from monographs.operations.requests.field_limits import MOST_BYTES
from tests.makers import make_published
from tests.servers import DEPLOY, site, wait_until

pytestmark = pytest.mark.django_db(transaction=True)
LEAFLET = "/leaflets/testamol/"
_OF_TESTS = ("CLINICINFO_", "DATABASE_URL", "DJANGO_")  # settings that other tests left, no clinic's
FORM = {"Content_Type": "application/x-www-form-urlencoded"}


@pytest.fixture(scope="module")
def server(tmp_path_factory, django_db_setup, django_db_blocker):
    """One for all tests here; in the end it stops by itself and leaves nothing."""
    with django_db_blocker.unblock(), site(tmp_path_factory.mktemp("site")) as running:
        yield running
        running.stop()
        assert running.process.returncode == 0
        assert not running.socket.exists()
        assert not (running.socket.parent / ".gunicorn").exists()  # nor has it had a door for its own commands


def reply(server, body):
    """Read the leaflet and answer its form."""
    page = server.ask("GET", LEAFLET).text
    token = unescape(re.search(r'name="token" value="([^"]+)"', page)[1])
    form = urlencode({"token": token, "name": "", "website": "", "body": body})
    return server.ask("POST", f"{LEAFLET}reply/", form, **FORM)


def test_story_over_http_goes_on_when_a_worker_is_killed(server):
    make_published()
    page = server.ask("GET", LEAFLET)
    assert (page.status, "Testamol" in page.text) == (200, True)
    assert server.ask("GET", LEAFLET, If_None_Match=page.getheader("ETag")).status == 304
    assert reply(server, "Hello from Dario.").status == 303
    assert server.ask("GET", "/admin/login/").status == 200

    before = server.workers()
    assert len(before) == 2
    os.kill(min(before), signal.SIGKILL)
    assert server.ask("GET", LEAFLET).status == 200  # the other one answers
    wait_until(lambda: len(server.workers() - {min(before)}) == 2)
    assert reply(server, "And from Maria.").status == 303
    assert set(Comment.objects.values_list("body", flat=True)) == {"Hello from Dario.", "And from Maria."}


@pytest.mark.once  # no database is asked for this address
def test_reload_answers_everybody_and_ends_the_old_workers(server):
    before = server.workers()
    server.process.send_signal(signal.SIGHUP)  # systemctl reload
    while server.workers() & before:
        assert server.ask("GET", "/robots.txt").status == 200
    wait_until(lambda: len(server.workers()) == 2)


@pytest.mark.once  # refused before a database is asked
@pytest.mark.parametrize(
    ("path", "content_type"),
    [
        (f"{LEAFLET}reply/", "application/x-www-form-urlencoded"),
        (f"{LEAFLET}reply/", "multipart/form-data; boundary=x"),
        ("/admin/login/", "multipart/form-data; boundary=x"),
    ],
)
def test_a_hundred_megabytes_are_refused_in_words_before_they_are_sent(server, path, content_type):
    with contextlib.closing(server.connection()) as connection:
        connection.putrequest("POST", path)
        connection.putheader("Content-Type", content_type)
        connection.putheader("Content-Length", str(100 * 1024 * 1024))
        connection.endheaders()  # and not one byte more
        answer = connection.getresponse()
        assert answer.status == 413
        assert "larger than 16 MB" in answer.read().decode()


@pytest.mark.once  # files alone
def test_numbers_that_depend_on_one_another_agree():
    configuration = runpy.run_path(str(DEPLOY / "gunicorn.conf.py"))
    nginx = (DEPLOY / "nginx.conf").read_text()
    assert int(re.search(r"client_max_body_size (\d+)m;", nginx)[1]) * 1024 * 1024 == MOST_BYTES > LARGEST_FILE
    assert configuration["keepalive"] > int(re.search(r"keepalive_timeout (\d+)s;", nginx)[1])
    unit = (DEPLOY / "clinicinfo.service").read_text()
    assert int(re.search(r"TimeoutStopSec=(\d+)", unit)[1]) > configuration["graceful_timeout"]


@pytest.mark.once  # no database is asked
def test_what_the_server_loads_tells_nginx_of_its_look_ups_and_writes_down_what_was_missed(tmp_path):
    ask = """if True:
        import threading
        from clinicinfo.wsgi import application
        from django.utils import timezone
        from monographs.search.missed import note_missed

        print(application._looked_at == application._application.stamps.looked_at)
        note_missed("methadone", at=timezone.now())
        print("missed-searches" in {thread.name for thread in threading.enumerate()})
    """
    clean = {name: value for name, value in os.environ.items() if not name.startswith(_OF_TESTS)}
    environment = {
        **clean,
        "CLINICINFO_MODE": "local",
        "CLINICINFO_TRUSTED_PROXIES": "1",
        "CLINICINFO_VAR": str(tmp_path),
    }
    found = subprocess.run(  # noqa: S603 - our own interpreter and words
        [sys.executable, "-c", ask],
        cwd=settings.BASE_DIR, env=environment, capture_output=True, text=True, timeout=60,
    )  # fmt: skip
    assert found.stdout.split() == ["True", "True"], found.stderr


@pytest.mark.once  # the database is that of the example
def test_site_with_the_example_of_settings_is_one_to_start(tmp_path):
    """`deploy/site`, which runs a command as the site's user, with `deploy/clinicinfo.env.example` filled in."""
    text = (DEPLOY / "clinicinfo.env.example").read_text()
    text = text.replace("SECRET_KEY=", f"SECRET_KEY={'zyxwvutsrq9876543210_' * 3}")
    file = tmp_path / "clinicinfo.env"
    file.write_text(re.sub(r"CLINICINFO_VAR=.*", f"CLINICINFO_VAR={tmp_path}/var", text))
    script = (DEPLOY / "site").read_text()
    for there, here in {
        "runuser -u clinicinfo -- ": "",
        "/etc/clinicinfo/clinicinfo.env": str(file),
        "/srv/clinicinfo/.venv/bin/python": sys.executable,
        "/srv/clinicinfo": str(settings.BASE_DIR),
    }.items():
        assert there in script
        script = script.replace(there, here)
    clean = {name: value for name, value in os.environ.items() if not name.startswith(_OF_TESTS)}
    found = subprocess.run(  # noqa: S603 - our own script and command
        ["/bin/sh", "-c", script, "site", "check", "--deploy", "--fail-level", "WARNING"],
        cwd=tmp_path, env=clean, capture_output=True, text=True, timeout=60,
    )  # fmt: skip
    assert found.returncode == 0, found.stdout + found.stderr
    assert os.access(DEPLOY / "site", os.X_OK)

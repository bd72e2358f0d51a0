"""The disk of nginx is full: readers read, and who sends much is told so."""

import re

import pytest

from tests.faults.small_disk import fill, small_disk
from tests.makers import make_published
from tests.servers import DEPLOY, NGINX, nginx, site

LEAFLET = "/leaflets/testamol/"


@pytest.mark.faults
@pytest.mark.once  # the disk is that of nginx, and so is the refusal
@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(not NGINX, reason="nginx is not installed (on Debian: apt-get install nginx)")
def test_pages_go_on_and_a_large_body_is_refused_in_words(tmp_path):
    make_published()
    bodies = tmp_path / "client_body"
    with (
        small_disk(bodies, kilobytes=512),
        site(tmp_path, GUNICORN_CMD_ARGS="--workers 1") as application,
        nginx(tmp_path, application.socket) as front,
    ):
        filler = fill(bodies)
        answer = front.ask("GET", LEAFLET)
        assert (answer.status, "Testamol" in answer.text) == (200, True)
        refused = front.ask("POST", f"{LEAFLET}reply/", "body=" + "x" * 100_000)
        assert refused.status == 507
        assert "Go back: what you typed is still there." in refused.text
        filler.unlink()
        assert front.ask("POST", f"{LEAFLET}reply/", "body=" + "x" * 100_000).status != 507


def test_pages_that_nginx_keeps_take_memory_and_no_disk():
    """It breaks off a page whose copy it can't write: such a disk would take the pages away when it is full."""
    assert re.search(r"^proxy_cache_path /run/", (DEPLOY / "nginx.conf").read_text(), re.MULTILINE)

"""Every thread of the server hangs: it still says that it lives, and whether it can work."""

import contextlib
import json
import socket

import pytest

from tests.servers import site, wait_until

pytestmark = pytest.mark.django_db(transaction=True)
MORE_THAN_THERE_ARE_THREADS = 48


def test_health_is_answered_while_half_sent_requests_hold_all_threads(tmp_path):
    one = {"GUNICORN_CMD_ARGS": "--workers 1", "CLINICINFO_LEAST_ROOM_MB": "0"}  # a second one could begin later
    with site(tmp_path, **one) as server, contextlib.ExitStack() as clients:
        for _client in range(MORE_THAN_THERE_ARE_THREADS):
            client = clients.enter_context(contextlib.closing(socket.socket(socket.AF_UNIX)))
            client.connect(str(server.socket))
            client.sendall(b"GET /robots.txt HTTP/1.1\r\nHost: ")
        for _monitor in range(4):
            assert json.loads(server.ask("GET", "/healthz").text) == {"status": "ok"}
            # Where the machine is busy the first look may take longer than who asks is kept waiting: then the next.
            wait_until(lambda: json.loads(server.ask("GET", "/readyz").text) == {"status": "ok"})
        other = clients.enter_context(contextlib.closing(server.connection()))
        other.timeout = 1
        other.request("GET", "/robots.txt")
        with pytest.raises(TimeoutError):  # nobody else has a thread
            other.getresponse()

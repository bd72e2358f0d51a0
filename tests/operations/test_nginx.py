"""`deploy/nginx.conf` with a real nginx before the real server: pages are kept a second, or while nobody answers."""

import contextlib
import threading
import time

import pytest

from monographs.operations.requests.field_limits import MOST_BYTES
from monographs.publication.actions import withdraw
from tests.makers import make_leaflet, make_published
from tests.servers import HOST, NGINX, nginx, site, wait_until

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(not NGINX, reason="nginx is not installed (on Debian: apt-get install nginx)"),
]
LEAFLET = "/leaflets/testamol/"


@pytest.fixture(scope="module")
def both(tmp_path_factory, django_db_setup, django_db_blocker):
    """The application, and nginx in front of it; one pair for all tests here. The last test ends the application."""
    folder = tmp_path_factory.mktemp("both")
    folder.chmod(0o755)
    with (
        django_db_blocker.unblock(),
        site(folder, CLINICINFO_HTTPS="yes") as application,
        nginx(folder, application.socket) as front,
    ):
        yield application, front


def test_page_is_kept_and_a_withdrawn_one_is_gone_within_one_second(both, priya):
    leaflet = make_published().leaflet
    _application, front = both
    answers = []
    wait_until(lambda: answers.append(front.ask("GET", LEAFLET)) or answers[-1].getheader("X-Cache") == "HIT")
    assert {answer.status for answer in answers} == {200}
    assert not any(answer.getheader("X-Accel-Expires") for answer in answers)
    withdraw(leaflet, by=priya, notice="Please ask us.", why="A wrong dose.")
    time.sleep(1)  # what is promised
    for _time in range(5):
        answer = _answer_for_certain(front)
        assert "Withdrawn on" in answer.text, answer.headers.items()


def _answer_for_certain(front):
    """On a busy machine the database may not say in time what holds; the page says so, and is asked for again."""
    answers = []
    wait_until(lambda: answers.append(front.ask("GET", LEAFLET)) or not answers[-1].getheader("Age"))
    return answers[-1]


def test_address_and_scheme_are_the_real_ones_whatever_the_client_writes(both, ana):
    _application, front = both
    answer = front.ask("POST", "/admin/login/", "username=ana&password=x", X_Forwarded_For="6.6.6.6",
                       X_Forwarded_Proto="http", Content_Type="application/x-www-form-urlencoded")  # fmt: skip
    assert answer.status == 403  # no token: but no redirect to HTTPS, either
    plain = front.ask_without_tls("GET", LEAFLET)
    assert (plain.status, plain.getheader("Location")) == (301, f"https://leaflets.clinic.example{LEAFLET}")
    assert front.ask("GET", LEAFLET).headers.get_all("Strict-Transport-Security")[1:] == []


def test_what_somebody_looks_for_or_takes_stands_in_no_log(both):
    make_published()
    _application, front = both
    for address in ("/together/?m=testamol&m=baclofen", "/search/?q=baclofen"):
        answer = front.ask("GET", address, Referer="https://leaflets.clinic.example/together/?m=baclofen")
        assert (answer.status, answer.getheader("X-Accel-Expires")) == (200, None)
    log = front.access_log.read_text()
    assert "GET /together/ " in log
    assert "baclofen" not in log


@contextlib.contextmanager
def slow_clients(front, count):
    """Half of them send the head of a request, half the body of a reply: a byte a second, and no end in sight."""
    with contextlib.ExitStack() as open_ones:
        clients = []
        for number in range(count):
            connection = open_ones.enter_context(contextlib.closing(front.connection()))
            connection.connect()
            head = f"POST {LEAFLET}reply/ HTTP/1.1\r\nHost: {HOST}\r\nContent-Length: 100000\r\n\r\nbody="
            connection.send(head.encode() if number % 2 else b"GET /leaflets/")
            clients.append(connection)
        done = threading.Event()

        def drip():
            while not done.wait(1):
                for connection in clients:
                    with contextlib.suppress(OSError):  # nginx has had enough of it
                        connection.send(b"a")

        thread = threading.Thread(target=drip)
        thread.start()
        try:
            yield
        finally:
            done.set()
            thread.join()


def test_fifty_clients_that_send_a_byte_a_second_hold_nobody_up(both):
    """The server alone has sixteen threads, and each of these would hold one (deploy/README.md)."""
    make_published()
    _application, front = both
    with slow_clients(front, 50):
        paths = (LEAFLET, "/", "/search/?q=testamol", "/admin/login/")
        served = [front.ask("GET", paths[number % 4]).status for number in range(60)]
    assert served == [200] * 60


@pytest.mark.once  # nginx refuses it by itself
def test_too_large_a_body_is_refused_in_words_before_it_is_sent(both):
    _application, front = both
    with contextlib.closing(front.connection()) as connection:
        connection.putrequest("POST", f"{LEAFLET}reply/")
        connection.putheader("Content-Length", str(MOST_BYTES + 1))
        connection.endheaders()
        answer = connection.getresponse()
        assert answer.status == 413
        assert "larger than 16 MB" in answer.read().decode()


def test_dead_application_still_shows_the_last_pages_and_never_a_withdrawn_one(both, priya):
    withdrawn = make_published().leaflet
    make_published(make_leaflet("Trialol"))
    application, front = both
    for path in (LEAFLET, "/leaflets/trialol/", "/"):
        assert front.ask("GET", path).status == 200
    withdraw(withdrawn, by=priya, notice="Please ask us.", why="A wrong dose.")
    wait_until(lambda: "Withdrawn on" in front.ask("GET", LEAFLET).text)  # it has had its first reader
    application.stop()
    for path in ("/leaflets/trialol/", "/"):
        answer = front.ask("GET", path)
        assert (answer.status, answer.getheader("X-Cache")) == (200, "STALE")
    assert "Withdrawn on" in front.ask("GET", LEAFLET).text
    assert front.ask("GET", "/admin/login/").status == 502
    assert front.ask("GET", "/search/?q=trialol").status == 502

"""What every public page sends, and what none may: a cookie, or a word that makes caches tell readers apart."""

import copy

import pytest
from django.test import Client

from monographs.medicines.actions import add_names
from monographs.publication.actions import withdraw
from tests.makers import make_comment, make_published
from tests.people import PASSWORD, make_person
from tests.reading.parts import make_clinic, send
from tests.reading.through_the_cache import Reader

pytestmark = pytest.mark.django_db

PAGES = (
    "/", "/a-z/", "/a-z/t/", "/search/", "/search/?q=testamol", "/leaflets/testamol/", "/leaflets/testamol/reply/sent/",
    "/leaflets/testamol/versions/", "/leaflets/testamol/versions/1/", "/leaflets/goneamol/",
)  # fmt: skip
MISSING = ("/nothing/", "/leaflets/nothing/", "/a-z/!/", "/media/nothing.png")


@pytest.fixture
def client():
    return Reader()


@pytest.fixture(scope="module")
def site_of_all(rows_of_the_file):
    make_clinic()
    publication = make_published()
    make_comment(publication, shown=True)
    gone = make_published(medicine="Goneamol").leaflet
    withdraw(gone, by=make_person("priya"), notice="Ask us.", why="Wrong.")
    return publication


@pytest.fixture
def site(site_of_all):
    return copy.deepcopy(site_of_all)


def _check_privacy(response):
    assert not response.cookies
    assert "Set-Cookie" not in response
    assert response.get("Vary", "Accept-Encoding") == "Accept-Encoding"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Referrer-Policy"] == "same-origin"
    policy = response["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy


@pytest.mark.parametrize("address", [*PAGES, *MISSING])
def test_page_sends_strict_headers_and_no_cookie(client, site, address):
    response = client.get(address, headers={"accept-encoding": "gzip"})
    assert response.status_code == (404 if address in MISSING else 200)
    _check_privacy(response)


def test_sending_a_reply_sends_strict_headers_and_no_cookie(client, site):
    _check_privacy(send(client, "testamol", body="May I?"))
    _check_privacy(send(client, "testamol", body=""))


@pytest.mark.parametrize("address", PAGES)
def test_page_may_be_kept_and_is_asked_for_again(client, site, address):
    response = client.get(address)
    assert response["Cache-Control"] == "public, max-age=0, must-revalidate"
    again = client.get(address, headers={"if-none-match": response["ETag"]})
    assert again.status_code == 304
    assert again.content == b""
    assert again["ETag"] == response["ETag"]
    assert client.get(address, headers={"if-none-match": '"another"'}).status_code == 200


def test_two_addresses_have_two_tags(client, site):
    tags = {client.get(address)["ETag"] for address in PAGES}
    assert len(tags) >= len(PAGES) - 1  # both searches may show the same leaflet


@pytest.mark.parametrize("address", ["/", "/leaflets/testamol/"])
def test_staff_and_readers_get_the_same_bytes(client, site, ana, address):
    for staff in (Client(), Reader()):
        assert staff.login(username="ana", password=PASSWORD)
        assert staff.get(address).content == client.get(address).content
        assert "cookie" not in staff.get(address).get("Vary", "").lower()


def test_new_reply_changes_the_leaflets_tag(client, site):
    before = client.get("/leaflets/testamol/")["ETag"]
    make_comment(site, body="Another.", shown=True)
    assert client.get("/leaflets/testamol/", headers={"if-none-match": before}).status_code == 200


def test_waiting_reply_leaves_the_leaflets_tag(client, site):
    before = client.get("/leaflets/testamol/")["ETag"]
    make_comment(site, body="Another.")
    assert client.get("/leaflets/testamol/", headers={"if-none-match": before}).status_code == 304


def test_new_number_of_the_clinic_changes_the_leaflets_tag(client, site):
    before = client.get("/leaflets/testamol/")["ETag"]
    make_clinic(phone="01632 960 999")
    after = client.get("/leaflets/testamol/", headers={"if-none-match": before})
    assert after.status_code == 200
    assert "01632 960 999" in after.content.decode()


def test_new_brand_changes_the_a_to_z(client, site):
    before = client.get("/a-z/")["ETag"]
    add_names(site.leaflet.medicine, by=None, names=[("Newbrand", "brand")])
    after = client.get("/a-z/", headers={"if-none-match": before})
    assert after.status_code == 200
    assert "Newbrand" in after.content.decode()


@pytest.mark.parametrize("address", [*PAGES, *MISSING])
def test_no_inline_script_or_style(client, site, address):
    page = client.get(address).content.decode()
    assert "<style" not in page
    assert " style=" not in page
    assert " on" + "click=" not in page
    assert "<script>" not in page

"""When something is not there, or went wrong."""

import hashlib

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.template.loader import render_to_string
from django.test import Client

from monographs.trouble import sentence_about
from tests.makers import make_leaflet, make_published
from tests.reading.parts import make_clinic, words

pytestmark = pytest.mark.django_db
PICTURE = b"\x89PNG bytes"
NAME = hashlib.sha256(PICTURE).hexdigest()


def test_unknown_leaflet_offers_the_nearest_names_and_ways_on(client):
    make_clinic()
    make_published(medicine="Betamol")
    make_leaflet("Betumol")
    response = client.get("/leaflets/betomol/")
    page = words(response)
    assert response.status_code == 404
    assert "Did you mean one of these? Betamol" in page
    assert "Betumol" not in page
    assert "01632 960 100" in page
    assert 'name="q"' in response.content.decode()
    assert response["Cache-Control"] == "no-store"


def test_an_address_with_a_language_offers_what_stands_behind_it(client):
    make_published(medicine="Betamol")
    for address in ("/es/betomol/", "/es/leaflets/betomol/"):
        response = client.get(address)
        assert response.status_code == 404
        assert 'href="/es/leaflets/betamol/"' in response.content.decode()


@pytest.mark.parametrize(
    "address",
    ["/nothing", "/nothing/", "/leaflets/", "/%00/", "/%ff%fe/", "/<script>alert(1)</script>/", "/" + "x" * 3000],
)
def test_unknown_addresses_get_the_helpful_page(client, address):
    response = client.get(address)
    assert response.status_code == 404
    assert "We have no page at this address" in words(response)
    assert "<script>alert" not in response.content.decode()


@pytest.mark.parametrize("name", ["500.html", "503.html"])
def test_server_error_pages_ask_nothing_of_the_database(name, django_assert_num_queries):
    with django_assert_num_queries(0):
        page = render_to_string(name, {"sentence": sentence_about(None)})
    assert "nothing was half done" in page.lower()
    assert "ask a pharmacist" in page


@pytest.mark.parametrize("name", ["400.html", "403.html", "405.html"])
def test_plain_error_pages_ask_nothing_of_the_database(name, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert "Nothing was changed." in render_to_string(name)


def test_failure_of_a_page_is_answered_with_the_error_page(monkeypatch):
    def fail(*args, **kwargs):
        raise RuntimeError("a fault made for this test")

    monkeypatch.setattr("monographs.reading.leaflet.page_of", fail)
    response = Client(raise_request_exception=False).get("/leaflets/testamol/")
    assert response.status_code == 500
    assert "a fault made for this test" not in response.content.decode()
    assert "Something went wrong on our side" in words(response)


def test_refusal_page_shows_its_sentence_without_a_clinic(django_assert_num_queries):
    with django_assert_num_queries(0):
        page = render_to_string("refused.html", {"sentence": "The author cannot.", "is_staff_page": True})
    assert "The author cannot." in page
    assert 'href="/admin/"' in page


@pytest.fixture
def stored_image(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    default_storage.save(f"leaflet-images/{NAME}.png", ContentFile(PICTURE))
    return f"/media/leaflet-images/{NAME}.png"


def test_image_is_served_with_its_type_and_kept_for_a_year(client, stored_image):
    response = client.get(stored_image)
    assert response.content == PICTURE
    assert response["Content-Type"] == "image/png"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Cache-Control"] == "public, max-age=31536000, immutable"
    assert client.get(stored_image, headers={"if-none-match": response["ETag"]}).status_code == 304


@pytest.mark.parametrize(
    "path",
    [
        "secret.txt",
        "leaflet-images/",
        f"leaflet-images/{NAME}.svg",
        f"leaflet-images/{NAME.upper()}.png",
        f"leaflet-images/{'b' * 64}.png",
        f"leaflet-images/../leaflet-images/{NAME}.png",
        f"leaflet-images/{NAME}.png%00",
        f"leaflet-images/{NAME}.png%0a",
    ],
)
def test_nothing_else_is_served_from_the_store(client, stored_image, tmp_path, path):
    (tmp_path / "secret.txt").write_text("a secret")
    response = client.get(f"/media/{path}")
    assert response.status_code == 404
    assert "a secret" not in response.content.decode()

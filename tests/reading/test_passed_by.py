"""Pages for patients pass by what only the staff need; all else meets it (`clinicinfo.staff_middleware`)."""

import pytest
from django.test import Client
from django.urls import resolve

from monographs.reading.page_cache import marks
from monographs.reading.page_cache.marks import query_names_at
from tests.makers import make_published

OF_THE_STAFF = ("session", "user", "_messages")


def had(response) -> list[str]:
    return [name for name in OF_THE_STAFF if hasattr(response.wsgi_request, name)]


@pytest.fixture
def published(db):
    return make_published()


@pytest.mark.parametrize(
    "address",
    ["/", "/a-z/", "/a-z/t/", "/search/?q=testamol", "/leaflets/testamol/", "/leaflets/unknown/", "/updates.atom"],
)
def test_a_public_page_has_no_session(published, client, address):
    client.cookies["staff-session"] = "of another time"
    response = client.get(address)
    assert had(response) == []
    assert not response.cookies
    assert "Cookie" not in response.get("Vary", "")


@pytest.mark.parametrize(
    "address",
    [
        "/admin/", "/admin/login/", "/admin", "/leaflets/testamol/reply/", "/leaflets/testamol/replies/1/",
        "/fact-check/x/", "/search/suggestions/?q=t", "/media/x.png", "/healthz", "/nowhere/",
        "/leaflets/testamol/%2e%2e/admin/",
    ],
)  # fmt: skip
def test_every_other_address_has_one(published, client, address):
    assert had(client.get(address)) == [*OF_THE_STAFF]


@pytest.mark.parametrize("method", ["post", "put", "delete", "options"])
def test_every_other_method_has_one(published, client, method):
    assert had(getattr(client, method)("/leaflets/testamol/")) == [*OF_THE_STAFF]


def test_a_page_that_does_not_say_that_it_is_public_is_none(published, client, monkeypatch):
    monkeypatch.setattr("clinicinfo.staff_middleware.query_names_at", lambda path: None)
    assert had(client.get("/leaflets/testamol/")) == [*OF_THE_STAFF]


def test_a_form_without_its_token_is_refused_as_before(published):
    client = Client(enforce_csrf_checks=True)
    assert client.post("/admin/login/", {"username": "ana", "password": "x"}).status_code == 403


def test_an_address_is_looked_up_once(monkeypatch):
    asked = []

    def look_up(path, urlconf):
        asked.append(path)
        return resolve("/healthz", urlconf)

    monkeypatch.setattr(marks, "resolve", look_up)
    long = f"/{'once-more-' * 30}/"
    for path in ("/once/", "/once/", long, long):
        assert query_names_at(path) is None
    assert asked == ["/once/", long, long]
    marks._known.cache_clear()


def test_what_an_address_uses_of_its_query():
    for _again in range(2):
        assert query_names_at("/search/") == {"q", "page"}
        assert query_names_at("/a-z/") == frozenset()
        assert (
            query_names_at("/admin/") is query_names_at("/nowhere/") is query_names_at("/search/suggestions/") is None
        )

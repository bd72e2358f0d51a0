"""The A–Z and the search page: finding a leaflet, or help when there is none."""

import pytest

from monographs.medicines.actions import add_names
from monographs.publication.actions import withdraw
from tests.makers import make_leaflet, make_published
from tests.reading.parts import words

pytestmark = pytest.mark.django_db


def test_names_stand_under_their_letters_and_lead_to_the_leaflet(client):
    leaflet = make_published(medicine="Betamol").leaflet
    add_names(leaflet.medicine, by=None, names=[("Zetabrand", "brand")])
    page = client.get("/a-z/").content.decode()
    assert page.index('id="under-b"') < page.index(">Betamol</a>") < page.index('id="under-z"')
    assert '<a href="/leaflets/betamol/">Zetabrand</a>' in page


def test_one_letter_shows_its_names_only(client):
    make_published(medicine="Alphamol")
    make_published(medicine="Betamol")
    page = words(client.get("/a-z/b/"))
    assert "Betamol" in page
    assert "Alphamol" not in page
    assert 'aria-current="page">B</a>' in client.get("/a-z/b/").content.decode()


def test_letter_in_upper_case_is_the_same_letter(client):
    make_published(medicine="Betamol")
    assert "Betamol" in words(client.get("/a-z/B/"))


def test_letter_without_leaflets_says_so(client):
    response = client.get("/a-z/q/")
    assert response.status_code == 200
    assert "no leaflet about a medicine under Q" in words(response)


@pytest.mark.parametrize("letter", ["aa", "!", "%00", "ß", "1"])
def test_what_is_no_letter_is_not_found(client, letter):
    assert client.get(f"/a-z/{letter}/").status_code == 404


def test_drafts_are_not_listed_and_withdrawn_leaflets_are_marked(client, priya):
    make_leaflet("Draftamol")
    withdraw(make_published(medicine="Goneamol").leaflet, by=priya, notice="Ask us.", why="A mistake.")
    page = words(client.get("/a-z/"))
    assert "Draftamol" not in page
    assert "Goneamol withdrawn" in page


def test_search_finds_a_leaflet(client):
    make_published(medicine="Betamol")
    page = client.get("/search/", {"q": "betamol"}).content.decode()
    assert '<a href="/leaflets/betamol/">Betamol</a>' in page
    assert 'value="betamol"' in page


@pytest.mark.parametrize("query", ["", "   ", "%", "_", "\x00", "<script>alert(1)</script>", "x" * 100_000, "\ud83d"])
def test_search_takes_whatever_is_typed(client, query):
    response = client.get("/search/", {"q": query.encode("utf-8", "replace").decode()})
    assert response.status_code == 200
    assert "<script>alert" not in response.content.decode()


def test_search_pages_are_not_for_search_engines(client):
    assert '<meta name="robots" content="noindex">' in client.get("/search/").content.decode()

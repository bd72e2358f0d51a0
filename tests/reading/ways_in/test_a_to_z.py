"""The A–Z and the search page: finding a leaflet, or help when there is none."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

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


@pytest.mark.parametrize(("letter", "is_kept"), [("b", True), ("B", False), ("b\u0301", False)])
def test_only_the_one_address_of_a_letter_is_kept(client, letter, is_kept):
    make_published(medicine="Betamol")
    response = client.get(f"/a-z/{letter}/")
    assert '<link rel="canonical" href="http://testserver/a-z/b/">' in response.content.decode()
    assert getattr(response, "is_one_of_many", False) is not is_kept


def test_letters_are_those_of_the_sites_language_then_digits_then_other_scripts(client, settings):
    settings.LANGUAGE_CODE = "cy"
    leaflet = make_published(medicine="Llaeth").leaflet
    add_names(leaflet.medicine, by=None, names=[(name, "brand") for name in ("ميتفورمين", "5-HTP")])
    page = words(client.get("/a-z/"))
    assert "A B C Ch D Dd E F Ff G Ng H I J K L Ll M N O P Ph Q R Rh S T Th U V W X Y Z 0-9 م" in page
    assert '<a href="/a-z/ll/" aria-current="page">Ll</a>' in client.get("/a-z/LL/").content.decode()


@pytest.fixture
def long_letter(db):
    leaflet = make_published(medicine="Betamol").leaflet
    add_names(leaflet.medicine, by=None, names=[(f"Mednol {number:03}", "brand") for number in range(450)])


def test_a_long_letter_has_pages_that_lead_to_one_another(client, long_letter):
    first, second, third = (client.get(f"/a-z/m/{end}").content.decode() for end in ("", "2/", "3/"))
    assert '<a rel="next" href="/a-z/m/2/">' in first
    assert 'rel="prev"' not in first
    assert '<a rel="prev" href="/a-z/m/">' in second
    assert '<a rel="next" href="/a-z/m/3/">' in second
    assert '<link rel="canonical" href="http://testserver/a-z/m/2/">' in second
    assert "Mednol 449" in third
    assert 'rel="next"' not in third
    assert '<a rel="prev" href="/a-z/all/2/">' in client.get("/a-z/all/3/").content.decode()
    assert '<a rel="next" href="/a-z/all/2/">' in client.get("/a-z/").content.decode()


@pytest.mark.parametrize(
    "address", ["/a-z/m/4/", "/a-z/m/0/", "/a-z/all/0/", "/a-z/all/10001/", "/a-z/m/" + "9" * 5000 + "/", "/a-z/q/2/"]
)
def test_a_page_that_is_not_there_is_not_found(client, long_letter, address):
    assert client.get(address).status_code == 404


def test_the_first_page_has_one_address(client, long_letter):
    assert client.get("/a-z/m/1/")["Location"] == "/a-z/m/"
    assert client.get("/a-z/all/1/")["Location"] == "/a-z/"
    assert getattr(client.get("/a-z/m/02/"), "is_one_of_many", False)
    assert not getattr(client.get("/a-z/m/2/"), "is_one_of_many", False)


def test_leaflets_in_other_languages_stand_behind_the_name(client):
    make_published(make_leaflet("Betamol"))
    make_published(make_leaflet("Betamol", language="ar", title="بيتامول"))
    page = client.get("/a-z/b/").content.decode()
    assert page.count(">Betamol</a>") == 1
    assert '<a class="other" href="/leaflets/betamol-ar/" lang="ar" dir="rtl">' in page


def test_queries_do_not_grow_with_the_names(client):
    def count() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert client.get("/a-z/").status_code == 200
        return len(queries)

    leaflet = make_published(medicine="Betamol").leaflet
    before = count()
    add_names(leaflet.medicine, by=None, names=[(f"Mednol {number:03}", "brand") for number in range(300)])
    assert count() == before <= 4  # the clinic, the letters, the names, their leaflets


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

"""Who hands over paper chooses leaflets on a page, and gets one PDF of them, or is told why not."""

import pytest

from monographs.leaflets.models import Leaflet
from monographs.paper.setting import typefaces
from monographs.publication.actions import withdraw
from monographs.reading.paper import files, several
from tests.makers import make_leaflet, make_published
from tests.makers_alerts import make_alert
from tests.paper.parts import text_of
from tests.people import make_person
from tests.reading.parts import make_clinic, words
from tests.reading.through_the_cache import Reader

pytestmark = pytest.mark.django_db

PDF = "/print/leaflets.pdf"


@pytest.fixture(scope="module")
def leaflets_of_all(rows_of_the_file):
    """Testamol in English and Arabic, Otheramol."""
    make_clinic()
    make_published(make_leaflet("Testamol", title="Testamol", dosage="Take 10 mg of the first."))
    make_published(make_leaflet("Testamol", language="ar", title="تيستامول"))
    make_published(make_leaflet("Otheramol", title="Otheramol", dosage="Take 20 mg of the other."))


@pytest.fixture
def two(leaflets_of_all):
    """They are there."""


def _leaflet(slug: str):
    return Leaflet.objects.get(slug=slug)


def test_pdf_has_a_cover_and_each_leaflet_in_the_order_asked_for(client, two):
    response = client.get(PDF, {"m": ["otheramol", "testamol"]})
    assert response.status_code == 200
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Language"] == "en"
    assert response["X-Robots-Tag"] == "noindex"
    read = text_of(response.content)
    assert read.startswith("Your leaflets")
    assert 0 < read.index("Take 20 mg of the other.") < read.index("Take 10 mg of the first.")
    for slug in ("otheramol", "testamol"):
        assert f"http://testserver/leaflets/{slug}/versions/1/" in read.replace("http:// ", "http://")


def test_alert_above_a_leaflet_is_no_leaflet_in_the_contents(client, two):
    make_alert(medicines=[_leaflet("testamol").medicine], is_emergency=True)
    make_alert(is_for_all=True, is_emergency=True)
    read = text_of(client.get(PDF, {"m": ["testamol", "otheramol"]}).content)
    assert read.startswith("Your leaflets")
    assert "Take 20 mg of the other." in read


@pytest.mark.parametrize("size", [16, 20, 24, 28])
def test_large_print_comes_in_four_sizes(client, two, size):
    response = client.get(PDF, {"m": ["testamol", "otheramol"], "size": size})
    assert "Take 20 mg of the other." in text_of(response.content)


@pytest.mark.parametrize("size", ["", "13", "1e3", "-16", "28pt", "٢٨", "16\x00"])
def test_other_sizes_are_not_found(client, two, size):
    assert client.get(PDF, {"m": "testamol", "size": size}).status_code == 404


def test_cover_speaks_the_leaflets_language_if_they_share_one(client, two):
    arabic = Leaflet.objects.get(language="ar").slug
    assert client.get(PDF, {"m": [arabic]})["Content-Language"] == "ar"
    assert client.get(PDF, {"m": [arabic, "testamol"]})["Content-Language"] == "en"


def test_withdrawn_leaflet_is_its_notice_and_the_page_says_so(client, two):
    withdraw(_leaflet("otheramol"), by=make_person("priya"), notice="Keep taking it. Ask us.", why="Wrong.")
    read = text_of(client.get(PDF, {"m": ["testamol", "otheramol"]}).content)
    assert read.count("Keep taking it. Ask us.") == 2  # on the cover and in its place
    assert "Take 20 mg" not in read
    assert "This leaflet is withdrawn: the print has its notice" in words(client.get("/print/?m=otheramol"))


def test_leaflet_that_is_not_there_is_named_in_place_of_a_pdf(client, two):
    response = client.get(PDF, {"m": ["testamol", "nothing"]})
    assert response.status_code == 404
    assert response["Content-Type"].startswith("text/html")
    assert "We have no leaflet called: nothing" in words(response)
    assert f'href="{PDF}?m=testamol"' in response.content.decode()


def test_medicine_is_chosen_by_its_name_in_the_sites_language(client, two):
    page = client.get("/print/", {"m": ["TESTAMOL ", "otheramol", ""]})
    assert f'href="{PDF}?m=testamol&amp;m=otheramol"' in page.content.decode()
    assert "تيستامول" in words(page)  # and can be had in the other, too


def test_name_that_is_spelt_otherwise_is_asked_back_and_not_chosen(client, two):
    page = client.get("/print/", {"m": ["otheramol", "tesstamol"]})
    assert "Which one do you mean by tesstamol" in words(page)
    html = page.content.decode()
    assert 'href="/print/?m=otheramol&amp;m=Testamol"' in html
    assert f'href="{PDF}?m=otheramol"' in html


def test_eight_are_the_most_and_the_others_are_named(client, two):
    for number in range(9):
        make_published(make_leaflet(f"Manyamol {number}", title=f"Manyamol {number}"))
    slugs = [f"manyamol-{number}" for number in range(9)]
    response = client.get(PDF, {"m": slugs})
    assert response.status_code == 404
    assert "8 leaflets are the most in one print. These are left out: Manyamol 8" in words(response)
    assert client.get(PDF, {"m": slugs[:8]}).status_code == 200


def test_number_of_queries_is_bounded_whatever_is_asked_for(client, two, django_assert_max_num_queries):
    client.get("/print/", {"m": "otheramol"})
    with django_assert_max_num_queries(5):
        client.get("/print/", {"m": ["testamol", "otheramol"]})
    with django_assert_max_num_queries(60):
        client.get("/print/", {"m": [f"word {number}" for number in range(500)]})
    with django_assert_max_num_queries(3):
        client.get(PDF, {"m": ["testamol", "otheramol"]})


@pytest.mark.parametrize(
    "typed", ["", " ", "\x00", "\u202e", "😀" * 300, "../testamol", "a" * 5000, "'; --", "-", "testamol-", "١٢"]
)
def test_bad_input_is_answered_with_a_page(client, two, typed):
    assert client.get("/print/", {"m": typed}).status_code == 200
    assert client.get(PDF, {"m": typed}).status_code == 404
    assert client.get(PDF).status_code == 404


def test_pdf_is_kept_and_made_anew_when_a_leaflet_changes(client, two, monkeypatch):
    first = client.get(PDF, {"m": ["testamol", "otheramol"]}).content
    with monkeypatch.context() as patch:
        patch.setattr(several, "make_several", None)
        assert client.get(PDF, {"m": ["testamol", "otheramol"]}).content == first
    withdraw(_leaflet("otheramol"), by=make_person("priya"), notice="Ask us.", why="Wrong.")
    assert client.get(PDF, {"m": ["testamol", "otheramol"]}).content != first


def test_who_waits_too_long_is_told_so(client, two, monkeypatch):
    def busy(*args, **rest):
        raise files.TooMany

    monkeypatch.setattr(several, "make_several", busy)
    monkeypatch.setattr(several, "_shelf", files.Shelf(1_000_000))
    response = client.get(PDF, {"m": "testamol"})
    assert response.status_code == 503
    assert "Many leaflets are being printed." in words(response)


def test_language_without_a_typeface_is_told_and_the_others_are_printed(client, two, monkeypatch):
    monkeypatch.setattr(typefaces, "_SCRIPTS", {"en"})
    arabic = Leaflet.objects.get(language="ar").slug
    page = client.get("/print/", {"m": ["testamol", arabic]})
    assert "There is no PDF in this language, so it is not in the print." in words(page)
    assert f'href="{PDF}?m=testamol"' in page.content.decode()
    assert client.get(PDF, {"m": ["testamol", arabic]}).status_code == 404


def test_other_edition_is_offered_as_such(client, two):
    make_published(medicine="Testamol", edition="easy-read", title="Testamol", dosage="Take 10 mg.")
    assert "Testamol (easy read)" in words(client.get("/print/?m=testamol"))


def test_pages_lead_there(client, two):
    for address in ("/", "/a-z/"):
        assert 'href="/print/"' in client.get(address).content.decode()
    assert 'href="/print/?m=testamol"' in client.get("/leaflets/testamol/").content.decode()


def test_answers_of_two_queries_are_two_pages_through_the_cache(two):
    reader = Reader()
    one, other = (reader.get(f"/print/?m={slug}").content for slug in ("testamol", "otheramol"))
    assert b'value="testamol"' in one
    assert b'value="testamol"' not in other
    assert b'value="testamol"' not in reader.get("/print/").content

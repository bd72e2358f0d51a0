"""Addresses typed from memory: a leaflet's in capitals, a medicine's name right behind the site's."""

import pytest

from monographs.medicines.actions import add_names
from monographs.publication.actions import withdraw
from tests.makers import make_leaflet, make_medicine, make_published

pytestmark = pytest.mark.django_db


@pytest.fixture
def baclofen(db):
    make_medicine("Baclofen", names=(("Lioresal", "brand"),))
    return make_published(medicine="Baclofen")


@pytest.mark.parametrize("address", ["/leaflets/BACLOFEN/", "/leaflets/Baclofen/", "/leaflets/BACLOFEN/?answer=3"])
def test_a_leaflets_address_in_capitals_leads_to_it_for_good(client, baclofen, address):
    response = client.get(address)
    assert (response.status_code, response["Location"]) == (301, "/leaflets/baclofen/")
    assert response["Cache-Control"] == "no-store"


@pytest.mark.parametrize("address", ["/baclofen/", "/baclofen", "/Baclofen", "/BACLOFEN/", "/lioresal/", "/Lioresal"])
def test_a_name_behind_the_sites_leads_to_its_leaflet(client, baclofen, address):
    response = client.get(address)
    assert (response.status_code, response["Location"]) == (302, "/leaflets/baclofen/")
    assert response["Cache-Control"] == "no-store"


def test_a_name_of_several_words_does_as_well(client):
    make_published(medicine="St John’s wort")
    assert client.get("/st-johns-wort/")["Location"] == "/leaflets/st-johns-wort/"


def test_it_leads_to_the_sites_language_where_there_are_several(client, settings, baclofen):
    make_published(make_leaflet("Baclofen", language="ar", title="باكلوفين"))
    assert client.get("/baclofen/")["Location"] == "/leaflets/baclofen/"
    settings.LANGUAGE_CODE = "ar"
    assert client.get("/baclofen/")["Location"] == "/leaflets/baclofen-ar/"


@pytest.mark.parametrize(
    ("address", "status", "leads_to"),
    [
        ("/ar/lioresal/", 302, "/leaflets/baclofen-ar/"),
        ("/es/baclofen", 302, "/es/leaflets/baclofen/"),
        ("/es/leaflets/BACLOFEN/", 301, "/es/leaflets/baclofen/"),
        ("/ar/leaflets/Baclofen-AR/", 301, "/leaflets/baclofen-ar/"),
    ],
)
def test_behind_a_language_it_leads_to_the_leaflet_as_read_from_there(client, baclofen, address, status, leads_to):
    make_published(make_leaflet("Baclofen", language="ar", title="باكلوفين"))
    response = client.get(address)
    assert (response.status_code, response["Location"], response["Cache-Control"]) == (status, leads_to, "no-store")
    assert client.get(leads_to).status_code == 200


def test_it_leads_to_what_can_be_read_rather_than_to_a_notice(client, priya, baclofen):
    make_published(make_leaflet("Baclofen", language="ar", title="باكلوفين"))
    withdraw(baclofen.leaflet, by=priya, notice="Ask us.", why="Wrong.")
    assert client.get("/baclofen/")["Location"] == "/leaflets/baclofen-ar/"


def test_it_leads_to_the_notice_where_that_is_all(client, priya, baclofen):
    withdraw(baclofen.leaflet, by=priya, notice="Ask us.", why="Wrong.")
    assert client.get("/baclofen/")["Location"] == "/leaflets/baclofen/"


@pytest.mark.parametrize("address", ["/draftol/", "/leaflets/DRAFTOL/", "/leaflets/draftol/"])
def test_what_is_not_shown_leads_nowhere(client, address):
    make_leaflet("Draftol")
    assert client.get(address).status_code == 404


def test_a_name_of_two_medicines_leads_to_neither(client, baclofen):
    other = make_published(medicine="Paracetamol")
    for publication in (baclofen, other):
        add_names(publication.leaflet.medicine, by=None, names=[("Twobrand", "brand")])
    response = client.get("/twobrand/")
    assert response.status_code == 404
    assert {"/leaflets/baclofen/", "/leaflets/paracetamol/"} <= set(response.content.decode().split('"'))


@pytest.mark.parametrize(
    "address",
    ["/baclofan/", "/baclofen/other/", "/%5C%5Cbaclofen/x", "/leaflets/BACLOFAN/", 
     "/leaflets/%00/", "/%00/", "/%ff%fe/", "/LEAFLETS/baclofen/", "/leaflets/BACLOFEN/x/", "/" + "B" * 5000, 
     "/%F0%9F%98%80/", "/%ED%A0%BD/"],
)  # fmt: skip
def test_other_addresses_are_not_found(client, baclofen, address):
    response = client.get(address)
    assert response.status_code == 404
    assert "We have no page at this address" in response.content.decode()


def test_it_never_leads_off_the_site(client, baclofen):
    response = client.get("/%2Fbaclofen.example/")
    assert (response.status_code, response["Location"]) == (302, "/leaflets/baclofen/")


def test_nothing_is_sent_elsewhere(client, baclofen):
    assert client.post("/baclofen/").status_code == 404

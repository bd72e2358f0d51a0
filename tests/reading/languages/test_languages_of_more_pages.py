"""The language switch of pages around a leaflet, and of those that answer a pack or gather a print: to the same thing
in another language, and none where there is no such thing."""

import re

import pytest

from monographs.medicines.actions import add_names
from monographs.publication.actions import withdraw
from tests.makers import change_leaflet, make_leaflet, make_medicine, make_published
from tests.reading.parts import words

pytestmark = pytest.mark.django_db
HERE, THERE = "/leaflets/testamol/", "/leaflets/testamol-ar/"
GTIN = "05012345678900"


def switched(response) -> dict[str, str]:
    """Language → address, of the page's switch."""
    html = response.content.decode()
    return {code: to for to, code in re.findall(r'<a rel="alternate" href="([^"]+)" hreflang="([^"]+)"', html)}


@pytest.fixture
def in_two(db):
    """A leaflet in English, in its second version, and one on the same medicine in Arabic."""
    leaflet = make_published().leaflet
    make_published(change_leaflet(leaflet, dosage="Take 6mg once a day."), change_note="Another dose.")
    make_published(make_leaflet(language="ar", title="تستامول"))
    return leaflet


@pytest.mark.parametrize(
    ("page", "elsewhere"),
    [
        ("versions/", "versions/"), ("changes/", "changes/"), ("versions/1/", ""), ("versions/2/", ""),
        ("versions/1/changes/", ""),
    ],
)  # fmt: skip
def test_a_page_about_a_leaflet_leads_to_that_of_the_leaflet_in_another_language(client, in_two, page, elsewhere):
    response = client.get(f"{HERE}{page}")
    assert switched(response) == {"ar": f"{THERE}{elsewhere}"}
    assert '<span lang="en" dir="ltr" aria-current="true">English</span>' in response.content.decode()
    assert client.get(f"{THERE}{elsewhere}").status_code == 200
    assert '<link rel="alternate"' not in response.content.decode()  # search engines list none of them


def test_it_leads_back(client, in_two):
    assert switched(client.get(f"{THERE}versions/")) == {"en": f"{HERE}versions/"}
    assert switched(client.get(f"{THERE}versions/1/")) == {"en": HERE}


@pytest.mark.parametrize("page", ["versions/", "changes/", "versions/1/", "versions/1/changes/"])
def test_one_that_stands_alone_or_is_withdrawn_has_no_switch(client, in_two, priya, page):
    withdraw(in_two, by=priya, notice="Ask us.", why="Wrong.")
    assert "languages column" not in client.get(f"{HERE}{page}").content.decode()
    assert "languages column" not in client.get(f"{THERE}versions/").content.decode()


def test_a_pack_without_a_leaflet_is_told_in_every_language(client):
    make_medicine("Draftol", codes=(("GTIN", GTIN),))
    response = client.get(f"/01/{GTIN}/10/ABC")
    assert switched(response)["ar"] == f"/ar/01/{GTIN}/10/ABC"
    assert len(switched(response)) == 6
    arabic = client.get(f"/ar/01/{GTIN}/10/ABC")
    assert (arabic.status_code, arabic["Cache-Control"], arabic["X-Robots-Tag"]) == (404, "no-store", "noindex")
    assert '<html lang="ar" dir="rtl"' in arabic.content.decode()
    assert switched(arabic)["en"] == f"/01/{GTIN}/10/ABC"


def test_a_pack_opens_the_leaflet_in_the_language_of_the_address(client, in_two):
    add_names(in_two.medicine, by=None, codes=[("GTIN", GTIN)])
    assert client.get(f"/01/{GTIN}")["Location"] == HERE
    assert client.get(f"/ar/01/{GTIN}")["Location"] == THERE
    assert client.get(f"/pl/01/{GTIN}")["Location"] == f"/pl{HERE}"  # the frame that says so in Polish


def test_the_print_page_keeps_what_was_chosen_in_another_language(client, in_two):
    response = client.get("/print/", {"m": ["testamol", "no & such"]})
    assert switched(response)["ar"] == "/ar/print/?m=testamol&amp;m=no+%26+such"
    arabic = client.get("/ar/print/", {"m": ["testamol", "no & such"]})
    assert '<html lang="ar" dir="rtl"' in arabic.content.decode()
    assert 'value="testamol" checked' in arabic.content.decode()
    assert '<form class="several" action="/ar/print/"' in arabic.content.decode()
    assert "no & such" in words(arabic)
    assert '<bdi dir="ltr">16 pt</bdi>' in arabic.content.decode()


def test_a_name_on_the_print_page_means_the_leaflet_in_the_language_of_the_page(client, in_two):
    for address, slug in (("/print/", "testamol"), ("/ar/print/", "testamol-ar"), ("/pl/print/", "testamol")):
        html = client.get(address, {"m": "Testamol "}).content.decode()
        assert re.findall(r'value="([^"]+)" checked', html) == [slug], address


def test_pages_lead_to_the_print_page_in_their_language(client, in_two):
    for address in ("/ar/", "/ar/a-z/"):
        assert 'href="/ar/print/"' in client.get(address).content.decode(), address
    assert 'href="/ar/print/?m=testamol-ar"' in client.get(THERE).content.decode()
    assert 'href="/print/?m=testamol"' in client.get(HERE).content.decode()

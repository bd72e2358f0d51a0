"""The page of medicines taken together: quoted, never judged, and kept by nobody."""

import re

import pytest
from django.test import Client

from monographs.leaflets.models import Leaflet
from monographs.medicines.actions import add_names
from monographs.publication.actions import withdraw
from tests.makers import make_medicine, make_published
from tests.reading.parts import make_clinic, words
from tests.reading.through_the_cache import Reader
from tests.together.test_sheet import publish

pytestmark = pytest.mark.django_db

QUERIES = ("m=%00&m=%ff", "m=" + "x" * 3000, "m[]=1", "more=1", "m=&m=&more=", "&".join(["m=a"] * 300))


def page_of(*names, client=None, **more):
    response = (client or Reader()).get("/together/", {"m": names, **more})
    assert response.status_code == 200
    return response


def fields_on(response):
    return re.findall(r'name="m" value="([^"]*)"', response.content.decode())


@pytest.fixture
def pair():
    make_clinic()
    publish("Baclofen", "Ask before you take ibuprofen.")
    publish("Ibuprofen")


def test_a_sentence_is_quoted_with_a_link_to_its_section(pair):
    page = page_of("baclofen", "ibuprofen").content.decode()
    assert "<p>Ask before you take ibuprofen.</p>" in page
    assert '<a href="/leaflets/baclofen/#part-interactions">' in page
    assert "Take it with food." in page
    assert "Neither leaflet" not in page


def test_silence_is_told_with_the_clinics_telephone(pair):
    make_published(medicine="Testamol")
    page = page_of("ibuprofen", "testamol").content.decode()
    assert "Neither leaflet names the other" in page
    assert 'href="tel:' in page.partition("Neither leaflet")[2].partition("</section>")[0]


def test_an_answer_is_kept_by_nobody_and_named_to_nobody(pair):
    response = page_of("baclofen", "ibuprofen")
    assert response["Cache-Control"] == "no-store"
    assert response["Referrer-Policy"] == "no-referrer"
    assert response["X-Robots-Tag"] == "noindex"
    assert '<meta name="robots" content="noindex">' in response.content.decode()
    assert not response.cookies
    assert "ETag" not in response
    assert "X-Accel-Expires" not in response


def test_an_answer_follows_the_leaflets_at_once(pair, priya):
    client = Reader()
    assert "Ask before you take ibuprofen." in words(page_of("baclofen", "ibuprofen", client=client))
    withdraw(Leaflet.objects.get(slug="baclofen"), by=priya, notice="Ask us.", why="Wrong.")
    said = words(page_of("baclofen", "ibuprofen", client=client))
    assert "Ask before you take ibuprofen." not in said
    assert "This leaflet was withdrawn: Baclofen" in said
    assert "Neither leaflet" not in said


def test_the_empty_form_is_a_page_for_all(pair):
    client = Reader()
    response = client.get("/together/")
    assert response["Cache-Control"] == "public, max-age=0, must-revalidate"
    assert 'rel="canonical" href="http://testserver/together/"' in response.content.decode()
    assert fields_on(response) == ["", ""]


def test_there_is_one_field_more_than_was_filled_in_and_another_on_request(pair):
    assert fields_on(page_of("baclofen")) == ["baclofen", ""]
    assert fields_on(page_of("baclofen", "", "", more="1")) == ["baclofen", "", "", ""]
    eight = fields_on(page_of(*(f"x{number}" for number in range(12)), more="1"))
    assert len(eight) == 8


def test_what_is_not_understood_is_asked_back_with_the_address_that_answers(pair):
    for name in ("Ibuprofen", "Baclofen"):
        add_names(make_medicine(name), by=None, names=[("Coldaway", "brand")])
    page = page_of("Coldaway", "qwxzamide").content.decode()
    assert 'href="?m=Ibuprofen&amp;m=qwxzamide"' in page
    assert "We know no medicine called “<bdi>qwxzamide</bdi>”" in page
    assert "We read “<bdi>ibuprofin</bdi>” as <bdi>Ibuprofen</bdi>" in page_of("ibuprofin").content.decode()


def test_a_medicine_without_a_leaflet_is_told(pair):
    make_medicine("Naproxen")
    said = words(page_of("naproxen", "ibuprofen"))
    assert "There is no leaflet about Naproxen at the moment. Your pharmacist can tell you about it." in said
    assert "The leaflet about Ibuprofen does not name Naproxen ." in said
    assert "Ask your pharmacist before you take them together." in said


def test_the_ninth_medicine_is_named_as_left_out(pair):
    letters = ("Alba", "Brom", "Cetu", "Dila", "Esto", "Furo", "Gani", "Hexo", "Ivar")
    for each in letters:
        make_medicine(f"{each}nidol")
    said = words(page_of(*(f"{each}nidol" for each in letters)))
    assert "This page has room for eight medicines. Left out: Ivarnidol ." in said


def test_a_quotation_in_another_language_says_so(pair):
    publish("Baclofen", "لا تتناول إيبوبروفين.", language="ar", title="باكلوفين")
    add_names(make_medicine("Ibuprofen"), by=None, names=[("إيبوبروفين", "synonym")])
    page = Client().get("/ar/together/", {"m": ["baclofen", "ibuprofen"]}).content.decode()
    assert '<html lang="ar" dir="rtl"' in page
    assert "لا تتناول إيبوبروفين." in page
    assert ' lang="en" dir="ltr">Take it with food.' in re.sub(r"<li>", "", page)


@pytest.mark.parametrize("query", QUERIES)
def test_whatever_is_asked_gets_a_page(pair, query):
    assert Reader().get(f"/together/?{query}").status_code == 200


def test_it_asks_four_queries(pair, django_assert_num_queries, monkeypatch):
    client = Client()
    page_of("baclofen", "ibuprofen", client=client)
    monkeypatch.setattr("monographs.search.index.kept.LOOK_EVERY", 60)
    with django_assert_num_queries(4):  # the clinic, what is shown, what it says, the names to find in it
        page_of("baclofen", "ibuprofen", client=client)


def test_leaflets_and_the_ways_in_lead_to_it(pair):
    client = Client()
    leaflet = client.get("/leaflets/baclofen/").content.decode()
    assert 'href="/together/?m=Baclofen" rel="nofollow"' in leaflet
    for way_in in ("/", "/a-z/", "/a-z/b/"):
        assert 'href="/together/"' in client.get(way_in).content.decode()

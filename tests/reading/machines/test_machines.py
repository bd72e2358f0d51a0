"""What pages tell machines: schema.org, Open Graph, descriptions, languages in the sitemap, a medicine's feed."""

import datetime as dt
import json
import re
from html import unescape
from xml.etree import ElementTree

import pytest
from django.utils import timezone

from monographs.clinics.actions import change_clinic
from monographs.clinics.models import the_clinic
from monographs.medicines.actions import add_names
from monographs.publication.actions import publish, release_in_emergency, withdraw
from tests.makers import change_leaflet, make_approved, make_leaflet, make_medicine, make_published
from tests.makers_alerts import make_approved_alert
from tests.people import make_person
from tests.reading.machines.test_feed import entries
from tests.reading.parts import make_clinic, words
from tests.reading.through_the_cache import Reader

pytestmark = pytest.mark.django_db
PAGE, FEED = "/leaflets/testamol/", "/medicines/testamol/updates.atom"


def json_ld(html: str) -> dict | None:
    found = re.findall(r'<script type="application/ld\+json">(.*?)</script>', html, re.DOTALL)
    assert len(found) <= 1
    return json.loads(found[0]) if found else None


def meta(html: str) -> dict[str, str]:
    """Name or property → content."""
    found = re.findall(r'<meta (?:name|property)="([^"]+)" content="([^"]*)">', html)
    assert len(dict(found)) == len(found)
    return {name: unescape(content) for name, content in found}


def html_of(client, address: str = PAGE) -> str:
    return client.get(address).content.decode()


# --- schema.org ---


def test_a_leaflet_is_a_medical_page_about_a_drug_and_says_only_what_the_page_says(client):
    make_clinic()
    make_medicine("Testamol", drug_class="Pain killer", names=[("Testabrand", "brand"), ("Other & Co", "brand")])
    make_published(title="Testamol tablets")
    html = html_of(client)
    data = json_ld(html)
    today = timezone.localdate().isoformat()
    assert data == {
        "@context": "https://schema.org",
        "@type": "MedicalWebPage",
        "url": "http://testserver/leaflets/testamol/",
        "name": "Testamol tablets",
        "description": meta(html)["description"],
        "inLanguage": "en",
        "version": "1",
        "dateModified": today,
        "lastReviewed": today,
        "audience": {"@type": "Patient"},
        "publisher": {"@type": "MedicalOrganization", "name": "Mill Lane Surgery"},
        "about": {
            "@type": "Drug",
            "name": "Testamol",
            "proprietaryName": ["Other & Co", "Testabrand"],
            "drugClass": {"@type": "DrugClass", "name": "Pain killer"},
        },
    }
    read = words(client.get(PAGE))
    seen = (data["name"], data["version"], data["about"]["name"], *data["about"]["proprietaryName"], "Pain killer")
    assert all(value in read for value in (*seen, data["publisher"]["name"]))
    assert f'<time datetime="{today}">' in html
    assert f'lang="{data["inLanguage"]}"' in html


def test_no_draft_gets_into_it(client):
    leaflet = make_published(title="Testamol tablets").leaflet
    add_names(leaflet.medicine, by=None, names=[("Testabrand", "brand")])
    change_leaflet(leaflet, title="Testamol drops")
    html = html_of(client)
    assert json_ld(html)["name"] == meta(html)["og:title"] == "Testamol tablets"
    assert "drops" not in html
    assert "Testabrand" not in html


def test_what_was_released_without_approval_was_reviewed_on_no_day(client, priya):
    leaflet = make_published().leaflet
    change_leaflet(leaflet, dosage="Take 6mg once a day.")
    release_in_emergency(leaflet, by=priya, reason="The dose.", change_note="Six.")
    data = json_ld(html_of(client))
    assert "lastReviewed" not in data
    assert data["version"] == "2"


def test_no_word_ends_the_script_or_an_attribute(client):
    clinic = the_clinic()
    clinic.name = 'A </script><b x="1"> & % B'
    change_clinic(clinic, by=None)
    make_published(title="Testamol 5 % < 6 \" ' & 100%")
    html = html_of(client)
    data = json_ld(html)
    assert data["publisher"]["name"] == meta(html)["og:site_name"] == clinic.name
    assert data["name"] == meta(html)["og:title"] == "Testamol 5 % < 6 \" ' & 100%"
    assert "</script><b" not in html


@pytest.mark.parametrize("address", ["versions/", "versions/1/", "versions/1/changes/", "changes/", "reply/sent/"])
def test_other_pages_of_a_leaflet_say_nothing_of_the_kind(client, address):
    make_published(change_leaflet(make_published().leaflet, dosage="Take 6mg once a day."))
    html = html_of(client, PAGE + address)
    assert json_ld(html) is None
    assert "og:" not in html
    assert '<meta name="robots" content="noindex">' in html


def test_a_withdrawn_a_scheduled_and_an_unpublished_leaflet_say_nothing_of_the_kind(client, priya):
    make_leaflet("Draftol")
    later = timezone.now() + dt.timedelta(days=1)
    publish(make_approved(medicine="Laterol"), by=priya, change_note="First version.", effective_from=later)
    reader, gone = Reader(), make_published().leaflet
    assert json_ld(html_of(reader))
    withdraw(gone, by=priya, notice="Ask us.", why="Wrong.")
    assert reader.get("/leaflets/draftol/").status_code == reader.get("/leaflets/laterol/").status_code == 404
    for address in (PAGE, "/leaflets/draftol/", "/leaflets/laterol/"):
        html = html_of(reader, address)
        assert json_ld(html) is None
        assert "og:" not in html
        assert "canonical" not in html
        assert 'name="description"' not in html


# --- Every page that search engines may show ---


def test_every_page_that_may_be_found_has_a_description_an_address_and_a_card(client):
    make_clinic()
    make_published()
    told = {}
    alert = make_approved_alert().pk
    for address in ("/", "/a-z/", "/a-z/t/", "/together/", "/alerts/", f"/alerts/{alert}/", PAGE):
        html = html_of(client, address)
        assert "noindex" not in html
        assert f'<link rel="canonical" href="http://testserver{address}">' in html
        found = meta(html)
        assert found["og:url"] == f"http://testserver{address}"
        assert found["og:description"] == found["description"]
        assert found["og:site_name"] == "Mill Lane Surgery"
        assert found["og:title"]
        told[address] = found["description"]
    assert all(20 < len(text) < 160 for text in told.values())
    assert len(set(told.values())) == len(told)
    assert told[f"/alerts/{alert}/"] == "Safety alert: Do not use batch 123"
    assert meta(html_of(client))["article:modified_time"] == timezone.localdate().isoformat()


def test_the_clinics_logo_is_the_picture_of_each_of_them(client):
    name = f"leaflet-images/{'a' * 64}.png"
    clinic = make_clinic(name='Mill "Lane"', logo=name, logo_width=480, logo_height=120)
    make_published()
    alert = make_approved_alert().pk
    for address in ("/", "/ar/", "/a-z/", "/a-z/t/", "/together/", "/alerts/", f"/alerts/{alert}/", PAGE):
        html = html_of(client, address)
        assert meta(html)["og:image"] == f"http://testserver{clinic.logo_url}"
        assert meta(html)["og:image:alt"] == clinic.name
        assert (meta(html)["og:image:width"], meta(html)["og:image:height"]) == ("480", "120")
    assert json_ld(html)["publisher"]["logo"] == f"http://testserver{clinic.logo_url}"


def test_a_clinic_without_a_logo_names_no_picture(client):
    make_clinic()
    make_published()
    for address in ("/", "/alerts/", PAGE):
        assert "og:image" not in html_of(client, address)
    assert "logo" not in json_ld(html_of(client, PAGE))["publisher"]


# --- Languages ---


def languages_in_sitemap(client) -> dict[str, dict[str, str]]:
    """Address → language → address."""
    root = ElementTree.fromstring(client.get("/sitemap.xml").content)  # noqa: S314 - our own answer
    names = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9", "x": "http://www.w3.org/1999/xhtml"}
    found = {}
    for url in root.iterfind("s:url", names):
        links = url.findall("x:link", names)
        assert {link.get("rel") for link in links} <= {"alternate"}
        found[url.findtext("s:loc", namespaces=names)] = {link.get("hreflang"): link.get("href") for link in links}
    return found


def test_the_sitemap_names_a_leaflets_other_languages_and_those_name_it(client, priya, django_assert_num_queries):
    make_published()
    spanish = make_published(language="es").leaflet
    make_published(medicine="Alonol")
    make_leaflet(language="pl")
    both = {
        "en": "http://testserver/leaflets/testamol/",
        "es": f"http://testserver/leaflets/{spanish.slug}/",
    }
    with django_assert_num_queries(3):  # the clinic, how many parts there are, the leaflets
        found = languages_in_sitemap(client)
    assert found[both["en"]] == found[both["es"]] == both
    assert found["http://testserver/leaflets/alonol/"] == {}
    withdraw(spanish, by=priya, notice="Ask us.", why="Wrong.")
    found = languages_in_sitemap(client)
    assert found[both["en"]] == {}
    assert both["es"] not in found


# --- One medicine's feed ---


def test_a_medicine_has_a_feed_of_all_its_leaflets_and_of_nothing_else(client, priya, django_assert_num_queries):
    leaflet = make_published(title="Testamol tablets").leaflet
    make_published(language="es", title="Testamol comprimidos", change_note="Primera.")
    make_published(medicine="Otherol")
    make_leaflet("Draftol")
    with django_assert_num_queries(2):
        response = client.get(FEED)
    assert entries(response) == [
        ("Testamol comprimidos: versión 1", "Primera."),
        ("Testamol tablets: version 1", "First version."),
    ]
    assert response["Content-Type"] == "application/atom+xml; charset=utf-8"
    withdraw(leaflet, by=priya, notice="We **check** it.", why="An error.")
    assert entries(client.get(FEED))[0] == ("Testamol tablets: withdrawn", "We check it.")
    assert "An error" not in client.get(FEED).content.decode()
    for slug in ("draftol", "nothing"):
        assert client.get(f"/medicines/{slug}/updates.atom").status_code == 404


def test_a_medicines_feed_tells_nothing_of_what_is_to_come(client, priya):
    leaflet = make_published().leaflet
    later = timezone.now() + dt.timedelta(days=1)
    review = make_approved(change_leaflet(leaflet, dosage="Take 6mg once a day."))
    publish(review, by=priya, change_note="Six.", effective_from=later)
    publish(make_approved(medicine="Laterol"), by=priya, change_note="First.", effective_from=later)
    assert [title for title, _note in entries(client.get(FEED))] == ["Testamol: version 1"]
    assert client.get("/medicines/laterol/updates.atom").status_code == 404


def test_a_leaflet_leads_to_its_medicines_feed_and_home_to_that_of_all(client):
    make_published()
    link = '<link rel="alternate" type="application/atom+xml" href="{}" title="Updates as a feed">'
    assert link.format(FEED) in html_of(client)
    assert link.format("/updates.atom") in html_of(client, "/")
    feed = ElementTree.fromstring(client.get(FEED).content)  # noqa: S314 - our own answer
    name = "{http://www.w3.org/2005/Atom}"
    assert feed.findtext(f"{name}title") == "Testamol – Your clinic"
    links = {one.get("rel"): one.get("href") for one in feed.findall(f"{name}link")}
    assert links == {"alternate": f"http://testserver{PAGE}", "self": f"http://testserver{FEED}"}


def test_who_writes_is_nobodys_business(client):
    make_published()
    html = html_of(client)
    for person in ("ana", "bruno", "priya"):
        assert make_person(person).get_full_name() not in html

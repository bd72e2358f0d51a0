"""The Atom feed of updates."""

import datetime as dt
from xml.etree import ElementTree

import pytest
from django.utils import timezone

from monographs.clinics.actions import change_clinic
from monographs.clinics.models import the_clinic
from monographs.publication.actions import publish, withdraw
from monographs.publication.models import Publication
from tests.makers import change_leaflet, make_approved, make_leaflet, make_published
from tests.reading.through_the_cache import Reader

pytestmark = pytest.mark.django_db
_NS = "{http://www.w3.org/2005/Atom}"
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


def parse(response) -> ElementTree.Element:
    return ElementTree.fromstring(response.content)  # noqa: S314 - our own answer


def entries(response) -> list[tuple[str, str]]:
    """(title, summary) of each entry."""
    return [(e.findtext(f"{_NS}title"), e.findtext(f"{_NS}summary")) for e in parse(response).iter(f"{_NS}entry")]


def test_it_tells_what_was_published_changed_and_withdrawn_newest_first(client, priya):
    leaflet = make_published(medicine="Baclofen").leaflet
    change_leaflet(leaflet, dosage="Take 10mg once a day.")
    make_published(leaflet, change_note="The dose is <higher> & clearer.")
    withdraw(leaflet, by=priya, notice="We **check** it.", why="An error that patients need not read.")

    response = client.get("/updates.atom")
    assert response["Content-Type"] == "application/atom+xml; charset=utf-8"
    assert entries(response) == [
        ("Baclofen: withdrawn", "We check it."),
        ("Baclofen: version 2", "The dose is &lt;higher&gt; &amp; clearer."),
        ("Baclofen: version 1", "First version."),
    ]
    assert "need not read" not in response.content.decode()


def test_lines_of_a_notice_stay_lines(client, priya):
    leaflet = make_published(medicine="Baclofen").leaflet
    withdraw(leaflet, by=priya, notice="Take no more than 2\n\n- 5 mg < 10 mg\n- rest", why="An error.")
    assert entries(client.get("/updates.atom"))[0][1] == "Take no more than 2<br>5 mg &lt; 10 mg<br>rest"


def test_it_has_all_that_atom_demands(client):
    make_published(medicine="Baclofen")
    make_published(make_leaflet("Baclofen", language="fr", title="Baclofène"))
    feed = parse(client.get("/updates.atom"))
    # RFC 4287: 4.1.1 feeds need id, title, updated and an author; 4.1.2 entries id, title, updated and a link.
    for element in (feed, *feed.iter(f"{_NS}entry")):
        assert len(element.findall(f"{_NS}id")) == len(element.findall(f"{_NS}title")) == 1
        moment = dt.datetime.fromisoformat(element.findtext(f"{_NS}updated"))
        assert abs(timezone.now() - moment) < dt.timedelta(minutes=5)
    assert feed.find(f"{_NS}author").findtext(f"{_NS}name") == "Your clinic"
    links = {link.get("rel"): link.get("href") for link in feed.findall(f"{_NS}link")}
    assert links == {"alternate": "http://testserver/", "self": "http://testserver/updates.atom"}
    french, english = feed.iter(f"{_NS}entry")
    assert (french.get(_LANG), english.get(_LANG)) == ("fr", "en")
    assert french.find(f"{_NS}link").get("href") == "http://testserver/leaflets/baclofen-fr/"


def test_ids_are_urns_and_stay_whatever_the_host(client, settings):
    settings.ALLOWED_HOSTS = ["*"]
    make_published(medicine="Baclofen")
    make_published(medicine="Metformin")

    def ids(host):
        feed = parse(client.get("/updates.atom", headers={"host": host}))
        return [entry.findtext(f"{_NS}id") for entry in feed.iter(f"{_NS}entry")]

    first = ids("one.example")
    assert len(set(first)) == 2
    assert all(name.startswith("urn:uuid:") for name in first)
    assert ids("two.example") == first


def test_it_tells_nothing_of_drafts_reviews_and_releases_to_come(client, priya):
    later = timezone.now() + dt.timedelta(days=1)
    publish(make_approved(medicine="Laterol"), by=priya, change_note="First version.", effective_from=later)
    make_leaflet("Draftol")
    published = make_published(medicine="Baclofen")
    change_leaflet(published.leaflet, title="Unread title")
    response = client.get("/updates.atom")
    assert entries(response) == [("Baclofen: version 1", "First version.")]
    assert "Unread" not in response.content.decode()


def test_characters_that_xml_forbids_are_left_out(client, behind_the_back):
    clinic = the_clinic()
    clinic.name = "Cli\x0bnic"
    change_clinic(clinic, by=None)
    make_published(medicine="Baclofen", change_note="First version.")
    with behind_the_back():  # no such sign can be typed any more
        Publication.objects.update(change_note="First\x0c version\x1b.")
    response = client.get("/updates.atom")
    assert entries(response) == [("Baclofen: version 1", "First version.")]
    assert parse(response).findtext(f"{_NS}title") == "Clinic: new and changed leaflets"


def test_an_empty_site_has_a_valid_feed(client):
    assert entries(client.get("/updates.atom")) == []


def test_it_sets_no_cookie_asks_twice_and_answers_304(django_assert_num_queries):
    reader = Reader()
    for number in range(5):
        make_published(medicine=f"Medol {number}")
    with django_assert_num_queries(3):  # the stamp, the clinic, the updates
        response = reader.get("/updates.atom")
    assert not response.cookies
    assert "Cookie" not in response.get("Vary", "")
    with django_assert_num_queries(1):
        again = reader.get("/updates.atom", headers={"If-None-Match": response["ETag"]})
    assert again.status_code == 304

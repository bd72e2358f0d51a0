"""Every published version keeps its address, and says what it is now."""

import copy
import datetime as dt

import pytest
from django.utils import timezone

from monographs.publication.actions import cancel_release, publish, withdraw
from tests.makers import change_leaflet, make_approved, make_comment, make_published
from tests.reading.parts import make_clinic, words

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def versions_of_all(rows_of_the_file):
    """Versions 1, 2 and 2.1 of one leaflet, each with its own dose; returns the newest."""
    leaflet = make_published(dosage="Take 1mg.", change_note="We began.").leaflet
    make_published(change_leaflet(leaflet, dosage="Take 2mg."), change_note="Twice the dose.")
    return make_published(change_leaflet(leaflet, dosage="So take 2mg."), change_note="", size="minor")


@pytest.fixture
def three_versions(versions_of_all):
    return copy.deepcopy(versions_of_all)


def test_versions_are_listed_newest_first_with_notes_and_days(client, three_versions):
    page = words(client.get("/leaflets/testamol/versions/"))
    marks = ("Version 2.1 current", "Small corrections.", "Version 2", "Twice the dose.", "Version 1", "We began.")
    places = [page.find(mark) for mark in marks]
    assert -1 not in places
    assert places[0] < places[1] < places[3] < places[5]
    today = f"{timezone.localdate().day} {timezone.localdate():%B %Y}"
    assert f"{today} to {today}" in page
    assert f"since {today}" in page


def test_old_version_shows_its_own_text_under_a_banner(client, three_versions):
    response = client.get("/leaflets/testamol/versions/1/")
    page = words(response)
    assert "Take 1mg." in page
    assert "Take 2mg" not in page
    today = f"{timezone.localdate().day} {timezone.localdate():%B %Y}"
    assert f"This is version 1 of Testamol; it was replaced on {today} ." in page
    html = response.content.decode()
    assert '<a href="/leaflets/testamol/">Read the current one</a>' in html
    assert html.index("old version") < html.index("<h1>")


def test_minor_version_has_its_own_address(client, three_versions):
    assert "So take 2mg." in words(client.get("/leaflets/testamol/versions/2.1/"))
    assert "Take 2mg." in words(client.get("/leaflets/testamol/versions/2/"))


def test_current_version_says_that_it_is_the_current_one(client, three_versions):
    page = words(client.get("/leaflets/testamol/versions/2.1/"))
    assert "the current one, at its permanent address" in page
    assert "old version" not in page


@pytest.mark.parametrize("address", ["versions/", "versions/1/", "versions/2.1/"])
def test_search_engines_are_sent_to_the_current_leaflet(client, three_versions, address):
    page = client.get(f"/leaflets/testamol/{address}").content.decode()
    assert '<meta name="robots" content="noindex">' in page
    if address != "versions/":
        assert '<link rel="canonical" href="http://testserver/leaflets/testamol/">' in page


@pytest.mark.parametrize("number", ["3", "0", "1.0", "1.1", "01", "-1", "x", "1.1.1", "9" * 40, "٢"])
def test_version_that_never_was_is_not_found(client, three_versions, number):
    assert client.get(f"/leaflets/testamol/versions/{number}/").status_code == 404


def test_scheduled_and_cancelled_versions_have_no_page(client, three_versions, priya):
    leaflet = three_versions.leaflet
    soon = timezone.now() + dt.timedelta(hours=2)
    review = make_approved(change_leaflet(leaflet, dosage="Take 9mg."))
    scheduled = publish(review, by=priya, change_note="Nine.", effective_from=soon)
    assert scheduled.version == "3"
    assert client.get("/leaflets/testamol/versions/3/").status_code == 404
    assert "Nine." not in words(client.get("/leaflets/testamol/versions/"))
    cancel_release(scheduled, by=priya)
    assert client.get("/leaflets/testamol/versions/3/").status_code == 404


def test_old_version_of_a_withdrawn_leaflet_warns_strongly(client, three_versions, priya):
    withdraw(three_versions.leaflet, by=priya, notice="Ask us.", why="Wrong dose.")
    for number in ("1", "2.1"):
        page = words(client.get(f"/leaflets/testamol/versions/{number}/"))
        assert "Do not follow this text." in page
        assert "The leaflet was withdrawn on" in page
    listed = words(client.get("/leaflets/testamol/versions/"))
    assert "This leaflet has been withdrawn." in listed
    assert "Wrong dose." not in listed


def test_old_version_has_neither_replies_nor_a_form(client, three_versions):
    make_comment(three_versions, body="A reply of today.", shown=True)
    html = client.get("/leaflets/testamol/versions/1/").content.decode()
    assert "A reply of today." not in html
    assert "<textarea" not in html


def test_current_version_names_the_clinics_new_number(client, three_versions):
    make_clinic(emergency_number="112")
    make_published(
        change_leaflet(three_versions.leaflet, dosage="::: emergency\nYou cannot breathe.\n:::"), change_note="A card."
    )
    make_clinic(emergency_number="911")
    assert "Call 911 now" in words(client.get("/leaflets/testamol/"))
    assert "Call 911 now" in words(client.get("/leaflets/testamol/versions/3/"))

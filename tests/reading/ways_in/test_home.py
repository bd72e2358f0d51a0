"""The home page."""

import datetime as dt

import pytest
from django.utils import timezone

from monographs.publication.actions import publish, withdraw
from tests.makers import change_leaflet, make_approved, make_leaflet, make_published
from tests.reading.parts import make_clinic, words

pytestmark = pytest.mark.django_db


def test_home_of_an_empty_site_says_so(client):
    response = client.get("/")
    assert response.status_code == 200
    assert "No leaflet has been published yet." in words(response)


def test_home_tells_the_latest_changes_newest_first(client):
    make_published(medicine="Alphamol", change_note="Alpha began.")
    leaflet = make_published(medicine="Betamol", change_note="Beta began.").leaflet
    make_published(change_leaflet(leaflet, dosage="Take 6mg."), change_note="Beta has another dose.")
    page = words(client.get("/"))
    assert page.index("Beta has another dose.") < page.index("Alpha began.")
    assert "Beta began." not in page
    assert f"{timezone.localdate().day} {timezone.localdate():%B %Y}" in page


def test_home_names_the_language_of_a_leaflet_that_is_not_in_the_page_s_own(client):
    make_published(medicine="Alphamol")
    make_published(make_leaflet("Betamol", language="es", title="Betamol"))
    assert '>Betamol</a> <span class="tag" lang="es" dir="ltr">español</span>' in client.get("/").content.decode()
    spanish = client.get("/es/").content.decode()
    assert ">Betamol</a></h3>" in spanish.replace("\n", "")
    assert '>Alphamol</a> <span class="tag" lang="en" dir="ltr">English</span>' in spanish


def test_home_does_not_tell_what_is_not_public(client, priya):
    make_leaflet("Draftamol")
    soon = timezone.now() + dt.timedelta(days=1)
    publish(make_approved(medicine="Soonamol"), by=priya, change_note="Coming soon.", effective_from=soon)
    leaflet = make_published(medicine="Alphamol").leaflet
    change_leaflet(leaflet, title="Alphamol with a new name")
    page = words(client.get("/"))
    assert "Alphamol" in page
    for hidden in ("Draftamol", "Soonamol", "Coming soon.", "with a new name"):
        assert hidden not in page


def test_letters_without_a_leaflet_are_no_links(client):
    make_published(medicine="Betamol")
    make_leaflet("Alphamol")
    page = client.get("/").content.decode()
    assert '<a href="/a-z/b/">B</a>' in page
    assert "<span>A</span>" in page


def test_withdrawn_leaflet_is_marked_with_its_published_title(client, priya):
    leaflet = make_published(title="Testamol tablets").leaflet
    withdraw(leaflet, by=priya, notice="Ask us.", why="A mistake.")
    change_leaflet(leaflet, title="A title of the draft")
    page = words(client.get("/"))
    assert "Testamol tablets withdrawn" in page
    assert "A title of the draft" not in page
    assert "A mistake." not in page


def test_home_gives_the_lines_to_call(client):
    make_clinic(crisis_lines="Listeners: 116 123", email="hello@mill.example", address="1 Mill Lane")
    page = client.get("/").content.decode()
    for number in ("tel:999", "tel:111", "tel:01632960100", "tel:116123", "mailto:hello@mill.example"):
        assert f'href="{number}"' in page
    assert "1 Mill Lane" in page


def test_title_in_another_language_says_which(client):
    make_published(language="ar", title="باراسيتامول")
    assert 'lang="ar" dir="rtl">باراسيتامول</a>' in client.get("/").content.decode()

"""A withdrawn leaflet: its notice from the next request on, and nothing of its text."""

import datetime as dt

import pytest
from django.utils import timezone

from monographs.publication.actions import publish, withdraw
from tests.makers import change_leaflet, make_approved, make_comment, make_published
from tests.reading.parts import make_clinic, words
from tests.reading.through_the_cache import Reader

pytestmark = pytest.mark.django_db


@pytest.fixture
def withdrawn_leaflet(db, priya):
    publication = make_published(title="Testamol tablets", dosage="Take 5mg once a day.")
    make_comment(publication, body="A reply of before.", shown=True)
    withdraw(publication.leaflet, by=priya, notice="Keep taking it. **Ask us** first.", why="The table is wrong.")
    return publication.leaflet


def test_notice_is_shown_instead_of_the_text(client, withdrawn_leaflet):
    make_clinic()
    response = client.get("/leaflets/testamol/")
    page = words(response)
    assert response.status_code == 200
    assert "Keep taking it. Ask us first." in page
    assert "Call us on 01632 960 100" in page
    for hidden in ("Take 5mg", "A reply of before.", "The table is wrong.", "Leave a reply"):
        assert hidden not in page


def test_reader_who_has_the_old_page_gets_the_notice(priya):
    reader = Reader()
    leaflet = make_published().leaflet
    before = reader.get("/leaflets/testamol/")
    withdraw(leaflet, by=priya, notice="Ask us.", why="Wrong.")
    after = reader.get("/leaflets/testamol/", headers={"if-none-match": before["ETag"]})
    assert after.status_code == 200
    assert "not available at the moment" in words(after)


def test_title_is_that_of_the_last_version_not_of_the_draft(client, withdrawn_leaflet):
    change_leaflet(withdrawn_leaflet, title="A title of the draft")
    page = client.get("/leaflets/testamol/").content.decode()
    assert "<h1>Testamol tablets</h1>" in page
    assert "A title of the draft" not in page


def test_notice_is_kept_out_of_search_engines(client, withdrawn_leaflet):
    assert '<meta name="robots" content="noindex">' in client.get("/leaflets/testamol/").content.decode()


def test_restored_leaflet_is_shown_again(client, withdrawn_leaflet):
    make_published(change_leaflet(withdrawn_leaflet, dosage="Take 4mg."), change_note="The table is right now.")
    page = words(client.get("/leaflets/testamol/"))
    assert "Take 4mg." in page
    assert "A reply of before." in page


def test_expired_leaflet_shows_its_notice_from_its_instant_on(client, priya, monkeypatch):
    end = timezone.now() + dt.timedelta(days=3)
    publish(make_approved(dosage="Take 5mg."), by=priya, change_note="First.", expires_at=end)
    assert "Take 5mg." in words(client.get("/leaflets/testamol/"))
    monkeypatch.setattr(timezone, "now", lambda: end)
    page = words(client.get("/leaflets/testamol/"))
    assert "Take 5mg." not in page
    assert "not available at the moment" in page


@pytest.mark.parametrize(
    "address", ["/leaflets/testamol/", "/leaflets/testamol/versions/", "/leaflets/testamol/versions/1/"]
)
def test_leaflet_whose_time_has_ended_is_not_called_withdrawn(client, priya, monkeypatch, address):
    """Whoever takes the medicine would think that something is wrong with it."""
    end = timezone.now() + dt.timedelta(days=1)
    publish(make_approved(), by=priya, change_note="First.", expires_at=end)
    monkeypatch.setattr(timezone, "now", lambda: end)
    page = words(client.get(address))
    assert "end of its time" in page
    assert "withdrawn" not in page.lower()


@pytest.mark.parametrize("address", ["/", "/a-z/t/", "/search/?q=testamol"])
def test_lists_do_not_call_it_withdrawn_either(client, priya, monkeypatch, address):
    end = timezone.now() + dt.timedelta(days=1)
    publish(make_approved(), by=priya, change_note="First.", expires_at=end)
    assert "not available" not in words(client.get(address))
    monkeypatch.setattr(timezone, "now", lambda: end)
    page = words(client.get(address))
    assert "Testamol not available at the moment" in page
    assert "withdrawn" not in page.lower()

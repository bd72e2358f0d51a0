"""The site's other pages on paper: no words that only lead elsewhere, each sheet names what it is of, whom to call in
few lines."""

import pytest

from monographs.publication.actions import publish
from monographs.publication.models import Publication
from tests.browser.readers import SIDE, printed
from tests.makers import change_leaflet, make_approved, make_comment, make_published
from tests.makers_alerts import make_approved_alert
from tests.people import make_person
from tests.reading.parts import make_clinic

WAYS = (
    "About this alert",
    "Word by word",
    "All safety alerts",
    "Safety alerts as a feed",
    "All versions",
    "word by word",
)
PAGES = {
    "/leaflets/testamol/": "Testamol, version 2 of",
    "/leaflets/testamol/changes/": "Testamol: what changed",
    "/leaflets/testamol/versions/1/": "Testamol, version 1 of",
    "/alerts/": "Do not use batch 123",
}


@pytest.fixture
def site(without_gate, live_server):
    make_clinic(address="1 Mill Lane\nAnytown", email="hello@clinic-of-mill-lane.example", crisis_lines="Call: 116 123")
    leaflet = make_published().leaflet
    alert = make_approved_alert()
    publish(make_approved(change_leaflet(leaflet, dosage="Take 7mg.")), by=make_person("priya"), change_note="Dose.")
    return {**PAGES, f"/alerts/{alert.pk}/": f"/alerts/{alert.pk}/"}


def test_paper_says_what_it_is_of_and_nothing_that_leads_elsewhere(site, live_server, page):
    for path, foot in site.items():
        assert page.goto(f"{live_server.url}{path}").status == 200, path
        sheets = printed(page, "A4")
        text = "\n".join(sheet.text for sheet in sheets)
        assert [words for words in WAYS if words in text] == [], path
        assert foot in sheets[-1].text, path
        assert [box for sheet in sheets for box in sheet.boxes if box[3] > sheet.width - SIDE + 1.5] == [], path
        assert "hello@clinic-of-mill-lane.example" in text, path


def test_an_answer_to_a_question_is_printed_and_the_links_below_replies_are_not(site, live_server, page):
    page.goto(f"{live_server.url}/search/?q=how+often+do+I+take+testamol")
    assert "Take 7mg." in "\n".join(sheet.text for sheet in printed(page, "A4"))
    make_comment(Publication.objects.latest("pk"), body="May I swim?", shown=True)
    page.goto(f"{live_server.url}/leaflets/testamol/#with-replies")
    text = "\n".join(sheet.text for sheet in printed(page, "A4"))
    assert "May I swim?" in text
    assert "Report" not in text

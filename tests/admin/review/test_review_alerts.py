"""What the review page lists first: what changed that could harm, or in a first version what is to be checked."""

import re

from monographs.publication.actions import publish
from tests.admin.review.test_review_page import url
from tests.makers import change_leaflet, make_leaflet, make_published, make_review, sign
from tests.people import make_person


def test_first_version_is_shown_as_all_new(client, bruno):
    review = make_review()
    client.force_login(bruno)
    page = client.get(url("review", review.leaflet)).content.decode()
    assert "Everything is new" in page
    assert "patients have not read this leaflet before" in page


def test_first_version_lists_its_doses_and_warnings_as_to_be_checked_and_none_as_changed(client, bruno):
    review = make_review(make_leaflet(dosage="Take 5mg once a day, then 10mg.\n\nNever take more than 20mg."))
    client.force_login(bruno)
    page = client.get(url("review", review.leaflet)).content.decode()
    alerts = re.sub(r"\s+", " ", page[page.index('id="staff-alerts"') : page.index('id="staff-comparison"')])
    assert "there is nothing to compare with" in alerts
    assert "→" not in alerts
    assert "<strong>How to take it</strong>" in alerts
    assert "5mg once a day · 10mg · more than 20mg" in alerts
    assert "<li>Never take more than 20mg.</li>" in alerts
    assert alerts.index("Key facts") < alerts.index("How to take it")


def test_alert_over_a_list_names_its_lead_and_shows_its_items_once(client, bruno):
    items = "\n\n- asthma\n- gout\n- fits\n- a cough"
    leaflet = make_published(dosage=f"Do not take it if you have:{items}").leaflet
    review = make_review(change_leaflet(leaflet, dosage=f"Tell us if you have:{items}"))
    client.force_login(bruno)
    page = client.get(url("review", review.leaflet)).content.decode()
    alerts = page[page.index('id="staff-alerts"') : page.index('id="staff-comparison"')]
    assert ">[removed: </span>Do not take it if you have: …<" in alerts
    assert ">[added: </span>Tell us if you have: …<" in alerts
    assert alerts.count("asthma; gout; fits; a cough") == 1


def test_in_a_language_that_is_not_read_in_full_no_sentence_says_that_nothing_changed(client, bruno):
    review = make_review(make_leaflet("Otheramol", language="ar"))
    sign(review)
    review.refresh_from_db()
    publish(review, by=make_person("priya"), change_note="First version.")
    review = make_review(change_leaflet(review.leaflet, dosage="Take 5mg once a day, please."))
    client.force_login(bruno)
    page = client.get(url("review", review.leaflet)).content.decode()
    assert "In this language only digits, units and some words are recognised." in page
    assert "No changed number or unit was found." in page
    assert "“do not” was found" not in page

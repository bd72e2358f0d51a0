"""Answers, requests to an author and closed replies in a browser, without JavaScript and on a small screen."""

import os
from pathlib import Path

import pytest
from playwright.sync_api import expect

from monographs.comments.answering.canned import CannedAnswer
from monographs.comments.answering.change_requests import ChangeRequest
from monographs.comments.deciding import actions
from monographs.comments.models import Comment
from monographs.comments.standing.closing import choose
from tests.makers import change_leaflet, make_comment, make_leaflet, make_published
from tests.people import make_person

SHOTS = os.environ.get("SCREENSHOTS", "")  # a folder to look at them in


def shot(page, name: str) -> None:
    if SHOTS:
        page.screenshot(path=Path(SHOTS) / f"answers-{name}.png", full_page=True)


def no_sideways_scrolling(page) -> bool:
    return page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")


@pytest.fixture
def asked(transactional_db):
    """A question that is answered, one that isn't, one that was taken away; then the leaflet has changed."""
    carla, publication = make_person("carla"), make_published()
    answered = make_comment(publication, body="May I take it with milk?", name="Bea", shown=True)
    actions.answer(answered, by=carla, body="Yes. See “How to take it”.")
    gone = make_comment(publication, body="My number is 07400 123456.", name="Cornelius", shown=True)
    make_comment(publication, body="I wondered about that, too.", parent=gone, shown=True)
    actions.reject(gone, by=carla, reason="It tells who somebody is.")
    make_published(change_leaflet(publication.leaflet, dosage="Take 6mg once a day."), change_note="Another dose.")
    CannedAnswer.objects.create(title="See the leaflet", body="Dear {name}, please see {section:dosage}.")
    return make_comment(publication, body="How much is a spoon?", name="Dora", shown=True)


def test_an_answer_begins_with_a_prepared_text_without_javascript(new_page, live_server, let_in, asked):
    page = new_page(java_script_enabled=False)
    let_in(page, make_person("carla"))
    page.goto(f"{live_server.url}/admin/replies/unanswered/")
    shot(page, "unanswered")
    page.get_by_role("link", name="Answer").last.click()
    page.get_by_label("A prepared answer to begin with").select_option("See the leaflet")
    page.get_by_role("button", name="Put it into the answer").click()
    field = page.get_by_label("The clinic’s answer")
    expect(field).to_have_value("Dear Dora, please see “How to take it”.")
    shot(page, "answer")
    field.fill("Dear Dora, a spoon is 5 ml. Please see “How to take it”.")
    page.get_by_role("button", name="Send the answer").click()
    expect(page.get_by_text("Carla Moderator answered for the clinic")).to_be_visible()
    assert Comment.objects.filter(parent=asked, body__contains="5 ml").exists()


def test_a_request_goes_from_the_moderator_to_the_author_and_back_on_a_small_screen(
    new_page, live_server, log_in, let_in, asked
):
    phone = new_page(viewport={"width": 320, "height": 640}, java_script_enabled=False)
    let_in(phone, make_person("carla"))
    phone.goto(f"{live_server.url}/admin/replies/{asked.pk}/change-request/")
    phone.get_by_label("Which section is unclear?").select_option("dosage")
    phone.get_by_label("What is unclear, and what should it say?").fill("Say how much a spoon is.")
    shot(phone, "ask-phone")
    assert no_sideways_scrolling(phone)
    phone.get_by_role("button", name="Ask for the change").click()
    expect(phone.get_by_text("The author is asked.")).to_be_visible()
    make_published(change_leaflet(asked.leaflet, dosage="Take one spoon (5 ml)."), change_note="A spoon is named.")
    author = new_page(viewport={"width": 320, "height": 640}, color_scheme="dark")
    log_in(author, make_person("ana"))
    author.get_by_role("link", name="Testamol").first.click()
    expect(author.get_by_text("Say how much a spoon is.")).to_be_visible()
    shot(author, "requests-phone-dark")
    assert no_sideways_scrolling(author)
    author.get_by_role("button", name="It was changed in this version").click()
    expect(author.get_by_text("Changed in version 3")).to_be_visible()
    assert ChangeRequest.objects.get().state == "done"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_readers_are_told_what_was_taken_away_what_has_changed_and_where_to_ask(new_page, live_server, asked, scheme):
    phone = new_page(viewport={"width": 320, "height": 640}, color_scheme=scheme, java_script_enabled=False)
    phone.goto(f"{live_server.url}/leaflets/testamol/")
    expect(phone.get_by_text("This reply was taken away.")).to_be_visible()
    expect(phone.get_by_text("The leaflet has changed since.")).to_be_visible()
    assert "Cornelius" not in phone.content()
    choose(asked.leaflet, "closed", by=make_person("carla"))
    phone.reload()
    expect(phone.get_by_text("Replies to this leaflet are closed.")).to_be_visible()
    expect(phone.locator("textarea")).to_have_count(0)
    shot(phone, f"leaflet-{scheme}")
    assert no_sideways_scrolling(phone)


def test_it_stands_on_the_right_side_in_arabic_and_on_paper(new_page, live_server, transactional_db):
    carla, publication = make_person("carla"), make_published(make_leaflet("Arabimol", language="ar"))
    question = make_comment(publication, body="هل يمكنني تناوله مع الحليب؟", shown=True)
    actions.answer(question, by=carla, body="نعم.")
    make_published(change_leaflet(publication.leaflet, dosage="6mg."), change_note="جرعة.")
    choose(publication.leaflet, "closed", by=carla)
    page = new_page()
    page.goto(f"{live_server.url}/leaflets/{publication.leaflet.slug}/")
    side = page.locator(".outdated").evaluate("one => getComputedStyle(one).borderRightWidth")
    assert side == "4px"  # its mark stands where a line begins
    assert no_sideways_scrolling(page)
    shot(page, "arabic")
    page.goto(f"{live_server.url}/leaflets/{publication.leaflet.slug}/#with-replies")
    page.emulate_media(media="print")
    expect(page.locator(".outdated")).to_be_visible()
    expect(page.locator(".leave-a-reply")).to_be_hidden()
    shot(page, "print")

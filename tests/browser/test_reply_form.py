"""The form, the look before sending, help and the writer's page in a browser: by keyboard, without JavaScript."""

import re

import pytest
from playwright.sync_api import expect

from monographs.comments.models import Comment, State
from tests.makers import make_content, make_published
from tests.reading.parts import make_clinic

CRY = "I took about 20 of them last night and I just do not want to be here any more"
SAID = "Do not drink alcohol."


@pytest.fixture
def leaflet(live_server, transactional_db):
    make_clinic(staffed_hours="Mon-Fri 09:00-17:00")
    sections = tuple(
        section.__class__(section.key, section.kind, section.heading, f"{SAID} {section.body}")
        if section.kind == "before_taking"
        else section
        for section in make_content().sections
    )
    make_published(sections=sections)
    return f"{live_server.url}/leaflets/testamol/"


def wait_until_it_is_slow_enough(page):
    page.wait_for_timeout(2_200)


@pytest.mark.parametrize("scripts", [True, False])
def test_a_question_is_answered_by_the_leaflet_then_sent_changed_and_taken_back(new_page, leaflet, scripts):
    page = new_page(java_script_enabled=scripts, viewport={"width": 320, "height": 640})
    page.goto(leaflet)
    page.fill("#reply-body", "May I drink alcohol? Ring me: 07400 123456")
    page.fill("#reply-name", "Dario")
    page.get_by_role("button", name="Send", exact=True).click()
    expect(page.locator("blockquote")).to_contain_text(SAID)
    expect(page.get_by_text("looks like: telephone number")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 320 if scripts else True
    page.fill("#reply-body", "May I drink alcohol?")
    wait_until_it_is_slow_enough(page)
    page.get_by_role("button", name="No, send it").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Thank you. Your reply has reached us.")
    page.locator(".own-address").click()
    expect(page.get_by_text("It waits for somebody from our team")).to_be_visible()
    page.get_by_role("link", name="Change it").click()
    page.fill("#reply-body", "May I drink beer?")
    page.get_by_role("button", name="Send", exact=True).click()
    page.locator(".own-address").click()
    expect(page.locator("blockquote")).to_contain_text("May I drink beer?")
    page.get_by_text("Take it back", exact=True).click()
    page.get_by_role("button", name="Yes, take it back").click()
    expect(page.get_by_text("You have taken it back. Nobody is shown it.")).to_be_visible()
    assert {comment.state for comment in Comment.objects.all()} == {State.WITHDRAWN}


def test_who_has_the_answer_sends_nothing(new_page, leaflet):
    page = new_page(java_script_enabled=False)
    page.goto(leaflet)
    page.fill("#reply-body", "May I drink alcohol?")
    page.get_by_role("button", name="Send", exact=True).click()
    page.get_by_role("link", name="Yes, thank you").click()
    expect(page).to_have_url(re.compile("#part-before_taking$"))
    assert not Comment.objects.exists()


def test_by_keyboard_alone_a_cry_for_help_leads_to_help_at_once(new_page, leaflet):
    page = new_page(java_script_enabled=False)
    page.goto(leaflet)
    page.locator("#reply-body").focus()
    keys = page.keyboard
    keys.type(CRY)
    for _field in ("name", "e-mail", "tick"):
        keys.press("Tab")
    expect(page.locator("#reply-consent")).to_be_focused()
    expect(page.locator("#reply-consent")).not_to_be_checked()
    keys.press("Tab")
    keys.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Help now")
    expect(page.locator(".help-now")).to_contain_text("999")
    expect(page.locator(".help-now")).to_contain_text("116 123")
    assert Comment.objects.get().urgency == 2


def test_erasing_by_keyboard_leaves_no_word(new_page, leaflet):
    page = new_page(java_script_enabled=False)
    page.goto(leaflet)
    page.fill("#reply-body", "Who won the football?")
    page.get_by_role("button", name="Send", exact=True).click()
    page.locator(".own-address").click()
    summary = page.get_by_text("Erase my words", exact=True)
    summary.focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Your words are erased")
    assert Comment.objects.get().body == ""

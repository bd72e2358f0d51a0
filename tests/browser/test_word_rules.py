"""A word rule is tried out, saved and ended by keyboard alone and without JavaScript, on a telephone, too."""

import pytest
from playwright.sync_api import expect

from monographs.comments.triage.word_rules import WordRule
from tests.browser.test_small_screens import SIDEWAYS
from tests.makers import make_comment, make_published
from tests.people import make_person


@pytest.fixture
def rules(live_server, let_in, transactional_db):
    publication = make_published()
    make_comment(publication, body="Does the miracle bracelet help?", shown=True)
    make_comment(publication, body="Miracle bracelet, 50% off")

    def open_rules(page):
        let_in(page, make_person("carla"))
        page.goto(f"{live_server.url}/admin/word-rules/")
        return page

    return open_rules


@pytest.mark.parametrize("has_script", [True, False])
@pytest.mark.parametrize("width", [320, 1280])
def test_rule_is_tried_out_saved_and_ended(new_page, rules, has_script, width):
    page = rules(new_page(java_script_enabled=has_script, viewport={"width": width, "height": 800}))
    page.get_by_role("link", name="Add a word rule").click()
    page.get_by_label("Words", exact=True).fill("miracle bracelet")
    page.get_by_label("Last day").fill("1 June 2030")
    page.get_by_label("Why").fill("Sold under every leaflet.")
    page.get_by_role("button", name="See what it would have met").click()
    expect(page.get_by_role("heading", name="It would have met 2 of the last 2 replies")).to_be_visible()
    expect(page.get_by_text("Some of them were shown to readers")).to_be_visible()
    if has_script:
        assert page.evaluate(SIDEWAYS) <= 0
    assert not WordRule.objects.exists()
    page.get_by_role("button", name="Save this rule").click()
    expect(page.get_by_text("The rule for “miracle bracelet” holds from now on.")).to_be_visible()
    if has_script:
        assert page.evaluate(SIDEWAYS) <= 0
    page.get_by_role("button", name="End the rule for “miracle bracelet”").click()
    expect(page.get_by_text("The rule for “miracle bracelet” holds no more.")).to_be_visible()
    assert WordRule.objects.get().ended_at


def test_rule_is_made_by_keyboard_alone(page, rules):
    keys = rules(page).keyboard
    page.get_by_role("link", name="Add a word rule").focus()
    with page.expect_navigation():
        keys.press("Enter")
    page.get_by_label("Words", exact=True).focus()
    keys.type("miracle bracelet")
    for _step in range(5):  # what becomes of it, label, language, last day, why
        keys.press("Tab")
    keys.type("Sold here.")
    keys.press("Tab")
    keys.press("Enter")
    expect(page.get_by_role("heading", name="It would have met 2 of the last 2 replies")).to_be_visible()
    page.get_by_role("button", name="Save this rule").focus()
    keys.press("Enter")
    expect(page.get_by_text("holds from now on")).to_be_visible()
    assert WordRule.objects.get().why == "Sold here."

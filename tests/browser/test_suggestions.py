"""Names to choose from while typing: by keyboard, for a screen reader, by mouse, and without JavaScript."""

import re

import pytest
from playwright.sync_api import expect

from tests.makers import make_medicine, make_published


@pytest.fixture
def medicines(transactional_db):
    make_medicine("Baclofen", names=(("Lioresal", "brand"),))
    make_medicine("Ibuprofen", names=(("Brufen", "brand"),))
    for medicine in ("Baclofen", "Betamol", "Ibuprofen"):
        make_published(medicine=medicine)


@pytest.fixture
def field(page, live_server, medicines):
    page.goto(live_server.url)
    expect(page.get_by_role("combobox")).to_be_visible()
    return page.get_by_role("combobox", name="Your medicine, or a question")


def test_a_name_is_chosen_by_keyboard(page, field):
    field.press_sequentially("b")
    options = page.get_by_role("listbox", name="Names of medicines").get_by_role("option")
    expect(options).to_have_text(["Baclofen", "Betamol", "Brufen Ibuprofen"])
    field.press("ArrowUp")
    expect(options.nth(2)).to_have_attribute("aria-selected", "true")
    field.press("ArrowDown")
    field.press("ArrowDown")
    expect(options.nth(1)).to_have_attribute("aria-selected", "true")
    expect(options.nth(0)).to_have_attribute("aria-selected", "false")
    field.press("Enter")
    page.wait_for_url(re.compile(r"/search/\?q=Betamol$"))
    expect(page.get_by_role("heading", name="One leaflet for")).to_be_visible()


def test_a_screen_reader_hears_what_there_is(page, field):
    expect(field).to_have_attribute("aria-autocomplete", "list")
    expect(field).to_have_attribute("aria-expanded", "false")
    field.press_sequentially("b")
    expect(page.get_by_role("status")).to_have_text("Names to choose from: 3")
    expect(field).to_have_attribute("aria-expanded", "true")
    assert page.locator(f"#{field.get_attribute('aria-controls')}").get_attribute("role") == "listbox"
    field.press("ArrowDown")
    active = page.locator(f"#{field.get_attribute('aria-activedescendant')}")
    expect(active).to_have_text("Baclofen")
    assert page.evaluate("document.activeElement.id") == "q"
    field.fill("xyz")
    expect(page.get_by_role("status")).to_have_text("")  # a name that is known, or a question, may still be found
    expect(field).to_have_attribute("aria-expanded", "false")


def test_escape_closes_and_enter_sends_what_was_typed(page, field):
    field.press_sequentially("lio")
    expect(page.get_by_role("option")).to_have_text(["Lioresal Baclofen"])
    field.press("ArrowDown")
    field.press("Escape")
    expect(page.get_by_role("option")).to_have_count(0)
    expect(field).to_have_value("lio")
    assert field.get_attribute("aria-activedescendant") is None
    field.press("Enter")
    page.wait_for_url(re.compile(r"/search/\?q=lio$"))


def test_a_name_is_chosen_by_mouse_on_a_narrow_screen(new_page, live_server, medicines):
    page = new_page(viewport={"width": 320, "height": 640})
    page.goto(live_server.url)
    page.get_by_role("combobox").press_sequentially("bru")
    option = page.get_by_role("option", name="Brufen Ibuprofen")
    assert option.bounding_box()["height"] >= 44
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    option.click()
    page.wait_for_url(re.compile(r"/search/\?q=Brufen$"))


def test_without_javascript_it_is_a_plain_form(new_page, live_server, medicines):
    page = new_page(java_script_enabled=False)
    page.goto(live_server.url)
    page.get_by_role("searchbox", name="Your medicine, or a question").fill("lioresal")
    assert page.get_by_role("combobox").count() == 0
    page.get_by_role("search").get_by_role("button", name="Search").click()
    expect(page.get_by_role("link", name="Baclofen")).to_be_visible()

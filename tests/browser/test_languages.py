"""The switch of languages in a real browser: without scripts, on a narrow telephone, from right to left."""

import pytest

from tests.makers import make_published

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

STARTS = """(side) => [...document.querySelectorAll(".updates p")]
    .map((each) => { const words = document.createRange(); words.selectNodeContents(each);
        return Math.round(Math.abs(words.getBoundingClientRect()[side] - each.getBoundingClientRect()[side])); })"""


def test_the_switch_works_without_scripts_and_keeps_what_was_looked_for(new_page, live_server):
    make_published()
    page = new_page(java_script_enabled=False)
    page.goto(f"{live_server.url}/search/?q=testamol")
    page.click('a[hreflang="ar"]')
    page.wait_for_url(f"{live_server.url}/ar/search/?q=testamol")
    assert page.locator("html").get_attribute("dir") == "rtl"
    assert page.input_value("#q") == "testamol"
    page.click('a[href="/ar/leaflets/testamol/"]')
    page.wait_for_url(f"{live_server.url}/ar/leaflets/testamol/")
    assert page.locator("main > div").get_attribute("lang") == "en"
    page.click('.languages a[hreflang="en"]')
    page.wait_for_url(f"{live_server.url}/leaflets/testamol/")


def test_each_page_in_each_language_fits_a_narrow_telephone(page, live_server):
    make_published()
    page.set_viewport_size({"width": 320, "height": 640})
    for language in ("ar", "cy", "es", "pl", "ur", "zh-hans"):
        for address in ("", "a-z/", "search/?q=testamol", "leaflets/testamol/"):
            page.goto(f"{live_server.url}/{language}/{address}")
            assert page.evaluate("document.documentElement.scrollWidth") == 320, (language, address)
            boxes = [link.bounding_box() for link in page.locator(".languages a").all()]
            assert min(box["height"] for box in boxes) >= 24  # WCAG 2.5.8
            assert page.locator(".languages").bounding_box()["height"] < 130


def test_an_english_note_begins_where_the_arabic_page_does(page, live_server):
    """Chromium 156 knows `text-align: match-parent` by its own name alone."""
    make_published(change_note="First version.")
    page.goto(f"{live_server.url}/ar/")
    assert set(page.evaluate(STARTS, "right")) == {0}
    page.goto(f"{live_server.url}/")
    assert set(page.evaluate(STARTS, "left")) == {0}


def test_english_lines_in_an_urdu_frame_keep_their_height(page, live_server):
    make_published()
    page.goto(f"{live_server.url}/ur/leaflets/testamol/")
    heights = """(path) => [...document.querySelectorAll(path)].map((each) =>
        parseFloat(getComputedStyle(each).lineHeight) / parseFloat(getComputedStyle(each).fontSize))"""
    assert min(page.evaluate(heights, ".banner p")) >= 1.99
    assert max(page.evaluate(heights, "article p, article li")) < 1.7

"""Whole ways of a reader by the keyboard alone: the Tab key leads to each thing, what has the focus is always seen
(WCAG 2.2, 2.4.7 and 2.4.11), and the ring around it stands out from what it lies on (1.4.11)."""

import re

import pytest
from playwright.sync_api import ElementHandle, Locator, Page, expect

from monographs.comments.models import Comment
from tests.browser.readers import _RECORD_SPEECH
from tests.browser.test_look import FOCUS

MOST_STOPS = 150
# How much the ring stands out from the ground around the element that has the focus (WCAG 2.2, "contrast ratio").
RING = """() => {
  const one = document.activeElement, numbers = (colour) => colour.match(/[\\d.]+/g).map(Number);
  const light = (colour) => {
    const [r, g, b] = numbers(colour).map((part) => part / 255)
      .map((part) => part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4);
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  let on = one.parentElement;
  while (on.parentElement && numbers(getComputedStyle(on).backgroundColor)[3] === 0) on = on.parentElement;
  const [ring, ground] = [getComputedStyle(one).outlineColor, getComputedStyle(on).backgroundColor].map(light);
  return (Math.max(ring, ground) + 0.05) / (Math.min(ring, ground) + 0.05);
}"""


# Both, and whether the focus is on a certain element: asked for at once, as there are hundreds of stops.
STOP = f"""(wanted) => {{
  const focus = ({FOCUS})();
  return focus && {{ ...focus, ring: ({RING})(), isThere: document.activeElement === wanted }};
}}"""


def look_at_focus(page: Page, wanted: ElementHandle | None = None) -> bool:
    """Whether what has the focus is what was wanted; None is never there."""
    focus = page.evaluate(STOP, wanted)
    if focus is None:
        return False  # past the last stop: the next one is the first
    assert focus["isSeen"], f"{page.url}: the focus is out of sight on {focus['markup']}"
    assert focus["hasRing"], f"{page.url}: nothing shows the focus on {focus['markup']}"
    assert focus["ring"] >= 3, f"{page.url}: the ring is hardly seen around {focus['markup']}"
    return focus["isThere"]


def tab_to(page: Page, place: Locator) -> None:
    """By the Tab key alone, from wherever the focus is; each stop on the way is looked at."""
    wanted = place.element_handle()
    for _stop in range(MOST_STOPS):
        page.keyboard.press("Tab")
        if look_at_focus(page, wanted):
            return
    pytest.fail(f"{page.url}: the Tab key does not lead to {place}")


def follow(page: Page, place: Locator, leads_to: str) -> None:
    tab_to(page, place)
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(leads_to))


SIZES = pytest.mark.parametrize("width", [320, 1280])


@SIZES
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_each_stop_of_a_leaflet_is_seen(site, new_page, width, scheme):
    page = new_page(viewport={"width": width, "height": 640}, color_scheme=scheme)
    page.goto(f"{site.url}/leaflets/testamol/")
    page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
    stops = 0
    while stops < MOST_STOPS:
        page.keyboard.press("Tab")
        look_at_focus(page)
        if page.evaluate("document.activeElement === document.body"):
            break
        stops += 1
    assert 40 < stops < MOST_STOPS


@SIZES
def test_from_home_to_a_reply_that_is_sent(site, new_page, width):
    page = new_page(viewport={"width": width, "height": 640}, reduced_motion="reduce")
    page.add_init_script(f"({_RECORD_SPEECH})()")
    keys = page.keyboard
    page.goto(site.url)
    keys.press("Tab")
    expect(page.get_by_role("link", name="Skip to the text")).to_be_focused()
    keys.press("Enter")
    expect(page.locator("main")).to_be_focused()

    tab_to(page, page.get_by_role("combobox"))
    keys.type("testab")
    expect(page.get_by_role("option")).to_have_count(1)
    keys.press("ArrowDown")
    keys.press("Enter")
    page.wait_for_url(re.compile(r"/search/\?q=Testabrand$"))
    follow(page, page.locator('main a[href="/leaflets/testamol/"]').first, "/leaflets/testamol/$")

    listen = page.locator("[data-listen]")
    tab_to(page, listen)
    keys.press("Enter")
    page.wait_for_function("window.spoken.length > 0")
    expect(listen).to_have_text("Listen")  # as before, when all is said
    tab_to(page, page.get_by_role("button", name="Larger text"))
    keys.press("Space")
    expect(page.get_by_role("button", name="Larger text")).to_have_attribute("aria-pressed", "true")
    contents = page.get_by_role("navigation", name="In this leaflet")
    if width == 320:
        tab_to(page, contents.locator("summary"))
        keys.press("Enter")
    follow(page, contents.get_by_role("link", name="Side effects"), "#part-side_effects$")
    keys.press("Tab")  # goes on from the part that was chosen
    assert page.evaluate("!!document.activeElement.closest('.part:has(#part-side_effects)')")

    tab_to(page, page.locator("#reply-body"))
    keys.type("May I drink alcohol?")
    tab_to(page, page.locator("#reply-name"))
    keys.type("Dario")
    tab_to(page, page.get_by_role("button", name="Send", exact=True))
    keys.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Before you send")
    page.wait_for_timeout(2_200)  # whoever sends at once is taken for a program
    tab_to(page, page.get_by_role("button", name="No, send it"))
    keys.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Thank you. Your reply has reached us.")
    assert Comment.objects.order_by("pk").last().body == "May I drink alcohol?"
    follow(page, page.locator(".own-address"), r"/replies/[^/]+/$")
    tab_to(page, page.get_by_text("Take it back", exact=True))
    keys.press("Enter")
    tab_to(page, page.get_by_role("button", name="Yes, take it back"))
    keys.press("Enter")
    expect(page.get_by_text("You have taken it back. Nobody is shown it.")).to_be_visible()


@SIZES
def test_from_home_to_an_alert_and_what_it_is_about(site, new_page, width):
    page = new_page(viewport={"width": width, "height": 640})
    page.goto(site.url)
    follow(page, page.get_by_role("link", name="Do not use batch 123"), r"/alerts/\d+/$")
    follow(page, page.locator('main a[href="/leaflets/testamol/"]'), "/leaflets/testamol/$")
    follow(page, page.get_by_role("link", name="About this alert").first, r"/alerts/\d+/$")
    follow(page, page.get_by_role("link", name="All safety alerts"), "/alerts/$")


@SIZES
def test_the_language_is_changed_and_the_way_goes_on_from_the_right(site, new_page, width):
    page = new_page(viewport={"width": width, "height": 640})
    page.goto(f"{site.url}/search/?q=testamol")
    follow(page, page.locator('.languages a[hreflang="ar"]'), r"/ar/search/\?q=testamol$")
    assert page.locator("html").get_attribute("dir") == "rtl"
    page.keyboard.press("Tab")
    box = page.locator(".skip").bounding_box()
    assert box["x"] + box["width"] == width  # where reading begins
    follow(page, page.locator('main a[href="/leaflets/testamol-ar/"]').first, "/leaflets/testamol-ar/$")


@SIZES
def test_the_telephone_in_an_emergency_heading_has_a_ring_that_is_seen(site, new_page, width):
    page = new_page(viewport={"width": width, "height": 640})
    page.goto(f"{site.url}/leaflets/testamol/")
    tab_to(page, page.locator(".care-emergency .care-heading a[href='tel:999']"))

"""axe-core finds nothing on any page for readers: WCAG 2.2 A and AA, contrast as for AAA, and what its makers call good
practice, by day and by night, on a narrow telephone, and with text twice as large (1.4.4)."""

import re
from collections.abc import Iterator

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from django.urls import get_resolver
from playwright.sync_api import Page

from tests.browser.every_page.whole_site import NO_PAGES, PAGES, STAFF_PAGES, STEPS
from tests.people import make_person

WIDE, NARROW = {"width": 1280, "height": 900}, {"width": 320, "height": 640}
USUAL, TWICE = 16, 32  # pixels of the browser's own text size
SIDEWAYS = "document.scrollingElement.scrollWidth - document.documentElement.clientWidth"
CONTRAST = {"normal": {"expected": 4.5}, "large": {"expected": 3}}  # WCAG 2.2, 1.4.3
READERS_CONTRAST = {"normal": {"expected": 7}, "large": {"expected": 4.5}}  # 1.4.6
# What axe-core leaves off: 24 pixels for a target, or room around it (2.5.8); a name that says what is seen (2.5.3).
MORE = ("target-size", "label-content-name-mismatch")
ADDRESSES = [address for addresses in PAGES.values() for address in addresses]


def modes(page: Page) -> Iterator[tuple[str, bool]]:
    """One page in the ways in which people have it: the name of one, which is on until the next is asked for, and
    whether it differs from the first in more than colours."""
    session = page.context.new_cdp_session(page)
    for way, scheme, size, pixels in (
        ("light", "light", WIDE, USUAL),
        ("320 px", "light", NARROW, USUAL),
        ("text at 200 %", "light", WIDE, TWICE),
        ("dark", "dark", WIDE, USUAL),
    ):
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        page.set_viewport_size(size)
        session.send("Page.setFontSizes", {"fontSizes": {"standard": pixels, "fixed": pixels}})
        page.evaluate("document.getAnimations().forEach((one) => one.finish())")  # colours on their way to others
        yield way, scheme == "light"
    page.emulate_media(color_scheme="light", reduced_motion="no-preference")  # the next page begins as the first did
    session.detach()


def found_on(page: Page, *, contrast: dict = READERS_CONTRAST) -> list[str]:
    """What is wrong in any of the ways, a line each: the way, the rule, and the elements with why.

    The readers' contrast is asked for by the rule of the lower one. axe-core's own rule for it (4.12.1) passes whatever
    is below the lower, so both would have to run; and they are what takes most of the time.
    """
    found = []
    page.wait_for_load_state()  # a form's answer may have shown its first words alone
    page.evaluate(AXE_SCRIPT)  # once, for it is half a megabyte; the site's policy lets no page load it
    for way, is_of_all in modes(page):
        rules = {"rules": {rule: {"enabled": True} for rule in MORE}}
        options = rules if is_of_all else {"runOnly": ["color-contrast", "link-in-text-block"]}
        options |= {"checks": {"color-contrast": {"options": {"contrastRatio": contrast}}}}
        options |= {"resultTypes": ["violations"], "preload": False}
        for violation in page.evaluate("(options) => axe.run(options)", options)["violations"]:
            places = [f"{node['html'][:200]} {node['failureSummary']}" for node in violation["nodes"]]
            found.append(f"{way}: {violation['id']}: {places}")
        if page.evaluate(SIDEWAYS) > 0:
            found.append(f"{way}: sideways")
    return found


def test_what_is_wrong_in_one_of_the_ways_alone_is_found(page):
    page.set_content("""<!doctype html><html lang="en"><title>A</title><style>
        html { background: #fff } a { display: inline-block; margin: 2em; inline-size: 9px; overflow: hidden }
        @media (prefers-color-scheme: dark) { html { background: #666 } }
        @media (max-width: 400px) { a { margin: 0 } }
        @media (max-width: 60em) { h1 { inline-size: 2000px } }
        </style><main><h1>A heading</h1><img src="data:,"><a href="/a">a</a><a href="/b">b</a></main>""")
    found = [line.partition(": [")[0] for line in found_on(page)]
    assert found.count("light: image-alt") == 1
    assert [line for line in found if "contrast" in line] == ["dark: color-contrast"]
    assert [line for line in found if "target" in line] == ["320 px: target-size"]
    assert [line for line in found if "sideways" in line] == ["320 px: sideways", "text at 200 %: sideways"]


@pytest.mark.parametrize(
    ("contrast", "too_little"),
    [
        (READERS_CONTRAST, ["small 2.8", "small 3.9", "small 4.9", "large 2.8", "large 3.9"]),
        (CONTRAST, ["small 2.8", "small 3.9", "large 2.8"]),
    ],
    ids=["readers", "staff"],
)
def test_too_little_contrast_is_found_however_little_it_is(kept_page, contrast, too_little):
    words = "".join(
        f'<p style="color: {colour}; font-size: {pixels}px">{size} {ratio}</p>'
        for size, pixels in (("small", 16), ("large", 30))
        for ratio, colour in ((2.8, "#999"), (3.9, "#808080"), (4.9, "#707070"), (8.1, "#505050"))
    )
    kept_page.set_content(f"""<!doctype html><html lang="en"><title>A</title>
        <style>html {{ background: #fff }}</style><main><h1>A</h1>{words}</main>""")
    found = found_on(kept_page, contrast=contrast)
    assert [re.findall(r"(?:small|large) \d\.\d", line) for line in found] == [too_little] * 4


def test_every_address_for_readers_is_looked_at():
    names = {name for name in get_resolver().reverse_dict if isinstance(name, str)}
    others = {"account_login", "mfa_authenticate", "healthz", "readyz"}
    assert {*PAGES, *NO_PAGES} - {""} == names - others


@pytest.mark.parametrize("address", ADDRESSES)
def test_nothing_is_found_on_a_page(site, kept_page, address):
    page = kept_page
    is_there = address not in (*PAGES[""], *PAGES["pack"])
    assert page.goto(site.address(address)).status == (200 if is_there else 404)
    assert found_on(page) == []
    page.faults[:] = [fault for fault in page.faults if "404" not in fault]


@pytest.mark.parametrize("step", STEPS)
def test_nothing_is_found_on_what_a_form_leads_to(site, page, step):
    STEPS[step](page, site)
    assert found_on(page) == []


@pytest.mark.parametrize("address", STAFF_PAGES)
def test_nothing_is_found_on_the_pages_of_who_looks_after_replies(site, kept_page, let_in, address):
    let_in(kept_page, make_person("carla"))
    kept_page.goto(site.address(address))
    assert found_on(kept_page, contrast=CONTRAST) == []

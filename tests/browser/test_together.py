"""Medicines taken together in a real browser: one sheet of paper, no sideways scrolling, and no script needed."""

import pypdfium2
import pytest
from playwright.sync_api import expect

from monographs.leaflets.content import SectionContent
from tests.makers import make_content, make_published
from tests.reading.parts import make_clinic

NAMES = ("Albanidol", "Bromnidol", "Cetunidol", "Dilanidol")
FACTS = tuple(
    f"Fact {number}: take it with food, and never more of it than your doctor has told you." for number in "12345"
)


@pytest.fixture
def four(transactional_db):
    """Four leaflets, each of which names the others, with five key facts each."""
    make_clinic(crisis_lines="Listeners: 116 123", address="1 Mill Lane\nAnytown")
    for name in NAMES:
        said = "\n\n".join(f"Ask before you take {other} as well." for other in NAMES if other != name)
        sections = tuple(
            SectionContent(each.key, each.kind, each.heading, said) if each.key == "interactions" else each
            for each in make_content().sections
        )
        make_published(medicine=name, sections=sections, key_facts=FACTS)
    return "/together/?" + "&".join(f"m={name}" for name in NAMES)


def test_nothing_scrolls_sideways_on_a_small_phone(four, new_page, live_server):
    page = new_page(viewport={"width": 320, "height": 600})
    for address in (four, four + "&more=1", "/together/"):
        page.goto(live_server.url + address)
        assert page.evaluate("document.documentElement.scrollWidth") == 320


def test_four_medicines_print_on_one_sheet(four, page, live_server):
    page.goto(live_server.url + four)
    with pypdfium2.PdfDocument(page.pdf(format="A4", prefer_css_page_size=True)) as paper:
        printed = paper[0].get_textpage().get_text_range()
        assert len(paper) == 1
    for words in (
        "Albanidol and Bromnidol",
        "Ask before you take Dilanidol as well.",
        "Fact 5",
        "01632 960 100",
        "999",
    ):
        assert words in printed
    assert "Change your medicines" not in printed


def test_another_field_needs_no_script(four, new_page, live_server):
    page = new_page(java_script_enabled=False)
    page.goto(live_server.url + "/together/")
    page.fill("#m1", "albanidol")
    page.fill("#m2", "bromnidol")
    page.click("text=Add another medicine")
    page.fill("#m3", "cetunidol")
    page.click("text=Show what the leaflets say")
    expect(page.locator(".pair")).to_have_count(3)
    page.click("text=Change your medicines")
    expect(page.locator("#m3")).to_have_value("cetunidol")

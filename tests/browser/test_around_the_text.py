"""The contents follow along on wide screens and fold on telephones; links to parts; pictures of people, on any page."""

import dataclasses
import re

import pytest
from playwright.sync_api import expect

from monographs.leaflets.content import SourceContent
from tests.makers import make_content, make_published

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

BANDS = ("more than 1 in 10", "up to 1 in 10", "up to 1 in 100", "up to 1 in 1,000", "up to 1 in 10,000")
EFFECTS = "\n\n".join(f"### May affect {band} people\n\n- a rash" for band in BANDS)
ARABIC = "### قد تؤثر على ما يصل إلى شخص واحد من كل 10 أشخاص\n\n- صداع"
SOURCES = (SourceContent("Formulary", "https://bnf.nice.org.uk/", "", ("dosage", "side_effects")), SourceContent("Us"))
SHIFT = """() => new Promise((done) => {
    const sum = (list) => list.getEntries().reduce((sum, entry) => sum + entry.value, 0);
    new PerformanceObserver((list) => done(sum(list))).observe({type: "layout-shift", buffered: true});
    setTimeout(() => done(0), 500); })"""
STROKES = """[...document.querySelectorAll("svg.people")].map((svg) => ["svg > path", ".affected path"].map((path) => {
    const {stroke, strokeOpacity} = getComputedStyle(svg.querySelector(path));
    return [stroke, strokeOpacity]; }))"""
FIRST_IS_AT = """(side) => [...document.querySelectorAll("svg.people")].map((svg) => {
    const all = svg.getBoundingClientRect(), one = svg.querySelector(".affected").getBoundingClientRect();
    return Math.abs(all[side] - one[side]) < all.width / 15; })"""


def published(*, language: str = "en", effects: str = EFFECTS) -> str:
    """The path of a leaflet with long parts, two sources and these side effects."""
    filler = "\n\n".join(["Words of this part go on for a while, so that there is something to read."] * 8)
    sections = tuple(
        dataclasses.replace(one, body=f"{one.body}\n\n{effects if one.kind == 'side_effects' else filler}")
        for one in make_content().sections
    )
    publication = make_published(language=language, sections=sections, sources=SOURCES)
    return f"/leaflets/{publication.leaflet.slug}/"


def test_contents_stand_beside_the_text_and_mark_the_part_that_is_read(page, live_server):
    page.goto(live_server.url + published())
    contents, text = page.locator("nav.contents"), page.locator("#part-dosage + p")
    assert contents.locator("summary").is_hidden()
    page.evaluate("document.getElementById('part-dosage').scrollIntoView()")
    marked = contents.locator("[aria-current=true]")
    marked.and_(page.locator("[href='#part-dosage']")).wait_for()
    assert marked.count() == 1
    frame, words = contents.bounding_box(), text.bounding_box()
    assert frame["x"] >= 0
    assert 0 <= frame["y"] < 100
    assert frame["x"] + frame["width"] < words["x"]
    contents.get_by_role("link", name="How to store it").click()
    marked.and_(page.locator("[href='#part-storage']")).wait_for()
    expect(page).to_have_url(re.compile("#part-storage$"))


def test_contents_stand_on_the_right_of_an_arabic_page(page, live_server):
    page.goto(live_server.url + published(language="ar", effects=ARABIC))
    frame, words = page.locator("nav.contents").bounding_box(), page.locator("#part-dosage + p").bounding_box()
    assert frame["x"] > words["x"] + words["width"]
    assert frame["x"] + frame["width"] <= 1280
    assert page.evaluate("document.documentElement.scrollWidth") == 1280


@pytest.mark.parametrize("width", [320, 600])
def test_contents_fold_on_a_telephone_without_a_script(new_page, live_server, width):
    page = new_page(viewport={"width": width, "height": 700}, java_script_enabled=False)
    page.goto(live_server.url + published())
    link = page.get_by_role("navigation", name="In this leaflet").get_by_role("link", name="How to take it")
    assert link.is_hidden()
    page.get_by_text("Show the parts").click()
    link.click()
    expect(page).to_have_url(re.compile("#part-dosage$"))


def test_contents_are_open_where_there_is_room(new_page, live_server):
    page = new_page(java_script_enabled=False)
    page.goto(live_server.url + published())
    nav = page.get_by_role("navigation", name="In this leaflet")
    for width in (700, 1000, 1215, 1216):
        page.set_viewport_size({"width": width, "height": 800})
        assert nav.get_by_role("link").count() == len(make_content().sections) + 1, width
        assert nav.get_by_role("link", name="Sources").is_visible(), width
        assert nav.bounding_box()["x"] >= 0, width
        assert page.evaluate("document.documentElement.scrollWidth") == width


@pytest.mark.parametrize("width", [320, 1280])
def test_nothing_moves_while_the_page_loads(new_page, live_server, width):
    page = new_page(viewport={"width": width, "height": 800})
    page.goto(live_server.url + published())
    page.wait_for_load_state("networkidle")
    assert page.evaluate(SHIFT) < 0.01


def test_larger_text_leaves_the_contents_above_the_text(page, live_server):
    page.goto(live_server.url + published())
    page.get_by_role("button", name="Larger text").click()
    assert page.locator("nav.contents").bounding_box()["x"] >= page.locator("h1").bounding_box()["x"]


@pytest.mark.parametrize("width", [320, 1280])
def test_a_link_to_the_part_shows_when_it_is_reached_by_keyboard_or_mouse(new_page, live_server, width):
    page = new_page(viewport={"width": width, "height": 800})
    page.goto(live_server.url + published())
    link = page.get_by_role("link", name="Link to this part: How to take it")
    expect(link).to_have_css("opacity", "0")
    link.focus()
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Tab")
    expect(link).to_have_css("opacity", "1")
    box = link.bounding_box()
    assert box["x"] >= 0
    assert min(box["width"], box["height"]) >= 24
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("#part-dosage$"))
    other = page.get_by_role("link", name="Link to this part: Side effects")
    page.locator("#part-side_effects").hover()
    expect(other).to_have_css("opacity", "1")
    assert page.get_by_role("heading", name="How to take it", exact=True).count() == 1


def test_sources_lead_there_and_back(page, live_server):
    page.goto(live_server.url + published())
    page.locator("section:has(> #part-dosage)").get_by_role("link", name="1", exact=True).click()
    expect(page).to_have_url(re.compile("#source-1$"))
    expect(page.locator("#source-1")).to_be_in_viewport()
    page.locator("#source-1").get_by_role("link", name="Side effects").click()
    expect(page).to_have_url(re.compile("#part-side_effects$"))


@pytest.mark.parametrize("options", [{}, {"color_scheme": "dark"}, {"forced_colors": "active"}])
def test_those_affected_stand_out_from_the_others(new_page, live_server, options):
    page = new_page(**options)
    page.goto(live_server.url + published())
    strokes = page.evaluate(STROKES)
    assert len(strokes) == len(BANDS)
    for (others, faint), (affected, clear) in strokes:
        assert others != affected
        assert (float(faint), float(clear)) == (0.55, 1)


@pytest.mark.parametrize("width", [320, 1280])
def test_pictures_stay_within_their_column_and_nobody_hears_them(new_page, live_server, width):
    page = new_page(viewport={"width": width, "height": 800})
    page.goto(live_server.url + published())
    assert page.evaluate("document.documentElement.scrollWidth") == width
    assert page.get_by_role("heading", name="May affect up to 1 in 1,000 people", exact=True).count() == 1
    assert page.locator("svg.people").count() == len(BANDS)
    assert page.get_by_role("img").count() == 0
    for svg in page.locator("svg.people").all():
        box = svg.bounding_box()
        assert box["width"] <= 290
        assert box["height"] < 200


@pytest.mark.parametrize(("language", "effects", "side"), [("en", EFFECTS, "left"), ("ar", ARABIC, "right")])
def test_those_affected_stand_where_reading_begins(page, live_server, language, effects, side):
    page.goto(live_server.url + published(language=language, effects=effects))
    assert page.locator(f"html[lang={language}]").count() == 1
    assert all(page.evaluate(FIRST_IS_AT, side))


def test_print_has_the_pictures_and_none_of_the_links(page, live_server):
    page.goto(live_server.url + published())
    page.emulate_media(media="print")
    for selector in (".contents", ".to-here", ".rests-on", ".supports"):
        assert page.locator(selector).first.is_hidden()
    assert page.locator("svg.people").first.is_visible()
    assert page.evaluate("getComputedStyle(document.querySelector('.affected path')).stroke") == "rgb(0, 0, 0)"

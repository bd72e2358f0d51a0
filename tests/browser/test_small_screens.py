"""A name of 42 letters without a space scrolls nothing sideways on a telephone, on any page that patients meet, in the
usual and in larger text: what patients can't see without a swipe they do not read."""

import pytest
from playwright.sync_api import expect

from monographs.leaflets.content import SectionContent
from monographs.medicines.actions import add_names
from monographs.medicines.models import NameKind
from monographs.publication.actions import withdraw
from monographs.review.fact_check import ask, token_of
from tests.browser.tables import BROKEN, tables
from tests.makers import change_leaflet, make_comment, make_content, make_leaflet, make_medicine, make_published
from tests.people import make_person
from tests.reading.parts import make_clinic

NAME = "Hydroxyprogesteronecaproatumestradiolibenzo"[:42]
ARABIC = "باراسيتاموليكافيينيكوديينيبوبروفينيديكلوفين"[:42]
BODY = f"""Take 5 mg of {NAME}.

### {NAME.upper()}

- {NAME}
  - {NAME} and `{NAME}`

1. {NAME}

| {NAME} | Dose |
| --- | --- |
| {NAME} | 5 mg |

::: emergency
You took {NAME}. Call {"0" * 42}.
:::

[{NAME}](https://example.org/{NAME}{NAME})
"""
SIDEWAYS = "document.scrollingElement.scrollWidth - document.documentElement.clientWidth"
# What is cut off inside its own box, though no scroll bar tells of it; tables scroll in boxes made for it.
CUT = """() => [...document.querySelectorAll("main *, header *, footer *")]
  .filter((one) => one.checkVisibility() && !one.closest(".unseen, .bait, .wide, textarea, input, pre"))
  .filter((one) => {
    const box = one.getBoundingClientRect();
    return box.width && (box.right > innerWidth + 1 || box.left < -1);
  })
  .map((one) => one.outerHTML.slice(0, 120))"""


@pytest.fixture
def addresses(without_gate, transactional_db):
    """Every page that patients meet, each with long names in all that people can write."""
    make_clinic(
        name=NAME,
        crisis_lines=f"{NAME}: 116 123",
        address=f"1 {NAME}\n{NAME}",
        out_of_hours=f"{NAME} 111",
        reporting_name=NAME,
        email=f"{NAME}@{NAME}.example".lower(),
        disclaimer=NAME,
    )
    make_medicine(NAME, drug_class=NAME)
    add_names(make_medicine(NAME), by=None, names=[(f"Brand{NAME}"[:42], NameKind.BRAND)])
    facts = (f"{NAME} with food.", NAME, "Keep it away from children.")
    publication = make_published(make_leaflet(NAME, dosage=BODY, key_facts=facts), change_note=NAME)
    slug = publication.leaflet.slug
    asked = make_comment(publication, body=f"{NAME} or {NAME}", name=NAME[::-1], shown=True)
    make_comment(publication, body=NAME, name=NAME[::-1], parent=asked, shown=True)
    newer = make_published(
        change_leaflet(publication.leaflet, dosage=f"{BODY}\n{NAME}", key_facts=facts), change_note=NAME
    )
    gone = make_published(make_leaflet(f"Gone{NAME}"[:42])).leaflet
    withdraw(gone, by=make_person("priya"), notice=BODY, why="Wrong dose.")
    arabic = make_published(
        make_leaflet("Arabicol", language="ar", title=ARABIC, dosage=f"خذ {ARABIC} {NAME}.")
    ).leaflet
    check = ask(newer.revision, by=make_person("ana"), expert=NAME, question=NAME)
    return (
        ("/", 200),
        ("/a-z/", 200),
        (f"/a-z/{NAME[0].lower()}/", 200),
        (f"/search/?q={NAME}", 200),
        (f"/search/?q={NAME[::-1]}", 200),
        (f"/search/?q={NAME[:-2]}xy", 200),
        (f"/search/?q={ARABIC}", 200),
        (f"/leaflets/{slug}/", 200),
        (f"/leaflets/{slug}/?answer={asked.pk}", 200),
        (f"/leaflets/{slug}/versions/", 200),
        (f"/leaflets/{slug}/versions/1/", 200),
        (f"/leaflets/{slug}/versions/2/", 200),
        (f"/leaflets/{gone.slug}/", 200),
        (f"/leaflets/{gone.slug}/versions/", 200),
        (f"/leaflets/{gone.slug}/versions/1/", 200),
        (f"/leaflets/{arabic.slug}/", 200),
        (f"/fact-check/{token_of(check)}/", 200),
        (f"/leaflets/{NAME[::-1]}/", 404),
        (f"/{NAME[::-1]}", 404),
    )


def hold(page, address, size):
    if size == "large":
        page.evaluate("() => { document.documentElement.dataset.textSize = 'large'; }")
    assert page.evaluate(SIDEWAYS) <= 0, f"{address} scrolls sideways in {size} text"
    assert page.evaluate(CUT) == [], f"{address} is cut in {size} text"


def test_long_names_scroll_nothing_sideways_on_any_public_page(addresses, live_server, new_page):
    page = new_page(viewport={"width": 320, "height": 640})
    for address, status in addresses:
        answer = page.goto(live_server.url + address)
        assert answer.status == status, address
        for size in ("usual", "large"):
            hold(page, address, size)
    page.faults[:] = [fault for fault in page.faults if "404" not in fault]


def test_reply_that_is_not_taken_scrolls_nothing_sideways(addresses, live_server, new_page):
    page = new_page(viewport={"width": 320, "height": 640}, java_script_enabled=False)
    [slug] = [address for address, _status in addresses if address.endswith("/versions/2/")]
    page.goto(live_server.url + slug.removesuffix("versions/2/"))
    page.fill("#reply-body", " ")
    page.fill("#reply-name", NAME)
    page.get_by_role("button", name="Send").click()
    expect(page.locator("h1")).to_contain_text("not sent")
    for size in ("usual", "large"):
        hold(page, "the reply", size)


def test_small_words_of_buttons_and_tables_are_not_broken_for_it(addresses, live_server, new_page):
    """Breaking anywhere is for names that fit nowhere; a button, a head or a dose is never broken inside."""
    page = new_page(viewport={"width": 320, "height": 640})
    for address in ("/", "/a-z/", addresses[7][0]):
        page.goto(live_server.url + address)
        assert page.locator("body").evaluate(BROKEN, 14) == [], address


def test_tables_show_all_their_columns_on_a_telephone(without_gate, live_server, new_page):
    """At the edge of a box that scrolls, 400 mg would be cut to 40, or to 00 mg where one reads from the right."""
    page = new_page(viewport={"width": 320, "height": 640})
    part = SectionContent(
        "tables", "other", "Tables", "\n\n".join([*tables(), "| Age | Dose |\n| --- | --- |\n| Child | 200 mg |"])
    )
    leaflet = make_published(make_leaflet(sections=(*make_content().sections, part))).leaflet
    page.goto(f"{live_server.url}/leaflets/{leaflet.slug}/")
    scrolling = "all => all.filter((one) => one.scrollWidth > one.clientWidth + 1).map((one) => one.innerHTML)"
    for size in ("usual", "large"):
        hold(page, "the tables", size)
        assert page.locator(".wide").evaluate_all(scrolling) == [], size
        assert page.locator(".part").last.evaluate(BROKEN, 12) == [], size
    last = page.locator(".part table").last
    assert last.evaluate("table => getComputedStyle(table).display") == "table"
    wide = page.locator(".over-paper").first
    first = wide.locator("td").first
    head = first.get_attribute("data-head")
    assert head.rstrip(": ") == " ".join(wide.locator("th").first.inner_text().split())
    assert first.evaluate("cell => getComputedStyle(cell, '::before').content") == f'"{head}"'

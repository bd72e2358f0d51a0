"""What staff see of a leaflet reads letter for letter as patients read it: Django's admin sets some of its words in
capitals, and a capital µ is drawn like an M."""

import pytest
from playwright.sync_api import Locator, expect

from monographs.publication.actions import withdraw
from monographs.review.fact_check import ask
from monographs.review.models import Decision
from tests.admin.forms import change_url, place_of
from tests.makers import change_leaflet, make_comment, make_leaflet, make_medicine, make_published, make_review
from tests.people import make_person
from tests.reading.parts import make_clinic

DOSAGE = """Take **5 microgram**, never 5 mg.

| Age | Dose (µg) | ßeta and pH |
| --- | --- | --- |
| Adult | 5 µg | 7 |

- Do not take it if you:
  - are pregnant
- Drink water.

1. Sit.
2. Stand.

### Over 75 (µg)

::: emergency
You took more than 10 tablets.
:::
"""
HEADER = """one => [...one.children].filter((part) => part.matches(".eyebrow, h1, .title, .brands, .class"))
  .map((part) => part.innerText)"""
CAPITALS = """() => [...document.querySelectorAll("body *")]
  .flatMap((one) => [one, ...(one.shadowRoot?.querySelectorAll("*") ?? [])])
  .filter((one) => [null, "::before", "::after"].some((part) => {
    const style = getComputedStyle(one, part);
    return style.textTransform !== "none" || style.fontVariantCaps !== "normal";
  }))
  .map((one) => one.outerHTML.slice(0, 100))"""


def words_shown(place: Locator) -> str:
    return place.evaluate("one => one.innerText").strip()


def body_shown(article: Locator) -> list[str]:
    """The words of the page's compiled body: key facts, parts, sources."""
    return article.locator(".key-facts, .part, .sources").evaluate_all("all => all.map((one) => one.innerText)")


@pytest.fixture
def pages(without_gate, live_server, page, let_in):
    """The public page of a leaflet, and the same text in review under another name; staff are logged in."""
    make_clinic()
    medicine = make_medicine("Levothyroxine µ", drug_class="ßeta µ")
    medicine.names.create(name="Eltroxin µ", kind="brand")
    leaflet = make_published(make_leaflet("Levothyroxine µ", dosage=DOSAGE, title="Levothyroxine 25 µg")).leaflet
    let_in(page, make_person("chief", is_superuser=True))
    return leaflet, page


def test_review_and_remarks_and_the_draft_preview_read_as_the_public_page(pages, live_server):
    leaflet, page = pages
    page.goto(f"{live_server.url}/leaflets/{leaflet.slug}/")
    public = body_shown(page.locator("article.leaflet"))
    title = page.locator("article.leaflet > header").evaluate(HEADER)
    assert any("Dose (µg)" in words for words in public)
    page.goto(f"{live_server.url}/admin/leaflets/{leaflet.pk}/preview/")
    assert body_shown(page.locator("article.leaflet")) == public
    review = make_review(
        change_leaflet(leaflet, dosage=DOSAGE.replace("10 tablets", "12 tablets"), title=leaflet.title)
    )
    now = [words.replace("10 tablets", "12 tablets") for words in public]
    for screen in ("review", "remarks"):
        page.goto(f"{live_server.url}/admin/leaflets/{review.leaflet_id}/{screen}/")
        article = page.locator("article.as-patients-see")
        assert body_shown(article) == now, screen
        heading = article.evaluate(HEADER)
        assert heading == title, screen


def test_editor_preview_reads_as_the_public_page(pages, live_server):
    leaflet, page = pages
    page.goto(f"{live_server.url}/leaflets/{leaflet.slug}/")
    part = page.locator("section.part:has(#part-dosage)")
    part.locator(".rests-on").evaluate("one => one.remove()")  # in the editor sources have fields of their own
    heading, words = words_shown(part).split("\n", 1)
    page.goto(live_server.url + change_url(leaflet))
    field = page.locator(f"#id_sections-{place_of(leaflet, 'dosage')}-body")
    field.scroll_into_view_if_needed()
    paper = field.locator("xpath=ancestor::div[contains(@class, 'markdownx')]").last.locator(".paper")
    expect(paper).to_contain_text("You took more than 10 tablets.")
    assert words_shown(paper) == words.strip()


def test_no_staff_page_sets_anything_in_capitals(pages, live_server):
    leaflet, page = pages
    make_comment(leaflet.publications.get(), body="Is 5 µg right?")
    review = make_review(change_leaflet(leaflet, dosage="Take 6 µg once a day."))
    signed = Decision.objects.filter(outcome="approved").first()
    ask(review.revision, by=make_person("ana"), expert="Dr µ", question="5 µg?")
    draft = make_leaflet("Draftamol µ", dosage=DOSAGE)
    gone = make_published(make_leaflet("Gonamol µ")).leaflet
    withdraw(gone, by=make_person("priya"), notice="Ask us about 5 µg first.", why="Wrong.")
    of, models = f"/admin/leaflets/{review.leaflet_id}", "/admin/monographs"
    for address in (
        "/admin/",
        "/admin/login/",
        "/admin/replies/",
        *(f"{models}/{kind}/" for kind in ("leaflet", "medicine", "entry", "staffmember", "checklistitem")),
        f"{models}/leaflet/{draft.pk}/change/",
        f"{models}/leaflet/{draft.pk}/delete/",
        f"{models}/leaflet/add/",
        f"{models}/medicine/{leaflet.medicine_id}/change/",
        f"{models}/clinic/1/change/",
        *(f"{of}/{screen}/" for screen in ("review", "remarks", "fact-checks", "history", "preview", "withdraw")),
        f"{of}/compare/?old=1&new=2",
        f"{of}/decisions/{signed.pk}/certificate/",
        f"/admin/leaflets/{draft.pk}/submit/",
        f"/admin/leaflets/{gone.pk}/history/",
    ):
        answer = page.goto(live_server.url + address)
        assert answer.status < 500, address
        assert page.evaluate(CAPITALS) == [], address

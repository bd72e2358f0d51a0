"""The main pages on a small and on a wide screen: nothing runs off sideways, one heading says what the page is, and
whoever goes by the Tab key always sees where they are."""

import datetime as dt

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from monographs.medicines.models import Medicine
from monographs.publication.actions import publish, withdraw
from monographs.publication.recalls import send_back
from monographs.review.fact_check import ask, token_of
from monographs.review.models import Decision
from monographs.review.remarks import add_remark
from tests.makers import change_leaflet, make_approved, make_comment, make_leaflet, make_published, make_review
from tests.people import make_person
from tests.reading.parts import make_clinic

LONG = "Pneumonoultramicroscopicsilicovolcanoconiosis" * 2
SMALL = {"width": 320, "height": 640}  # what is left of 1280 pixels at 400 % zoom (WCAG 2.2, 1.4.10)
WIDE = {"width": 1280, "height": 900}
STOPS = 25  # how many stops of the Tab key are looked at on each page
PARTS_OF_A_FIELD = 6  # a date and time has a stop for each of its parts
SIDEWAYS = "document.scrollingElement.scrollWidth - innerWidth"

# Where the focus is: its markup; whether it is on the screen and not under something that stays put there (WCAG 2.2,
# 2.4.11); whether a ring shows it (2.4.7); whether it has not moved since this was asked last.
FOCUS = """() => {
  let one = document.activeElement;
  while (one?.shadowRoot?.activeElement) one = one.shadowRoot.activeElement;
  if (!one || one === document.body) return null;
  const box = one.getBoundingClientRect(), style = getComputedStyle(one);
  const left = Math.max(box.left, 0), right = Math.min(box.right, innerWidth);
  const top = Math.max(box.top, 0), bottom = Math.min(box.bottom, innerHeight);
  const isCovered = (y) => {
    for (let on = document.elementFromPoint((left + right) / 2, y); on && !on.contains(one); on = on.parentElement)
      if (["sticky", "fixed"].includes(getComputedStyle(on).position)) return true;
    return false;
  };
  const hasStayed = window.lastStop === one;
  window.lastStop = one;
  return {
    markup: one.outerHTML.slice(0, 120),
    isSeen: right > left && bottom > top && ![top + 1, (top + bottom) / 2, bottom - 1].every(isCovered),
    hasRing: (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2) || style.boxShadow !== "none",
    hasStayed,
  };
}"""
LEVELS = """() => [...document.querySelectorAll("h1, h2, h3, h4, h5, h6")]
  .filter((one) => one.checkVisibility()).map((one) => Number(one.localName[1]))"""


def look_at(page: Page, address: str, status: int = 200) -> None:
    """Open a page and hold it to what this module promises."""
    assert page.goto(address).status == status, address
    assert page.evaluate(SIDEWAYS) <= 0, f"{address} runs off sideways"
    levels = page.evaluate(LEVELS)
    assert levels.count(1) == 1, f"{address} has {levels.count(1)} headings of the first level"
    skipped = [pair for pair in zip(levels, levels[1:], strict=False) if pair[1] > pair[0] + 1]
    assert not skipped, f"{address} skips levels of headings: {skipped}"
    walk(page, address)
    assert page.evaluate(SIDEWAYS) <= 0, f"{address} runs off sideways after a walk with the Tab key"


def walk(page: Page, address: str) -> None:
    """The first stops of the Tab key: each can be seen, has a ring, and lets go."""
    page.evaluate("document.activeElement.blur()")
    stayed = 0
    for _stop in range(STOPS):
        page.keyboard.press("Tab")
        focus = page.evaluate(FOCUS)
        if focus is None:
            return  # past the last one
        assert focus["isSeen"], f"{address}: the focus is out of sight on {focus['markup']}"
        assert focus["hasRing"], f"{address}: nothing shows the focus on {focus['markup']}"
        stayed = stayed + 1 if focus["hasStayed"] else 0
        assert stayed < PARTS_OF_A_FIELD, f"{address}: the Tab key does not leave {focus['markup']}"


@pytest.mark.parametrize("viewport", [SMALL, WIDE], ids=["320", "1280"])
def test_patients_pages_fit_have_one_heading_and_show_the_focus(live_server, new_page, viewport):
    make_clinic(crisis_lines="Listeners: 116 123", address="1 Mill Lane\nAnytown", reporting_name="Yellow Card")
    table = f"| {LONG} | Dose |\n| --- | --- |\n| 12 | 5mg |"
    publication = make_published(dosage=f"Take 5mg once a day. {LONG}\n\n{table}")
    make_comment(publication, body=LONG, name="Dario", shown=True)
    make_published(change_leaflet(publication.leaflet, dosage="Take 6mg once a day."), change_note=LONG)
    arabic = make_published(make_leaflet("Arabicol", language="ar", dosage=f"خذ 5mg مرة في اليوم. {LONG}")).leaflet
    gone = make_published(make_leaflet("Gonamol")).leaflet
    withdraw(gone, by=make_person("priya"), notice=f"Ask us first. {LONG}", why="Wrong dose.")
    check = ask(publication.revision, by=make_person("ana"), expert="Dr Expert", question=LONG)
    site, page = live_server.url, new_page(viewport=viewport)
    for address in (
        "/",
        "/a-z/",
        "/search/?q=testamol",
        "/search/?q=nothing-of-the-kind",
        "/leaflets/testamol/",
        "/leaflets/testamol/versions/",
        "/leaflets/testamol/versions/1/",
        f"/leaflets/{arabic.slug}/",
        f"/leaflets/{gone.slug}/",
        f"/fact-check/{token_of(check)}/",
    ):
        look_at(page, f"{site}{address}")
    page.goto(f"{site}/leaflets/testamol/")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("#main")).to_be_focused()


@pytest.mark.parametrize("viewport", [SMALL, WIDE], ids=["320", "1280"])
def test_staff_pages_fit_have_one_heading_and_show_the_focus(live_server, new_page, let_in, viewport):
    bruno, priya = make_person("bruno"), make_person("priya")
    shown = make_published(dosage="Take 5mg once a day.")
    make_comment(shown, body=LONG)
    review = make_review(change_leaflet(shown.leaflet, dosage=f"Take 50mg once a day. {LONG}"))
    add_remark(review.revision, by=bruno, body=LONG, is_blocking=True)
    ready = make_approved(make_leaflet("Readymol"))
    due = timezone.now() + dt.timedelta(days=3)
    later = publish(make_approved(make_leaflet("Latermol")), by=priya, change_note="First.", effective_from=due)
    draft = make_leaflet("Draftamol", dosage=f"Take .5mg or 10 mcg. {LONG}")
    back = make_review(make_leaflet("Backamol"))
    send_back(back, by=bruno, reason=LONG)
    signed = Decision.objects.filter(outcome="approved", review__leaflet=shown.leaflet).get()
    of = f"{live_server.url}/admin/leaflets"
    models = f"{live_server.url}/admin/monographs"
    page = new_page(viewport=viewport)
    look_at(page, f"{live_server.url}/admin/login/")
    let_in(page, make_person("chief", is_superuser=True))
    for address in (
        f"{live_server.url}/admin/",
        f"{live_server.url}/admin/replies/",
        f"{models}/leaflet/",
        f"{models}/leaflet/{draft.pk}/change/",
        f"{models}/leaflet/{back.leaflet_id}/change/",
        f"{models}/entry/",
        f"{models}/staffmember/{bruno.pk}/change/",
        f"{models}/clinic/1/change/",
        f"{models}/medicine/{Medicine.objects.get(name='Testamol').pk}/change/",
        f"{of}/{draft.pk}/submit/",
        f"{of}/{review.leaflet_id}/review/",
        f"{of}/{review.leaflet_id}/remarks/",
        f"{of}/{review.leaflet_id}/fact-checks/",
        f"{of}/{review.leaflet_id}/history/",
        f"{of}/{review.leaflet_id}/compare/?old=1&new=2",
        f"{of}/{ready.leaflet_id}/publish/",
        f"{of}/{later.leaflet_id}/cancel-release/",
        f"{of}/{shown.leaflet_id}/withdraw/",
        f"{of}/{shown.leaflet_id}/decisions/{signed.pk}/certificate/",
    ):
        look_at(page, address)
    look_at(page, f"{of}/{draft.pk}/publish/", status=409)

"""The steps of the whole way, as people take them in a browser. `test_story.py` tells the story with them."""

import datetime as dt
import re

from django.utils import timezone
from playwright.sync_api import Page, expect

from tests.people import PASSWORD

SECTIONS = {
    "what_it_is": "It is a medicine for stiff muscles.",
    "uses": "It eases stiff muscles.",
    "before_taking": "Tell your doctor if you have epilepsy or kidney disease.",
    "interactions": "Tell your pharmacist about your other medicines.",
    "pregnancy": "Ask your midwife or doctor first.",
    "dosage": "Your doctor sets the dose.",
    "overdose": "::: emergency\nYou took too much.\n:::",
    "side_effects": "You may feel sleepy.",
    "storage": "Keep it in its box, away from children.",
}
ORDER = ("introduction", "what_it_is", "uses", "before_taking", "avoid", "interactions", "pregnancy", "dosage",
         "missed_dose", "overdose", "stopping", "side_effects", "storage", "more", "other")  # fmt: skip


def open_leaflet(page: Page, site: str, title: str) -> None:
    """From the desk to the leaflet's form, by the list."""
    page.goto(f"{site}/admin/monographs/leaflet/")
    page.get_by_role("link", name=title, exact=True).first.click()
    expect(page.locator("#id_title")).to_be_visible()
    page.wait_for_load_state()  # its rows are counted next, and a long form comes in parts


def complete_leaflet(page: Page) -> None:
    """Give an imported draft all that it lacks, row by row, and save."""
    page.fill("#id_key_facts", "Do not stop suddenly.\nIt may make you sleepy.\nKeep it away from children.")
    page.fill("#id_next_review_on", (timezone.localdate() + dt.timedelta(days=365)).isoformat())
    there = kinds_of_rows(page).values()
    for kind, text in SECTIONS.items():
        if kind not in there:
            add_section(page, kind, text)
    kinds = {row: kind for row, kind in kinds_of_rows(page).items() if kind}
    for place, row in enumerate(sorted(kinds, key=lambda row: ORDER.index(kinds[row])), 1):
        page.fill(f"[name='{row}-position']", str(place))
    page.fill("#id_sources-0-citation", "British National Formulary")
    save(page)


def kinds_of_rows(page: Page) -> dict[str, str]:
    """Which kind each row of a section has been given, in their order, by the first part of the names of its fields.

    All are asked for at once: a row each is hundreds of questions to the browser.
    """
    pairs = page.locator("select[name^='sections-'][name$='-kind']").evaluate_all(
        "all => all.map(one => [one.name, one.value])"
    )
    return {name.removesuffix("-kind"): kind for name, kind in pairs if "__prefix__" not in name}


def add_section(page: Page, kind: str, text: str) -> None:
    """A new row, and its editor's live preview, which must start in a row that was added just now."""
    empty = [row for row, taken in kinds_of_rows(page).items() if not taken]
    if not empty:
        page.get_by_role("button", name=re.compile("Add another Section", re.IGNORECASE)).click()
        add_section(page, kind, text)
        return
    row = empty[0]
    page.select_option(f"[name='{row}-kind']", kind)
    page.fill(f"[name='{row}-body']", text)
    words = text.split("\n")[1] if text.startswith(":::") else text
    expect(page.locator(f"#{row}").get_by_text(words).last).to_be_visible()


def save(page: Page) -> None:
    """Press Save and stay on the form: it comes anew, whatever the last one said."""
    with page.expect_navigation():
        page.locator("[name=_save]").first.click()
    expect(page.locator(".messagelist .success, .messagelist .info").first).to_be_visible()


def submit_for_review(page: Page) -> None:
    page.get_by_role("link", name="Send for review").first.click()
    page.get_by_role("button", name="Send for review").click()
    expect(page.locator(".messagelist .success").first).to_be_visible()


def approve(page: Page) -> None:
    """Tick the whole checklist and sign."""
    for box in page.locator("[name=ticked]").all():
        box.check()
    page.fill("#id_password", PASSWORD)
    page.get_by_role("button", name="Approve and sign").click()
    expect(page.locator(".messagelist .success").first).to_contain_text("approved")


def publish(page: Page, site: str, pk: int, note: str) -> None:
    page.goto(f"{site}/admin/leaflets/{pk}/publish/")
    page.fill("#id_change_note", note)
    page.get_by_role("button", name="Publish", exact=True).click()
    expect(page.locator(".messagelist .success").first).to_be_visible()

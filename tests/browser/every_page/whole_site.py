"""A site with something of every kind on it, and the way to every page that it has for readers.

Made once for a file of tests, which then look and do not write; `test_axe.py` asks whether a page is missing here.
"""

import dataclasses
from collections.abc import Callable

from django.template.loader import render_to_string
from playwright.sync_api import Page, expect

from monographs.comments.crisis.playbook import open_reply
from monographs.comments.deciding.actions import answer
from monographs.comments.objections.reports import report
from monographs.comments.sender.consent import WORDINGS, Contact, keep_contact
from monographs.comments.sender.secret import confirmation_of, secret_of
from monographs.leaflets.content import SourceContent
from monographs.mail.unsubscribing import ABOUT_REPLIES
from monographs.mail.unsubscribing import token_of as unsubscribe_token
from monographs.medicines.actions import add_names
from monographs.medicines.models import Medicine
from monographs.publication.actions import withdraw
from monographs.publication.models import Publication
from monographs.review.fact_check import ask, token_of
from monographs.trouble import sentence_about
from tests.makers import change_leaflet, make_comment, make_content, make_medicine, make_published
from tests.makers_alerts import make_approved_alert
from tests.makers_desk import CRY
from tests.people import make_person
from tests.reading.parts import make_clinic
from tests.translations.translating import make_translation

GTIN = "05012345678900"
BARE_GTIN = "05012345678917"
TEXTS = {
    "before_taking": "Do not drink alcohol. Ask [the formulary](https://bnf.nice.org.uk/) first.",
    "interactions": "Ask before you take Silentamol as well.",
    "side_effects": "### May affect up to 1 in 10 people\n\n- a rash\n\n"
    "### May affect up to 1 in 1,000 people\n\n- a fall",
    "overdose": "::: emergency\nYou took too much, or cannot breathe.\n:::\n\n::: today\nYou feel ill.\n:::\n\n"
    "::: tell\nYou are pregnant.\n:::",
}
DOSAGE = "Take {} once a day.\n\n| Age | Dose | How often |\n| --- | --- | --- |\n| Adult | 5 mg | once |\n\n1. Sit."
EASY = "![](symbol:clock) Take 5mg at 8.\n\n- ![](symbol:food) Take it with food.\n- ![](symbol:water) Drink water."
ARABIC = "خذ 5 mg مرة في اليوم. لا تأخذ أكثر من 10 mg."
URDU = "روزانہ 5 mg لیں۔"
SOURCES = (
    SourceContent("Formulary", "https://bnf.nice.org.uk/", "2026-10-01", ("dosage", "side_effects")),
    SourceContent("The clinic's own list"),
)


@dataclasses.dataclass(frozen=True)
class WholeSite:
    """Where it is served, and by which words the addresses of `PAGES` are completed."""

    url: str
    words: dict[str, object]

    def address(self, template: str) -> str:
        return self.url + template.format(**self.words)


PAGES = {
    "home": ["/", "/ar/", "/ur/"],
    "a-z": ["/a-z/", "/ar/a-z/", "/ur/a-z/"],
    "a-z-page": ["/a-z/all/2/"],
    "a-z-letter": ["/a-z/t/", "/a-z/q/", "/ar/a-z/t/"],
    "a-z-letter-page": ["/a-z/t/2/"],
    "search": [
        "/search/",
        "/search/?q=testamol",
        "/search/?q=testomol",
        "/search/?q=nothing-of-the-kind",
        "/search/?q=may+I+drink+alcohol+with+testamol",
        "/search/?q=sleepy",
        "/search/?q=baremol",
        "/search/?q=I+took+too+much",
        "/search/?q=testamol+with+silentamol",
        "/search/?q=silentamol+and+gonamol",
        "/ar/search/?q=testamol",
        "/ar/search/?q=nothing-of-the-kind",
        "/ur/search/?q=testamol",
    ],
    "leaflet-read": [
        "/leaflets/testamol/",
        "/leaflets/testamol/?answer={reply}",
        "/leaflets/testamol-easy-read/",
        "/leaflets/testamol-ar/",
        "/leaflets/testamol-ur/",
        "/leaflets/testamol-es/",
        "/leaflets/gonamol/",
    ],
    "leaflet-elsewhere": ["/ar/leaflets/testamol/", "/ur/leaflets/testamol/"],
    "leaflet-versions": ["/leaflets/testamol/versions/", "/leaflets/gonamol/versions/"],
    "leaflet-versions-page": ["/leaflets/testamol/versions/all/2/"],
    "leaflet-version": [
        "/leaflets/testamol/versions/1/",
        "/leaflets/testamol/versions/3/",
        "/leaflets/gonamol/versions/1/",
    ],
    "leaflet-version-changes": ["/leaflets/testamol/versions/1/changes/", "/leaflets/gonamol/versions/1/changes/"],
    "leaflet-changes": ["/leaflets/testamol/changes/"],
    "leaflet-beside": ["/leaflets/testamol-es/beside/testamol/", "/leaflets/testamol-ar/beside/testamol/"],
    "together": [
        "/together/",
        "/together/?m=testamol&m=silentamol&m=baremol&m=testomol",
        "/ar/together/?m=testamol&m=silentamol",
    ],
    "print": ["/print/", "/print/?m=testamol&m=gonamol&m=no-such-leaflet"],
    "alerts": ["/alerts/", "/ar/alerts/", "/ur/alerts/"],
    "alert": ["/alerts/{alert}/"],
    "pack": ["/01/{bare_pack}", "/01/05012345678901", "/01/no-number"],
    "leaflet-older-replies": ["/leaflets/testamol/replies/before/{last_reply}/"],
    "leaflet-reply-sent": ["/leaflets/testamol/reply/sent/", "/leaflets/testamol-ar/reply/sent/"],
    "leaflet-reply-help": ["/leaflets/testamol/reply/help/", "/leaflets/testamol-ur/reply/help/"],
    "leaflet-reply-erased": ["/leaflets/testamol/reply/erased/"],
    "own-reply": ["/replies/{own}/", "/replies/{own_shown}/", "/replies/{own_cry}/"],
    "reply-sent": ["/replies/{own}/sent/", "/replies/{own_cry}/sent/"],
    "own-reply-edit": ["/replies/{own}/edit/"],
    "confirm-address": ["/replies/confirm/{writer}/{confirmation}/"],
    "leaflet-reply-report": ["/leaflets/testamol/replies/{reply}/report/"],
    "report-told": ["/reports/{report}/"],
    "fact-check": ["/fact-check/{fact_check}/"],
    "unsubscribe": ["/unsubscribe/{unsubscribe}/"],
    "": ["/leaflets/testomol/", "/nothing", "/ar/nothing/"],
}
"""By the names of addresses (``reading.urls``; "" is none): where each kind of page is met."""

NO_PAGES = {
    "suggestions", "leaflet-reply", "leaflet-reply-place", "leaflet-pdf", "leaflet-large-print", "leaflet-text",
    "leaflet-epub", "leaflet-beside-pdf", "leaflet-version-pdf", "leaflet-version-large-print", "leaflet-version-code",
    "leaflet-version-text", "leaflet-version-epub", "print-pdf", "image", "alerts-feed", "symbol", "feed",
    "medicine-feed", "sitemap", "sitemap-part", "robots",
}  # fmt: skip
"""Addresses of files, of data and of what only leads on; what a form leads to is in `STEPS`."""


def _reply_form(page: Page, site: WholeSite, body: str, slug: str = "testamol") -> None:
    page.goto(f"{site.url}/leaflets/{slug}/")
    page.fill("#reply-body", body)
    page.locator(".leave-a-reply form > button").click()


def _refused(page: Page, site: WholeSite) -> None:
    _reply_form(page, site, " ")
    expect(page.get_by_role("alert")).to_be_visible()


def _refused_in_arabic(page: Page, site: WholeSite) -> None:
    _reply_form(page, site, " ", "testamol-ar")
    expect(page.get_by_role("alert")).to_be_visible()


def _cry_refused(page: Page, site: WholeSite) -> None:
    page.goto(f"{site.url}/leaflets/testamol/")
    page.fill("#reply-email", "no address")
    page.fill("#reply-body", CRY)
    page.locator(".leave-a-reply form > button").click()
    expect(page.locator(".help-now")).to_be_visible()


def _before_sending(page: Page, site: WholeSite) -> None:
    _reply_form(page, site, "May I drink alcohol? Ring me: 07400 123456")
    expect(page.get_by_role("heading", level=1)).to_have_text("Before you send")


def _edit_refused(page: Page, site: WholeSite) -> None:
    page.goto(site.address("/replies/{own}/edit/"))
    page.fill("#reply-body", " ")
    page.locator("main form button").click()
    expect(page.get_by_role("alert")).to_be_visible()


def _report_refused(page: Page, site: WholeSite) -> None:
    page.goto(site.address("/leaflets/testamol/replies/{reply}/report/"))
    page.evaluate("document.querySelector('main form').noValidate = true")  # as a browser that does not look itself
    page.locator("main form button").click()
    expect(page.get_by_role("alert")).to_be_visible()


def _contents_unfolded(page: Page, site: WholeSite) -> None:
    page.goto(f"{site.url}/leaflets/testamol/")
    page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")


def _own_acts_unfolded(page: Page, site: WholeSite) -> None:
    page.goto(site.address("/replies/{own}/"))
    page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")


def _suggestions(page: Page, site: WholeSite) -> None:
    page.goto(site.url)
    page.get_by_role("combobox").press_sequentially("te")
    expect(page.get_by_role("option").first).to_be_visible()
    page.keyboard.press("ArrowDown")
    expect(page.locator("[role=option][aria-selected=true]")).to_be_visible()


def _without_a_database(template: str) -> Callable[[Page, WholeSite], None]:
    """A page that is shown when something is wrong, answered as if it were."""

    def show(page: Page, site: WholeSite) -> None:
        sentence = sentence_about(None)
        html = render_to_string(template, {"sentence": sentence, "is_staff_page": False})
        page.route("**/wrong", lambda route: route.fulfill(body=html, content_type="text/html"))
        page.goto(f"{site.url}/wrong")

    return show


STAFF_PAGES = [
    "/admin/",
    "/admin/replies/",
    "/admin/replies/?state=approved",
    "/admin/replies/{waiting}/",
    "/admin/replies/{reply}/",
    "/admin/replies/{cry}/crisis/",
    "/admin/replies/{opened_cry}/crisis/",
    "/admin/replies/{waiting}/answer/",
    "/admin/replies/{waiting}/redact/",
    "/admin/replies/{waiting}/change-request/",
    "/admin/replies/{last_reply}/reports/",
    "/admin/replies/figures/",
    "/admin/replies/rules/",
    "/admin/replies/letters/",
    "/admin/replies/unanswered/",
]
"""What a moderator works with."""

STEPS: dict[str, Callable[[Page, WholeSite], None]] = {
    "a reply that is refused": _refused,
    "an Arabic reply that is refused": _refused_in_arabic,
    "a cry for help that is refused": _cry_refused,
    "before sending": _before_sending,
    "a change that is refused": _edit_refused,
    "a report that is refused": _report_refused,
    "contents unfolded": _contents_unfolded,
    "own acts unfolded": _own_acts_unfolded,
    "names to choose from": _suggestions,
    **{
        name: _without_a_database(name)
        for name in ("400.html", "403.html", "405.html", "500.html", "503.html", "refused.html")
    },
}
"""Pages that one comes to by doing something."""


def make_whole_site() -> dict[str, object]:
    """Make it; the words by which addresses are completed. Lists go on after `ON_A_PAGE`."""
    make_clinic(
        crisis_lines="Listeners: 116 123",
        address="1 Mill Lane\nAnytown",
        email="hello@clinic.example",
        opening_hours="Mon-Fri 09:00-17:00",
        staffed_hours="Mon-Fri 09:00-17:00",
        out_of_hours="Call 111.",
        reporting_name="Yellow Card",
        reporting_url="https://yellowcard.mhra.gov.uk/",
        disclaimer="This leaflet does not replace advice.",
    )
    shown = _leaflets()
    check = ask(shown.revision, by=make_person("ana"), expert="Dr Expert", question="Is it so?")
    alert = make_approved_alert()
    make_approved_alert(is_for_all=True, severity="notice")
    return {"alert": alert.pk, "bare_pack": BARE_GTIN, "fact_check": token_of(check), **_replies(shown)}


def _content(**fields) -> dict:
    """Sections with something of every kind that a text can have."""
    content = make_content(**fields)
    sections = tuple(dataclasses.replace(one, body=TEXTS.get(one.kind, one.body)) for one in content.sections)
    return {**fields, "sections": sections, "sources": SOURCES}


def _leaflets() -> Publication:
    """Testamol in three versions, four languages and easy read; others for the lists; one that was withdrawn."""
    testamol = make_medicine("Testamol", drug_class="Muscle relaxants")
    Medicine.objects.filter(pk=testamol.pk).update(is_under_additional_monitoring=True)
    names = [("Testabrand", "brand"), ("Tesoral", "brand"), ("Trandol", "brand")]
    add_names(testamol, by=None, names=names, codes=[("GTIN", GTIN)])
    add_names(make_medicine("Baremol"), by=None, codes=[("GTIN", BARE_GTIN)])
    first = make_published(**_content(dosage=DOSAGE.format("5 mg")))
    leaflet = first.leaflet
    spanish = make_translation(first)
    arabic = make_translation(first, language="ar", dosage=ARABIC)
    for one in (spanish, arabic):
        make_published(one)
    make_published(language="ur", title="ٹیسٹامول", dosage=URDU)
    make_published(edition="easy-read", dosage=EASY)
    make_published(change_leaflet(leaflet, **_content(dosage=DOSAGE.format("6 mg"))), change_note="Another dose.")
    newest = make_published(change_leaflet(leaflet, **_content(dosage=DOSAGE.format("7 mg"))), change_note="Corrected.")
    make_published(medicine="Silentamol")
    gone = make_published(medicine="Gonamol").leaflet
    withdraw(gone, by=make_person("priya"), notice="Ask us first.", why="Wrong dose.")
    return newest


def _replies(shown: Publication) -> dict[str, object]:
    """A question with answers, one that waits with an address to write to, a cry for help, a report."""
    question = make_comment(shown, body="May I take it with milk?", name="Dario", shown=True)
    make_comment(shown, body="I do.", parent=question, shown=True)
    answer(question, by=make_person("carla"), body="Yes, you may.")
    last = make_comment(shown, body="Thank you.", shown=True)
    waiting = make_comment(shown, body="Is it for children?")
    keep_contact(waiting, Contact("dario@reader.example", max(WORDINGS)))
    cry = make_comment(shown, body=CRY, labelled=True)
    opened = make_comment(shown, body=f"{CRY} I mean it.", labelled=True)
    open_reply(opened, by=make_person("carla"))
    told = report(last, why="other", words="It is an advertisement.")
    return {
        "reply": question.pk,
        "last_reply": last.pk,
        "own": secret_of(waiting),
        "own_shown": secret_of(question),
        "own_cry": secret_of(cry),
        "cry": cry.pk,
        "opened_cry": opened.pk,
        "waiting": waiting.pk,
        "writer": waiting.pk,
        "confirmation": confirmation_of(waiting, "dario@reader.example"),
        "report": told.key,
        "unsubscribe": unsubscribe_token("dario@reader.example", ABOUT_REPLIES, "en"),
    }

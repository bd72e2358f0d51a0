"""A certificate is one sheet of paper, whatever stands on it, and nothing of the admin is printed with it."""

import re

import pytest
from django.contrib.auth.models import Group

from monographs.clinics.models import Clinic
from monographs.publication.actions import publish, release_in_emergency, withdraw
from monographs.review.models import ApprovalRule, ChecklistItem
from tests.makers import change_leaflet, make_leaflet, make_medicine, make_published, make_review, sign
from tests.people import make_person

LONG = "Gesundheitszentrum-der-Verbandsgemeinde-Nordostoberpfalz und Umgebung "


def pages_of(pdf: bytes) -> int:
    """Chromium's PDF names each page once."""
    return len(re.findall(rb"/Type\s*/Page\b(?!s)", pdf))


def printed(page, address: str) -> bytes:
    """The PDF as the browser's own print dialogue would make it."""
    page.goto(address)
    return page.pdf(prefer_css_page_size=True)


def crowded_publication():
    """Everything as long as the database allows: 12 items, 9 signatures, 20 who wrote, a note for each."""
    Clinic.objects.update_or_create(pk=1, defaults={"name": (LONG * 3)[:200]})
    ChecklistItem.objects.all().delete()
    for number in range(12):
        ChecklistItem.objects.create(text=f"{number} " + ("I have read what the section says on this. " * 6)[:190])
    ApprovalRule.objects.create(approvals=9)
    title = "Paracetamol with codeine and caffeine effervescent tablets " * 3
    leaflet = make_leaflet(title[:180])
    for number in range(20):
        author = make_person(f"author{number}", role="Author", first_name="Maximiliane" * 5, last_name="Oberhuber" * 8)
        author.profession = "Consultant in clinical pharmacology and therapeutics"
        author.save()
        change_leaflet(leaflet, by=author, dosage=f"Take {number + 1}mg once a day.")
    review = make_review(leaflet)
    for number in range(9):
        reader = make_person(
            f"reader{number}", role="Second reader", first_name="Anna-Katharina" * 8, last_name="Wolkenstein" * 7
        )
        reader.profession = ("Consultant in clinical pharmacology and therapeutics " * 2)[:100]
        reader.registration_number = "R" * 60
        reader.save()
        for role in Group.objects.exclude(name="Author"):
            reader.groups.add(role)
        decision = sign(review, by=reader, note="I compared each dose with the formulary. " * 40)
    review.refresh_from_db()
    priya = make_person("priya")
    return decision, publish(review, by=priya, change_note="Everything was written anew, with care. " * 40)


@pytest.fixture
def auditor_page(page, let_in):
    let_in(page, make_person("amir"))
    return page


def test_certificates_of_an_ordinary_leaflet_are_one_sheet_each(live_server, auditor_page):
    publication = make_published()
    decision = publication.review.decisions.get()
    at = f"{live_server.url}/admin/leaflets/{publication.leaflet_id}"
    for address in (
        f"{at}/decisions/{decision.pk}/certificate/",
        f"{at}/publications/{publication.pk}/certificate/",
    ):
        assert pages_of(printed(auditor_page, address)) == 1


def test_the_most_crowded_certificates_are_one_sheet_each(live_server, auditor_page):
    decision, publication = crowded_publication()
    at = f"{live_server.url}/admin/leaflets/{publication.leaflet_id}"
    assert pages_of(printed(auditor_page, f"{at}/decisions/{decision.pk}/certificate/")) == 1
    assert pages_of(printed(auditor_page, f"{at}/publications/{publication.pk}/certificate/")) == 1
    withdrawal = withdraw(
        publication.leaflet, by=make_person("priya"), notice="Ask us about this medicine. " * 100, why="Recall. " * 200
    )
    assert pages_of(printed(auditor_page, f"{at}/publications/{withdrawal.pk}/certificate/")) == 1


def test_the_most_crowded_certificate_is_one_sheet_in_wide_letters(live_server, auditor_page):
    """A computer without any of the usual letters takes others: these are a tenth wider."""
    _decision, publication = crowded_publication()
    auditor_page.goto(
        f"{live_server.url}/admin/leaflets/{publication.leaflet_id}/publications/{publication.pk}/certificate/"
    )
    auditor_page.locator(".certificate").evaluate("it => it.style.fontFamily = '\"DejaVu Sans\", Verdana'")
    assert pages_of(auditor_page.pdf(prefer_css_page_size=True)) == 1


def test_certificate_of_an_emergency_release_is_one_sheet(live_server, auditor_page):
    leaflet = change_leaflet(make_published(make_leaflet(make_medicine("Methadone").name)).leaflet, dosage="Take 6mg.")
    priya = make_person("priya")
    publication = release_in_emergency(leaflet, by=priya, reason="Recall. " * 99, change_note="Dose. " * 99)
    address = f"{live_server.url}/admin/leaflets/{leaflet.pk}/publications/{publication.pk}/certificate/"
    assert pages_of(printed(auditor_page, address)) == 1


def test_only_the_certificate_is_printed_black_on_white(live_server, new_page, let_in):
    publication = make_published()
    page = new_page(color_scheme="dark")
    let_in(page, make_person("amir"))
    page.goto(f"{live_server.url}/admin/leaflets/{publication.leaflet_id}/publications/{publication.pk}/certificate/")
    page.emulate_media(media="print", color_scheme="dark")
    for selector in ("#header", ".breadcrumbs", ".not-printed"):
        assert page.locator(selector).first.is_hidden()
    colours = page.locator(".certificate h1").evaluate("it => getComputedStyle(it).color")
    paper = page.locator("body").evaluate("it => getComputedStyle(it).backgroundColor")
    assert (colours, paper) == ("rgb(0, 0, 0)", "rgb(255, 255, 255)")


def test_certificate_needs_no_sideways_scrolling_at_320_pixels(live_server, new_page, let_in):
    publication = make_published()
    page = new_page(viewport={"width": 320, "height": 800})
    let_in(page, make_person("amir"))
    page.goto(f"{live_server.url}/admin/leaflets/{publication.leaflet_id}/publications/{publication.pk}/certificate/")
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


@pytest.mark.parametrize("paper", ["A4", "Letter"])
def test_an_arabic_certificate_is_one_sheet_of_either_paper(live_server, auditor_page, paper):
    """Letter is shorter than A4; a printer that has no A4 takes the margins of the print dialogue."""
    leaflet = make_leaflet("Testamol", language="ar", title="باراسيتامول مع الكافيين للكبار " * 5)
    publication = make_published(leaflet, change_note="غُيِّرت الجرعة بعد مراجعة المصادر. " * 30)
    decision = publication.review.decisions.get()
    at = f"{live_server.url}/admin/leaflets/{leaflet.pk}"
    for address in (
        f"{at}/decisions/{decision.pk}/certificate/",
        f"{at}/publications/{publication.pk}/certificate/",
    ):
        auditor_page.goto(address)
        margins = dict.fromkeys(("top", "right", "bottom", "left"), "15mm")
        assert pages_of(auditor_page.pdf(format=paper, margin=margins)) == 1


def test_the_most_crowded_certificates_are_one_sheet_of_letter_paper(live_server, auditor_page):
    decision, publication = crowded_publication()
    at = f"{live_server.url}/admin/leaflets/{publication.leaflet_id}"
    for address in (f"{at}/decisions/{decision.pk}/certificate/", f"{at}/publications/{publication.pk}/certificate/"):
        auditor_page.goto(address)
        assert pages_of(auditor_page.pdf(format="Letter")) == 1

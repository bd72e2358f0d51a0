"""Text that comes in by any door is text on every page: nothing in it runs, loads or is sent anywhere."""

import xml.etree.ElementTree as ET

import pytest
from django.test import Client
from django.urls import reverse

from monographs.clinics.actions import change_clinic
from monographs.clinics.models import Clinic, the_clinic
from monographs.clinics.numbers import NUMBER_FIELDS
from monographs.comments.arrival import actions as arrival
from monographs.comments.crisis.playbook import open_reply
from monographs.comments.deciding import actions as comments
from monographs.leaflets.actions import start_leaflet
from monographs.leaflets.content import MedicineContent, SectionContent, SourceContent
from monographs.medicines.actions import add_medicine
from monographs.publication.actions import withdraw
from monographs.publication.models import Publication
from monographs.review.fact_check import answer, ask, token_of
from monographs.review.remarks import add_remark
from monographs.revisions.actions import save_draft
from monographs.text.letters.signs import complaint
from monographs.text.markup.markdown import render, render_line
from tests.faults.markup import ATTEMPTS, alive_in
from tests.makers import make_content, make_published, make_review
from tests.people import make_person

pytestmark = pytest.mark.django_db

SCHEMES = ("javascript:alert(1)", "data:text/html,<script>alert(1)</script>", " java\tscript:alert(1)", "vbscript:x")


@pytest.mark.once  # no database is asked
@pytest.mark.parametrize(
    "page",
    [
        "<p onclick=x>", "<a href=javascript:x>", "<a href=' java\tscript:x'>", "<script>x</script>", "<svg>",
        "<img src=//evil.example/x.png>", "<a href='data:x'>", "<p style='x'>", "<form action=https://evil.example>",
    ],
)  # fmt: skip
def test_the_look_at_pages_sees_what_it_should(page):
    assert alive_in(page)
    assert alive_in("<a href='https://a.example/'>x</a><script src='/static/x.js'></script>") == []


@pytest.mark.once  # no database is asked
@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("attempt", ATTEMPTS)
def test_renderer_lets_nothing_live_through(attempt, language):
    for text in (attempt, f"5 mg {attempt}", f"> - {attempt}", f"### {attempt}", attempt * 3):
        assert alive_in(render(text, language=language)) == []
        assert alive_in(render_line(text, language=language)) == []


def _content(medicine: str, attempt: str):
    every = "\n\n".join(ATTEMPTS)
    line = " ".join(attempt.split())
    usual = make_content(medicine)
    sections = tuple(
        SectionContent(section.key, section.kind, f"{line[:180]}", f"{section.body}\n\n{every}")
        for section in usual.sections
    )
    return {
        "title": f"{line[:150]} {medicine[:40]}",
        "medicine": MedicineContent(medicine, (line[:150],), line[:100], ""),
        "key_facts": (line, f"**{line}**", "Keep it away from children."),
        "sections": sections,
        "sources": (SourceContent(line, "https://a.example/?q=%22%3E<script>alert(1)</script>", "2026-10-01"),),
    }


WORST = ("<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "</textarea></title><script>alert(1)</script>")


def _pages(client: Client, addresses: list[str]) -> None:
    for address in addresses:
        response = client.get(address)
        assert response.status_code in {200, 302, 404}, (address, response.status_code)
        assert alive_in(response.content.decode()) == [], address


@pytest.mark.parametrize("attempt", WORST)
def test_no_page_of_patients_or_staff_runs_what_was_written(attempt, monkeypatch):
    """Everything that takes text holds the attempt; the quality gate, which might refuse it, is put aside."""
    monkeypatch.setattr("monographs.review.actions.blocking", lambda findings: [])
    line = " ".join(attempt.split())
    medicine = add_medicine(f"Testamol {line}"[:150], by=None, drug_class=line, names=((line[:150], "brand"),))
    people = {name: make_person(name) for name in ("ana", "bruno", "carla", "priya")}
    for person in people.values():
        person.first_name, person.profession, person.registration_number = line[:150], line[:100], line[:60]
        person.save()
    leaflet = start_leaflet(medicine, by=people["ana"])
    save_draft(leaflet, make_content(**_content(medicine.name, attempt)), by=people["ana"], why=attempt)
    make_published(leaflet, change_note=attempt)
    reply = arrival.submit(leaflet, body="\n\n".join(ATTEMPTS), name=line[:80])
    waiting = arrival.submit(leaflet, body=attempt, name=line[:80], parent=None)
    open_reply(reply, by=people["carla"])
    comments.approve(reply, by=people["carla"])
    comments.answer(reply, by=people["carla"], body=attempt)
    # Only now: nobody may write under the clinic's name.
    # As they were stored before numbers were checked.
    Clinic.objects.filter(pk=the_clinic().pk).update(**dict.fromkeys(NUMBER_FIELDS, line[:40]))
    clinic = the_clinic()
    for field in ("name", "address", "out_of_hours", "crisis_lines"):
        setattr(clinic, field, line[: clinic._meta.get_field(field).max_length or None])
    clinic.disclaimer = clinic.reporting_name = line
    change_clinic(clinic, by=None)
    other = {**_content(medicine.name, attempt), "key_facts": (f"Other {line}", "b", "c")}
    save_draft(leaflet, make_content(**other), by=people["ana"], why=attempt)
    review = make_review(leaflet)
    add_remark(review.revision, by=people["bruno"], body=attempt)
    check = ask(review.revision, by=people["ana"], expert=line[:200], question=attempt)
    asked = ask(review.revision, by=people["ana"], expert=line[:200], question=attempt)
    answer(check, verdict="remarks", answer=attempt)

    read = f"/leaflets/{leaflet.slug}/"
    links = [f"/fact-check/{token_of(check)}/", f"/fact-check/{token_of(asked)}/"]
    public = [*links, "/", "/a-z/", "/search/", f"/search/?q={line}", f"/{line}/"]
    public += [read, f"{read}?answer={reply.pk}", f"{read}versions/", f"{read}versions/1/"]
    _pages(Client(), public)
    for address in ("/updates.atom", "/sitemap.xml"):
        body = Client().get(address).content.decode()
        assert "<script" not in body
        for element in ET.fromstring(body).iter():  # noqa: S314 - our own page
            if element.get("type") == "html":
                assert alive_in(element.text or "") == []
    refused = Client().post(f"{read}reply/", {"body": attempt, "name": line, "token": line})
    assert alive_in(refused.content.decode()) == []

    staff = Client()
    staff.force_login(make_person("boss", is_superuser=True, first_name=line[:150]))
    views = ("leaflet-review", "leaflet-submit", "leaflet-recall", "leaflet-publish", "leaflet-withdraw",
             "leaflet-emergency", "leaflet-history", "leaflet-preview", "leaflet-remarks",
             "leaflet-fact-checks", "monographs_leaflet_change")  # fmt: skip
    addresses = [reverse(f"admin:{view}", args=[leaflet.pk]) for view in views]
    addresses += [reverse(f"admin:{view}") for view in (
        "index", "reply-queue", "monographs_entry_changelist", "monographs_leaflet_changelist",
        "monographs_comment_changelist", "monographs_medicine_changelist", "monographs_staffmember_changelist",
    )]  # fmt: skip
    addresses += [reverse("admin:reply", args=[waiting.pk]), reverse("admin:revision-preview", args=[leaflet.pk, 1])]
    addresses += [f"{reverse('admin:leaflet-compare', args=[leaflet.pk])}?old=1&new=2"]
    addresses += ["/admin/monographs/clinic/1/change/", f"/admin/monographs/medicine/{medicine.pk}/change/"]
    for address in addresses:
        response = staff.get(address, follow=True)
        assert response.status_code in {200, 403, 405, 409}, (address, response.status_code)
        assert alive_in(response.content.decode()) == [], address

    # A notice with a sign that turns it would be refused.
    notice = "\n\n".join(text for text in ATTEMPTS if not complaint(text))
    withdraw(leaflet, by=people["priya"], notice=notice, why=attempt)
    _pages(Client(), [read, f"{read}versions/", f"{read}versions/1/", "/"])


@pytest.mark.parametrize("address", SCHEMES)
def test_source_whose_address_slipped_past_the_form_is_no_link(address):
    """A form refuses such an address; `save_draft`, a file or a shell may not."""
    publication = make_published(sources=(SourceContent("British National Formulary", address, ""),))
    page = Client().get(f"/leaflets/{publication.leaflet.slug}/").content.decode()
    assert alive_in(page) == []
    assert "British National Formulary" in page


@pytest.mark.parametrize("address", SCHEMES)
def test_reporting_address_that_slipped_past_the_form_is_no_link(address):
    clinic = the_clinic()
    clinic.reporting_name, clinic.reporting_url = "Yellow Card", address
    change_clinic(clinic, by=None)
    publication = make_published()
    assert Publication.objects.count() == 1
    page = Client().get(f"/leaflets/{publication.leaflet.slug}/").content.decode()
    assert alive_in(page) == []
    assert "Yellow Card" in page

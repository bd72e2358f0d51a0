"""The preview is the public rendering, and only for staff who may see leaflets."""

import pytest
from django.test import Client
from django.urls import NoReverseMatch, reverse
from django.utils import timezone

from monographs.clinics.actions import change_clinic
from monographs.clinics.models import the_clinic
from monographs.publication.page.assemble import assembled, details_at, page_preview
from monographs.revisions.actions import newest_revision
from monographs.templatetags.leaflet_text import for_readers
from monographs.text.markup.markdown import render
from tests.makers import make_leaflet, make_published

TEXT = "# Dose\n\nTake **5mg**.\n\n::: emergency\nYou have trouble breathing.\n:::\n\n<script>alert(1)</script>\n"


@pytest.fixture
def address(db):
    return reverse("admin:markdown-preview")


def as_published(text: str, language: str) -> str:
    return assembled(for_readers(render(text, language=language)), language, details_at(timezone.now()))


def test_preview_is_exactly_the_public_rendering(client_of, ana, address):
    clinic = the_clinic()
    clinic.emergency_number = "999"
    change_clinic(clinic, by=None)
    response = client_of(ana).post(address, {"content": TEXT, "language": "en"})
    assert response.content.decode() == as_published(TEXT, "en")
    assert 'Call <a href="tel:999" dir="ltr">999</a> now' in response.content.decode()
    assert "<script" not in response.content.decode()


def test_preview_reads_in_the_language_of_the_leaflet(client_of, ana, address):
    text = "خذ 5mg مرة."
    response = client_of(ana).post(address, {"content": text, "language": "ar"})
    assert response.content.decode() == as_published(text, "ar")
    assert '<bdi dir="ltr">' in response.content.decode()


def test_preview_of_an_unknown_language_or_of_nothing_is_no_fault(client_of, ana, address):
    response = client_of(ana).post(address, {"language": "tlh"})
    assert (response.status_code, response.content) == (200, b"")


def test_preview_is_403_and_no_redirect_without_permission(client_of, mallory, address):
    assert client_of(mallory).post(address, {"content": "x"}).status_code == 403
    assert Client().post(address, {"content": "x"}).status_code == 403


def test_preview_is_asked_for_by_post_only(client_of, ana, address):
    assert client_of(ana).get(address).status_code == 405


def test_preview_needs_the_token_of_the_form(ana, address):
    client = Client(enforce_csrf_checks=True)
    client.force_login(ana)
    assert client.post(address, {"content": "x"}).status_code == 403


def test_addresses_of_markdownx_do_not_exist(client_of, ana):
    client = client_of(ana)
    for name in ("markdownx_markdownify", "markdownx_upload"):
        with pytest.raises(NoReverseMatch):
            reverse(name)
    assert client.post("/markdownx/markdownify/", {"content": "x"}).status_code == 404
    assert client.post("/markdownx/upload/").status_code == 404


def test_whole_draft_is_shown_as_patients_will_see_it(client_of, ana):
    leaflet = make_leaflet(dosage="Take **7mg** once a day.")
    response = client_of(ana).get(reverse("admin:leaflet-preview", args=[leaflet.pk]))
    page = response.content.decode()
    assert page_preview(newest_revision(leaflet).content).html.strip() in page
    assert "Draft preview" in page
    assert response["X-Robots-Tag"] == "noindex"
    assert '<meta name="robots" content="noindex">' in page


def test_whole_draft_is_for_those_who_may_see_leaflets(client_of, mallory, carla):
    leaflet = make_published().leaflet
    address = reverse("admin:leaflet-preview", args=[leaflet.pk])
    assert client_of(carla).get(address).status_code == 200
    assert client_of(mallory).get(address).status_code == 403
    assert Client().get(address).status_code == 302
    assert client_of(carla).get(reverse("admin:leaflet-preview", args=[leaflet.pk + 1])).status_code == 404

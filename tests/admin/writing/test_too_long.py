"""In the editor, a text that is too long is told so at once, and stays in the form."""

import json

import pytest
from django.urls import reverse

from monographs.leaflets.limits import LONGEST_SECTION
from monographs.revisions.models import Revision
from tests.admin.forms import change_url, form_of, place_of, with_body
from tests.makers import change_leaflet, make_leaflet

LONG = "Take it. " * 6_000


@pytest.fixture
def leaflet(db):
    return make_leaflet()


def test_a_section_that_is_too_long_is_told_beside_its_field_and_not_lost(client_of, ana, leaflet):
    page = client_of(ana).post(change_url(leaflet), with_body(leaflet, "dosage", LONG))
    text = page.content.decode()
    assert page.status_code == 200
    assert "A section can have at most 50,000 characters; this one has" in text
    assert LONG.strip() in text
    assert Revision.objects.count() == 1


def test_sections_that_are_too_long_together_are_told_and_not_lost(client_of, ana, leaflet):
    changed = {
        f"sections-{place_of(leaflet, kind)}-body": letter * LONGEST_SECTION
        for letter, kind in zip("abcd", ("uses", "dosage", "side_effects", "storage"), strict=True)
    }
    text = client_of(ana).post(change_url(leaflet), form_of(leaflet) | changed).content.decode()
    assert "The sections of a leaflet can have at most 150,000 characters together" in text
    assert all(letter * LONGEST_SECTION in text for letter in "abcd")
    assert Revision.objects.count() == 1


def test_two_texts_put_together_that_are_too_long_are_told_on_the_page_of_the_conflict(client_of, ana, leaflet):
    opened = with_body(leaflet, "dosage", LONG)
    change_leaflet(leaflet, dosage="Take 7mg once a day.")
    client = client_of(ana)
    page = client.post(change_url(leaflet), opened)
    data = {name: page.context[name] for name in ("typed", "why")} | {"based_on": page.context["theirs"].number}
    for part in page.context["parts"]:
        data |= {f"choice-{part.name}": "mine", f"merged-{part.name}": part.merged}
    answer = client.post(reverse("admin:leaflet-resolve", args=[leaflet.pk]), data)
    assert answer.status_code == 400
    assert "A section can have at most 50,000 characters" in answer.content.decode()
    assert LONG.strip() in json.dumps(json.loads(answer.context["typed"]))


def test_preview_of_what_is_too_long_is_a_sentence(client_of, ana):
    answer = client_of(ana).post(reverse("admin:markdown-preview"), {"content": "[" * 1_000_000})
    assert answer.status_code == 200
    assert answer.content.decode().startswith(
        "<p>A section can have at most 50,000 characters; this one has 1,000,000."
    )

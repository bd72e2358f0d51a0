"""Marking a medicine as under additional monitoring reaches readers at once."""

import pytest
from django.test import Client
from django.utils import timezone

from monographs.audit.public_stamp import read_stamp
from monographs.medicines.models import Medicine
from tests.makers import make_published
from tests.reading.parts import words
from tests.reading.through_the_cache import Reader

pytestmark = pytest.mark.django_db

PAGE = "/leaflets/testamol/"
NO_ROWS = {f"{rows}-{form}_FORMS": "0" for rows in ("class_words", "names", "codes") for form in ("TOTAL", "INITIAL")}


def mark(client: Client, medicine: Medicine, **fields) -> None:
    """What the staff's form of a medicine sends."""
    data = {"name": medicine.name, "drug_class": "", "atc_code": "", **NO_ROWS, **fields}
    response = client.post(f"/admin/monographs/medicine/{medicine.pk}/change/", data)
    assert response.status_code == 302


def test_marking_a_medicine_shows_on_its_page_with_the_next_request(client_of, ana):
    medicine = make_published().leaflet.medicine
    reader = Reader()
    assert "▼" not in words(reader.get(PAGE))
    before = read_stamp(timezone.now()).value
    mark(client_of(ana), medicine, is_under_additional_monitoring="on")
    assert read_stamp(timezone.now()).value != before
    assert "▼ This medicine" in words(reader.get(PAGE))
    mark(client_of(ana), medicine)
    assert "▼" not in words(reader.get(PAGE))

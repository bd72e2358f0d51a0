"""Opening hours, and how to report a side effect without the internet: beside the rest of whom to call."""

import importlib
import re

import pytest
from django.apps import apps
from django.test import Client

from monographs.clinics.actions import change_clinic
from monographs.clinics.models import Clinic, the_clinic
from monographs.clinics.presets import PRESETS, preset_of
from monographs.text.amounts.telephones import read
from tests.makers import make_published
from tests.reading.through_the_cache import Reader

pytestmark = pytest.mark.django_db


def change(**fields) -> None:
    clinic = the_clinic()
    for name, value in fields.items():
        setattr(clinic, name, value)
    change_clinic(clinic, by=None)


def test_opening_hours_are_on_every_page_at_once():
    make_published()
    reader = Reader()
    assert "When we are open" not in reader.get("/leaflets/testamol/").content.decode()
    change(opening_hours="Mon to Fri: 8:30am to 6pm\nSaturday: closed")
    for address in ("/", "/leaflets/testamol/"):
        page = reader.get(address).content.decode()
        assert "<dt>When we are open</dt>" in page
        assert "8:30am to 6pm<br>Saturday: closed" in page


def test_who_has_no_internet_reads_how_to_report_and_can_dial_it():
    make_published()
    reader = Reader()
    assert '<a href="tel:08007316789"' in reader.get("/leaflets/testamol/").content.decode()
    change(reporting_address="Our safety office: 01632 960199\nPO Box 1, Sampleton")
    page = reader.get("/leaflets/testamol/").content.decode()
    assert '<a href="tel:01632960199"' in page
    assert "<br>PO Box 1, Sampleton" in page
    assert "08007316789" not in page


def test_the_numbers_of_presets_can_be_dialled_in_their_country():
    for country, preset in PRESETS.items():
        assert not preset.reporting_address or read(preset.reporting_address, country).telephones, country


def test_an_older_clinic_gets_its_countrys_number_only_with_its_countrys_scheme():
    migration = importlib.import_module("monographs.migrations.0045_clinic_has_a_logo")
    for country, url, number in (
        ("US", preset_of("US").reporting_url, "1-800-332-1088"),
        ("GB", "https://our.example/", ""),
        ("DE", preset_of("DE").reporting_url, ""),
    ):
        Clinic.objects.update(country=country, reporting_url=url, reporting_address="")
        migration.fill_from_the_country(apps, None)
        assert the_clinic().reporting_address == number


def test_the_clinics_own_words_say_which_language_they_are_in_on_pages_of_another():
    """A screen reader would say them in the page's language (WCAG 3.1.2)."""
    words = {name: f"Words on {name}" for name in ("crisis_lines", "out_of_hours", "opening_hours", "reporting_name")}
    change(disclaimer="No substitute.", reporting_address="By post.", **words)
    make_published()
    make_published(language="ar", title="تستامول", dosage="خذ 5 mg مرة في اليوم.")
    for address, is_arabic in (
        ("/", False),
        ("/ar/", True),
        ("/leaflets/testamol/", False),
        ("/leaflets/testamol-ar/", True),
    ):
        html = Client().get(address).content.decode()
        found = re.findall(r"<(?:bdi|a|div)([^<>]*)>(?:<p>)?(Words on \w+|No substitute|By post)", html)
        assert len(found) >= 5
        assert {'lang="en"' in attributes for attributes, _words in found} == {is_arabic}, (address, found)

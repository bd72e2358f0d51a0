"""A clinic begins with its country's lines, and none is without those that somebody in need must find."""

import importlib

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection

from monographs.clinics.actions import change_clinic
from monographs.clinics.models import NEEDED, Clinic, the_clinic
from monographs.clinics.presets import PRESETS, preset_of
from monographs.operations.checks import closed_replies
from monographs.refusals import Unacceptable
from monographs.text.amounts.telephones import COUNTRIES, read
from tests.admin.people.test_clinic_page import form_of
from tests.makers import make_published
from tests.reading.parts import make_clinic, token_on, words

pytestmark = pytest.mark.django_db
PAGE = "/admin/monographs/clinic/1/change/"


def test_every_preset_is_of_a_country_and_its_numbers_can_be_dialled():
    assert PRESETS.keys() <= COUNTRIES
    for country, preset in PRESETS.items():
        assert read(preset.emergency_number, country, is_field=True).telephones
        lines = [line for line in preset.crisis_lines.splitlines() if line]
        assert all(read(line, country).telephones for line in lines), country


def test_a_new_clinic_has_the_lines_of_its_country():
    clinic = the_clinic()
    assert (clinic.country, clinic.emergency_number, clinic.missing) == ("GB", "999", [])
    assert "116 123" in clinic.crisis_lines


def test_an_older_clinic_gets_what_it_lacks_and_keeps_what_it_has():
    migration = importlib.import_module("monographs.migrations.0031_when_replies_are_read")
    for country, own in (("IE", "Our own line: 1800 247 247"), ("US", ""), ("DE", ""), ("IS", "")):
        Clinic.objects.update(
            country=country, emergency_number="", crisis_lines=own, reporting_name="", reporting_url=""
        )
        migration.fill_what_is_missing(apps, None)
        clinic, preset = the_clinic(), preset_of(country)
        assert clinic.emergency_number == preset.emergency_number
        assert clinic.crisis_lines == (own or preset.crisis_lines)
        assert clinic.reporting_name == str(preset.reporting_name)


def test_nobody_empties_what_a_writer_in_need_must_find(client, ada):
    client.force_login(ada)
    Clinic.objects.update(staffed_hours="Mon-Fri 9-17")
    for name in (*NEEDED, "staffed_hours"):
        response = client.post(PAGE, form_of(the_clinic(), **{name: ""}))
        assert set(response.context["adminform"].form.errors) == {name}
    for name in NEEDED:
        clinic = the_clinic()
        setattr(clinic, name, "")
        with pytest.raises(Unacceptable, match="left empty"):
            change_clinic(clinic, by=ada)


def test_the_lines_of_a_country_go_with_it_and_a_clinics_own_stay(client, ada):
    client.force_login(ada)
    Clinic.objects.update(staffed_hours="Mon-Fri 9-17", reporting_name="Our safety office")
    assert client.post(PAGE, form_of(the_clinic(), country="US")).status_code == 302
    clinic = the_clinic()
    assert (clinic.emergency_number, clinic.crisis_lines) == ("911", "988 Suicide & Crisis Lifeline: 988")
    assert clinic.reporting_name == "Our safety office"
    response = client.post(PAGE, form_of(the_clinic(), country="DE"))
    assert set(response.context["adminform"].form.errors) == {"crisis_lines"}
    assert the_clinic().country == "US"


def test_while_a_line_is_missing_no_reply_is_taken_and_the_page_says_where_to_ask(client, ada):
    make_published()
    make_clinic()
    token = token_on(client, "testamol")
    Clinic.objects.update(crisis_lines=" ")
    page = client.get("/leaflets/testamol/")
    assert "<textarea" not in page.content.decode()
    assert "We do not take replies at the moment" in words(page)
    assert "Call us: 01632 960 100" in words(page)
    refused = client.post("/leaflets/testamol/reply/", {"token": token, "body": "My words."})
    assert refused.status_code == 409
    assert "My words." in refused.content.decode()
    client.force_login(ada)
    assert "Crisis lines" in words(client.get("/admin/"))
    [warning] = closed_replies(connection)
    assert "crisis_lines" in warning.msg


def test_the_check_is_content_with_a_new_site(capsys):
    assert closed_replies(connection) == []
    call_command("check", "--database", "default")

"""Names of medicines, brands and the clinic's details: settled, and refused with a sentence where a sign hides."""

import pytest
from django.urls import reverse

from monographs.clinics.models import Clinic, the_clinic
from monographs.medicines.actions import add_medicine
from monographs.medicines.models import Medicine
from monographs.refusals import Unacceptable
from monographs.search.named.asked import tidy_query
from tests.makers import make_medicine

pytestmark = pytest.mark.django_db

BAD = ["Bac\u202elofen", "Bac\u200blofen", "B\u0430clofen", "Bac\u3164lofen"]


def medicine_form(**fields):
    totals = {
        f"{name}-{count}_FORMS": number
        for name, number in (("names", 1), ("codes", 0), ("class_words", 0))
        for count in ("TOTAL", "INITIAL")
    }
    row = {"names-INITIAL_FORMS": 0, "names-0-name": "", "names-0-kind": "brand"}
    return {"name": "Baclofen", "slug": "baclofen", "drug_class": "", "atc_code": "", **totals, **row, **fields}


@pytest.mark.parametrize("name", BAD)
@pytest.mark.parametrize("field", ["name", "names-0-name", "drug_class"])
def test_medicine_with_a_hidden_sign_is_refused_at_its_field(client, ada, ana, name, field):
    client.force_login(ana)
    page = client.post(reverse("admin:monographs_medicine_add"), medicine_form(**{field: name}))
    words = page.content.decode()
    assert page.status_code == 200
    assert "⟨U+" in words
    assert not Medicine.objects.exists()


def test_name_is_settled_and_saved(client, ana):
    client.force_login(ana)
    form = medicine_form(name="Zoe\u0308fen\u2011５ \ufb01ne", **{"names-0-name": "Bra\u00adndol"})
    assert client.post(reverse("admin:monographs_medicine_add"), form).status_code == 302
    medicine = Medicine.objects.get()
    assert medicine.name == "Zoëfen-5 fine"
    assert medicine.names.filter(name="Brandol").exists()


@pytest.mark.parametrize("name", BAD)
def test_the_verb_refuses_it_as_well(ana, name):
    with pytest.raises(Unacceptable, match="⟨U\\+"):
        add_medicine(name, by=ana)
    with pytest.raises(Unacceptable, match="⟨U\\+"):
        add_medicine("Baclofen", by=ana, names=[(name, "brand")])


def test_other_fields_of_a_medicine_that_was_named_so_before_can_be_changed(client, ana):
    medicine = make_medicine("Baclofen")
    Medicine.objects.update(name="Bac\u200blofen")
    client.force_login(ana)
    form = medicine_form(name="Bac\u200blofen", drug_class="Muscle relaxant", **{"names-TOTAL_FORMS": 0})
    assert client.post(reverse("admin:monographs_medicine_change", args=[medicine.pk]), form).status_code == 302


def test_clinic_details_are_refused_at_their_field(client, ada):
    client.force_login(ada)
    clinic = the_clinic()
    names = [field.name for field in Clinic._meta.fields if field.name not in ("id", "quality_severities")]
    data = {name: getattr(clinic, name) for name in names if getattr(clinic, name) is not False}
    page = client.post(reverse("admin:monographs_clinic_change", args=[1]), {**data, "name": "Clinic\u202e"})
    assert "⟨U+202E RIGHT-TO-LEFT OVERRIDE⟩" in page.content.decode()
    assert the_clinic().name == clinic.name


def test_query_is_echoed_without_what_would_turn_the_page(client):
    assert tidy_query("bac\u202elo\u200bfen") == "baclofen"
    page = client.get("/search/", {"q": "bac\u202elofen\u2069"}, follow=True).content.decode()
    assert not {"\u202e", "\u2069"} & set(page)

"""Medicines: one for each name, under an address made of it, listed by whoever may."""

import pytest

from monographs.medicines.actions import add_medicine, add_names, find_medicine, list_names
from monographs.medicines.models import Medicine, MedicineName
from monographs.refusals import NotAllowed, Unacceptable
from tests.makers import make_medicine

pytestmark = pytest.mark.django_db


def test_medicine_is_found_by_its_generic_name_however_it_is_written(ana):
    medicine = add_medicine("Méthadone", by=ana, names=[("Physeptone", "brand")])
    assert find_medicine("  METHADONE ") == medicine
    assert find_medicine("Physeptone") is None
    assert medicine.slug == "methadone"


@pytest.mark.parametrize(
    ("name", "sentence"), [("!!!", "no letters or digits"), ("Co codamol", "There is a medicine called “Co-codamol”")]
)
def test_name_without_an_address_of_its_own_is_refused(ana, name, sentence):
    make_medicine("Co-codamol")
    with pytest.raises(Unacceptable, match=sentence):
        add_medicine(name, by=ana)
    assert Medicine.objects.count() == 1


def test_a_name_that_a_medicine_had_before_leads_to_it_as_a_former_one(db):
    medicine = make_medicine("Testamol")
    medicine.name = "Testamolum"
    medicine.save()
    list_names(medicine)
    assert dict(medicine.names.values_list("name", "kind")) == {"Testamol": "former", "Testamolum": "generic"}


def test_only_who_may_adds_medicines_and_names(bruno, mallory):
    medicine = make_medicine()
    for person in (bruno, mallory):
        with pytest.raises(NotAllowed):
            add_medicine("Otheramol", by=person)
        with pytest.raises(NotAllowed):
            add_names(medicine, by=person, names=[("Testabrand", "brand")])
    assert list(MedicineName.objects.values_list("name", flat=True)) == ["Testamol"]

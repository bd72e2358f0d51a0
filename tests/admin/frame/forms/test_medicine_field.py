"""A medicine is chosen from a list while there are few, else written by any of its names: no page grows with them."""

import pytest
from django.urls import reverse

from monographs.admin.frame.forms import medicine_field
from monographs.leaflets.models import Leaflet
from monographs.medicines.models import MedicineName, NameKind
from monographs.review.models import ApprovalRule
from tests.admin.writing.test_writing import new_form
from tests.makers import make_medicine

pytestmark = pytest.mark.django_db
LEAFLET, RULE = reverse("admin:monographs_leaflet_add"), reverse("admin:monographs_approvalrule_add")


@pytest.fixture
def _many(monkeypatch):
    """Two medicines are many."""
    monkeypatch.setattr(medicine_field, "LISTED_AT_MOST", 1)
    monkeypatch.setattr("monographs.admin.writing.editor.LISTED_AT_MOST", 1)


@pytest.fixture
def baclofen(db):
    make_medicine("Baclosan")
    medicine = make_medicine("Baclofen")
    MedicineName.objects.create(medicine=medicine, name="Lioresal", kind=NameKind.BRAND)
    return medicine


def refusal(answer, name: str = "medicine") -> str:
    assert answer.status_code == 200
    return " ".join(answer.context["adminform"].form.errors.get(name, ()))


def test_few_are_chosen_from_a_list(client_of, ana, baclofen):
    page = client_of(ana).get(LEAFLET).content.decode()
    assert f'<option value="{baclofen.pk}">Baclofen</option>' in page


@pytest.mark.usefixtures("_many")
@pytest.mark.parametrize("address", [LEAFLET, RULE])
def test_a_page_says_the_same_at_2_and_at_12(client_of, ana, ada, baclofen, address):
    client = client_of(ana if address == LEAFLET else ada)

    def words() -> list[str]:
        return [line for line in client.get(address).content.decode().splitlines() if "token" not in line.lower()]

    few = words()
    for number in range(10):
        make_medicine(f"Bmol {number}")
    many = words()
    assert len(many) == len(few)
    assert not any("Bmol" in line or "bmol" in line for line in many)


@pytest.mark.usefixtures("_many")
@pytest.mark.parametrize("typed", ["Baclofen", "  baclofen ", "LIORESAL", "Baclo\x00fen"])
def test_any_name_of_it_begins_a_leaflet(client_of, ana, baclofen, typed):
    client_of(ana).post(LEAFLET, new_form(baclofen) | {"medicine": typed})
    leaflet = Leaflet.objects.get()
    assert (leaflet.medicine, leaflet.slug) == (baclofen, "baclofen")


@pytest.mark.usefixtures("_many")
@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("bac", "Write one of these in full: Baclofen, Baclosan."),
        ("Zzz", "No medicine has this name here."),
        ("\u200b", "No medicine has this name here."),
        ("9" * 30, "No medicine has this name here."),
        ("999999", "Select a valid choice. That choice is not one of the available choices."),
    ],
)
def test_what_is_no_name_is_told_and_stays_in_its_field(client_of, ana, baclofen, typed, said):
    answer = client_of(ana).post(LEAFLET, new_form(baclofen) | {"medicine": typed})
    assert refusal(answer) == said
    assert f'value="{typed}"' in answer.content.decode()
    assert not Leaflet.objects.exists()


@pytest.mark.usefixtures("_many")
def test_a_name_of_two_medicines_is_told_with_both(client_of, ana, baclofen):
    MedicineName.objects.create(medicine=make_medicine("Othermol"), name="Lioresal", kind=NameKind.BRAND)
    answer = client_of(ana).post(LEAFLET, new_form(baclofen) | {"medicine": "Lioresal"})
    assert refusal(answer) == "Write one of these in full: Baclofen, Othermol."


@pytest.mark.usefixtures("_many")
def test_a_medicine_that_an_address_names_stands_in_the_field_by_its_name(client_of, ana, baclofen):
    page = client_of(ana).get(LEAFLET, {"medicine": baclofen.pk}).content.decode()
    assert 'name="medicine" value="Baclofen"' in page
    assert "Any of its names, generic or brand, in full." in page


@pytest.mark.usefixtures("_many")
def test_a_rule_keeps_its_medicine_and_knows_when_it_was_changed(client_of, ada, baclofen):
    client, fields = client_of(ada), {"section_kind": "", "approvals": "2", "role": ""}
    client.post(RULE, {"medicine": "Baclofen", **fields})
    rule = ApprovalRule.objects.get(medicine=baclofen)
    address = reverse("admin:monographs_approvalrule_change", args=[rule.pk])
    form = client.get(address).context["adminform"].form
    assert form["medicine"].value() == "Baclofen"
    assert not form.fields["medicine"].has_changed(baclofen.pk, "lioresal")
    assert form.fields["medicine"].has_changed(baclofen.pk, "Baclosan")
    assert form.fields["medicine"].has_changed(baclofen.pk, "")
    client.post(address, {"medicine": "", **fields})
    assert ApprovalRule.objects.get().medicine is None

"""Scanning a pack opens the leaflet of its medicine (GS1 Digital Link)."""

import pytest
from django.core.exceptions import ValidationError

from monographs.medicines.actions import add_names
from monographs.medicines.gtin import WrongCheckDigit, gtin_of
from monographs.medicines.importing import import_names
from monographs.medicines.models import MedicineCode
from tests.makers import make_medicine, make_published
from tests.reading.parts import words

GTIN = "05012345678900"


@pytest.mark.parametrize(
    ("printed", "whole"),
    [
        ("5012345678900", GTIN),
        (GTIN, GTIN),
        ("50 1234 5678 900", GTIN),
        ("96385074", "00000096385074"),
        ("036000291452", "00036000291452"),
    ],
)
def test_a_gtin_of_any_length_is_the_same_number(printed, whole):
    assert gtin_of(printed) == whole


@pytest.mark.parametrize("text", ["", "123", "0" * 14, "١٢٣٤٥٦٧٠", "501234567890x", "9" * 15])
def test_what_is_no_gtin_is_not_taken_for_one(text):
    with pytest.raises(ValueError, match="digits"):
        gtin_of(text)


@pytest.mark.parametrize("place", range(13))
def test_any_single_wrong_digit_is_noticed(place):
    wrong = GTIN[:place] + str((int(GTIN[place]) + 1) % 10) + GTIN[place + 1 :]
    with pytest.raises(WrongCheckDigit):
        gtin_of(wrong)


@pytest.fixture
def leaflet(db):
    leaflet = make_published(medicine="Packmol").leaflet
    add_names(leaflet.medicine, by=None, codes=[("GTIN", "5012345678900")])
    return leaflet


@pytest.mark.parametrize(
    "behind",
    [
        "",
        "/",
        "/10/A%2FB%25C/21/12%203",
        "/22/1A/10/ABC/21/99?17=271332",
        "?17=not-a-date&linkType=gs1:epil",
        "/10/A%252F%2525/21/%E2%82%AC?17=000000",
        "/17/999999/10/",
    ],
)
@pytest.mark.parametrize("printed", [GTIN, "5012345678900"])
def test_the_code_on_a_pack_opens_the_leaflet_whatever_stands_behind_it(client, leaflet, printed, behind):
    answer = client.get(f"/01/{printed}{behind}")
    assert (answer.status_code, answer.headers.get("Location")) == (302, f"/leaflets/{leaflet.slug}/")


@pytest.mark.parametrize("printed", ["96385074", "036000291452", "0036000291452", "00036000291452"])
def test_a_short_number_opens_it_as_well_behind_which_a_bad_day_stands(client, leaflet, printed):
    add_names(leaflet.medicine, by=None, codes=[("GTIN", "96385074"), ("GTIN", "036000291452")])
    answer = client.get(f"/01/{printed}/10/A%2F1/21/7?17=991399")
    assert (answer.status_code, answer.headers.get("Location")) == (302, f"/leaflets/{leaflet.slug}/")


@pytest.mark.parametrize(
    ("scanned", "said"),
    [
        ("05012345678901", "slip in this number"),
        ("05012345678901/10/A%25/21/7?17=271332", "slip in this number"),
        ("12", "not the number of a pack"),
        ("%00%e2%80%ae", "not the number of a pack"),
        ("96385074", "do not know this pack"),
    ],
)
def test_a_code_that_leads_nowhere_says_why(client, leaflet, scanned, said):
    answer = client.get(f"/01/{scanned}")
    assert answer.status_code == 404
    assert said in words(answer)


def test_a_pack_of_a_medicine_without_a_leaflet_says_which_it_is(client, db):
    add_names(make_medicine("Bare<mol>"), by=None, codes=[("GTIN", GTIN)])
    answer = client.get(f"/01/{GTIN}")
    assert answer.status_code == 404
    assert "We have no leaflet about it yet" in words(answer)
    assert "Bare&lt;mol&gt;" in answer.content.decode()


def test_a_withdrawn_leaflet_comes_behind_one_that_can_be_read(client, leaflet):
    assert client.head(f"/01/{GTIN}").status_code == 302
    assert client.post(f"/01/{GTIN}").status_code == 405


def test_one_pack_is_of_one_medicine(leaflet):
    code = MedicineCode(medicine=make_medicine("Othermol"), system="GTIN", code="5012345678900")
    with pytest.raises(ValidationError, match="Another medicine has this GTIN"):
        code.full_clean()
    with pytest.raises(ValidationError, match="check digit"):
        MedicineCode(medicine=leaflet.medicine, system="GTIN", code="5012345678901").full_clean()


def test_packs_come_in_with_a_list_of_names_and_one_of_another_medicine_is_left_out(leaflet):
    file = (
        "medicine,name,kind,system,code\n"
        "Newmol,Newmol,generic,GTIN,96385074\n"
        "Newmol,Newbrand,brand,GTIN,5012345678900\n"
        "Newmol,Oldbrand,brand,GTIN,96385075\n"
    )
    results = [result for _total, result in import_names(file.encode(), by=None)]
    remarks = [remark for result in results for remark in result.remarks]
    assert sum(result.codes for result in results) == 1
    assert {remark.number for remark in remarks} == {3, 4}
    assert MedicineCode.objects.get(code="00000096385074").medicine.name == "Newmol"

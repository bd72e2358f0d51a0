"""Medicines whose names differ in a strength, or are written in another script, each get an address and keep it."""

import pytest
from django.urls import reverse

from monographs.leaflets.actions import usual_slug
from monographs.medicines.actions import add_medicine, find_medicine
from monographs.medicines.models import Medicine
from monographs.refusals import Unacceptable
from tests.makers import make_leaflet, make_published
from tests.people import make_person

pytestmark = pytest.mark.django_db


def test_strengths_are_two_medicines():
    strong, weak = add_medicine("Hydrocortisone 25%", by=None), add_medicine("Hydrocortisone 2.5%", by=None)
    assert (strong.slug, weak.slug) == ("hydrocortisone-25-percent", "hydrocortisone-2-point-5-percent")
    assert (find_medicine("hydrocortisone 2.5%"), find_medicine("HYDROCORTISONE 25%")) == (weak, strong)


@pytest.mark.parametrize("same", ["Hydrocortisone 2.5%", "hydrocortisone 2.5 %", "Hydrocortisone 2,5%"])
def test_the_same_name_is_refused_by_the_name_that_is_there(same):
    add_medicine("Hydrocortisone 2.5%", by=None)
    with pytest.raises(Unacceptable, match="called “Hydrocortisone 2.5%” already"):
        add_medicine(same, by=None)


def test_an_address_that_is_there_stays_and_is_no_reason_to_refuse_another_name():
    old = Medicine.objects.create(name="Hydrocortisone 2.5%", slug="hydrocortisone-25")
    new = add_medicine("Hydrocortisone 25", by=None)
    old.refresh_from_db()
    assert (old.slug, new.slug) == ("hydrocortisone-25", "hydrocortisone-25-b")


def test_a_name_in_arabic_alone_is_published_and_read(client):
    publication = make_published(make_leaflet("باراسيتامول ٥٠٠ ملغ", language="ar"))
    slug = publication.leaflet.slug
    assert slug == "barasytamwl-500-mlgh-ar"
    assert client.get(reverse("leaflet-read", args=[slug])).status_code == 200


def test_a_name_without_letters_is_refused():
    with pytest.raises(Unacceptable, match="no letters or digits"):
        add_medicine("!!!", by=None)


def test_the_longest_name_leaves_room_for_language_and_edition():
    medicine = add_medicine("x" * 198 + " 5", by=None)
    assert len(usual_slug(medicine, "pt-br", "easy-read")) < 200


def add_by_form(client, name: str, slug: str = ""):
    client.force_login(make_person("ana"))
    inlines = ("class_words", "names", "codes")
    rows = {f"{rows}-{count}": "0" for rows in inlines for count in ("TOTAL_FORMS", "INITIAL_FORMS")}
    return client.post(
        reverse("admin:monographs_medicine_add"), {"name": name, "slug": slug, "drug_class": "", "atc_code": "", **rows}
    )


@pytest.mark.parametrize(
    ("name", "slug", "expected"),
    [
        ("Co-codamol 8/500", "", "co-codamol-8-500"),
        ("ميتفورمين", "", "mytfwrmyn"),
        ("Metformin", "my-own", "my-own"),
    ],
)
def test_the_form_makes_the_address_from_the_name_unless_one_is_typed(client, name, slug, expected):
    assert add_by_form(client, name, slug).status_code == 302
    assert Medicine.objects.get(name=name).slug == expected


@pytest.mark.parametrize(
    ("name", "sentence"), [("!!!", "no letters or digits"), ("PARACETAMOL", "called “Paracetamol” already")]
)
def test_the_form_refuses_in_a_sentence(client, name, sentence):
    add_medicine("Paracetamol", by=None)
    answer = add_by_form(client, name)
    assert answer.status_code == 200
    assert sentence in answer.content.decode()
    assert Medicine.objects.count() == 1

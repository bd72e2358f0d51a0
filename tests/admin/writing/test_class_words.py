"""The class in other languages is written with the medicine, by who may change it, and that is on record."""

import pytest
from django.conf import settings
from django.urls import reverse

from monographs.audit.models import Entry
from monographs.medicines.actions import add_names
from monographs.medicines.models import ClassWords
from monographs.review.actions import submit
from tests.makers import change_leaflet, make_leaflet, make_medicine, make_published
from tests.people import make_person

pytestmark = pytest.mark.django_db


def form(medicine, *rows, **fields):
    """What the staff's form of a medicine sends: ``rows`` are (language, words)."""
    empty = {f"{name}-{form}_FORMS": 0 for name in ("class_words", "names", "codes") for form in ("TOTAL", "INITIAL")}
    typed = {f"class_words-{n}-{name}": value for n, row in enumerate(rows) for name, value in row.items()}
    known = {"class_words-TOTAL_FORMS": len(rows), "class_words-INITIAL_FORMS": sum("id" in row for row in rows)}
    named = {"name": medicine.name, "drug_class": medicine.drug_class, "atc_code": ""}
    return {**named, **empty, **known, **typed, **fields}


def save(client, medicine, *rows, **fields):
    address = reverse("admin:monographs_medicine_change", args=[medicine.pk])
    return client.post(address, form(medicine, *rows, **fields))


def test_an_author_writes_them_with_the_medicine_and_that_is_on_record(client_of, ana):
    medicine = make_medicine(drug_class="Painkiller")
    saved = save(client_of(ana), medicine, {"language": "es", "words": " Analge\u0301sico\u2011x "})
    assert saved.status_code == 302
    assert list(medicine.class_words.values_list("language", "words")) == [("es", "Analgésico-x")]
    entry = Entry.objects.order_by("position").last()
    assert (entry.verb, entry.by) == ("medicine.changed", ana)
    page = client_of(ana).get(reverse("admin:monographs_medicine_change", args=[medicine.pk])).content.decode()
    assert 'value="Analgésico-x"' in page


def test_one_row_is_enough_to_add_a_medicine_with_them(client_of, ana):
    medicine = type("New", (), {"name": "Newamol", "drug_class": "Painkiller"})
    client_of(ana).post(
        reverse("admin:monographs_medicine_add"), form(medicine, {"language": "pl", "words": "Lek"}, slug="newamol")
    )
    assert ClassWords.objects.get().medicine.name == "Newamol"


@pytest.mark.parametrize(
    ("language", "words", "told"),
    [
        ("es", "Anal\u200bgésico", "⟨U+200B"),
        ("es", "x" * 201, "at most 200 characters"),
        ("es", "", "This field is required"),
        ("en", "Painkiller", "Select a valid choice"),
        ("xx", "Painkiller", "Select a valid choice"),
    ],
)
def test_what_cannot_stand_is_told_at_its_field(client_of, ana, language, words, told):
    refused = save(client_of(ana), make_medicine(), {"language": language, "words": words})
    assert refused.status_code == 200
    assert told in refused.content.decode()
    assert not ClassWords.objects.exists()


def test_the_same_language_twice_is_refused(client_of, ana):
    row = {"language": "es", "words": "Analgésico"}
    assert save(client_of(ana), make_medicine(), row, row).status_code == 200
    assert not ClassWords.objects.exists()


def test_a_row_is_taken_away(client_of, ana):
    medicine = make_medicine(classes=[("es", "Analgésico")])
    row = medicine.class_words.get()
    kept = {"id": row.pk, "medicine": medicine.pk, "language": "es", "words": row.words, "DELETE": "on"}
    assert save(client_of(ana), medicine, kept).status_code == 302
    assert not ClassWords.objects.exists()


@pytest.mark.parametrize("username", ["bruno", "amir"])
def test_who_may_not_change_the_medicine_reads_them_and_changes_none(client_of, username):
    medicine = make_medicine(classes=[("es", "Analgésico")])
    client = client_of(make_person(username))
    page = client.get(reverse("admin:monographs_medicine_change", args=[medicine.pk])).content.decode()
    assert "Analgésico" in page
    assert "class_words-0-words" not in page
    assert save(client, medicine, {"language": "pl", "words": "Lek"}).status_code == 403
    assert ClassWords.objects.count() == 1


def test_the_second_reader_sees_that_the_class_changed(client_of, ana, bruno):
    make_medicine(drug_class="Painkiller")
    published = make_published(make_leaflet(language="es"))
    add_names(published.leaflet.medicine, by=None, classes=[("es", "Analgésico")])
    change_leaflet(published.leaflet)
    submit(published.leaflet, by=ana)
    address = reverse("admin:leaflet-compare", args=[published.leaflet_id])
    page = client_of(bruno).get(f"{address}?old=1&new=2").content.decode()
    assert "Painkiller" in page
    assert "Analgésico" in page
    assert "Language of the kind of medicine" in page


def test_every_language_of_the_site_but_its_own_is_offered(client_of, ana):
    address = reverse("admin:monographs_medicine_change", args=[make_medicine().pk])
    (inline, *_others) = client_of(ana).get(address).context["inline_admin_formsets"]
    offered = [code for code, _name in inline.formset.empty_form.fields["language"].choices if code]
    assert offered == [code for code, _name in settings.LANGUAGES if code != "en"]

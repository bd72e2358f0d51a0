"""Each name's row has its letter and sort key, whichever way it was saved."""

import importlib

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.db import connection
from django.urls import reverse

from monographs.medicines.models import Medicine, MedicineName
from monographs.operations.clock import tick
from monographs.operations.database.needs import complete
from tests.makers import make_medicine, make_published

pytestmark = pytest.mark.django_db


def places() -> dict[str, str]:
    return dict(MedicineName.objects.values_list("name", "letter"))


def test_rows_made_in_bulk_have_theirs():
    medicine = make_medicine("Baclofen")
    MedicineName.objects.bulk_create([MedicineName(medicine=medicine, name=name) for name in ("Łodinal", "5-Relax")])
    assert places() == {"Baclofen": "b", "Łodinal": "l", "5-Relax": "0-9"}
    assert set(MedicineName.objects.values_list("sorted_by", flat=True)) == {"en/1"}


@pytest.mark.parametrize(
    ("typed", "kept"), [("C", "c"), (" é ", "e"), ("0-9", "0-9"), ("长", "长"), ("", ""), (" ", "")]
)
def test_a_chosen_letter_is_kept_as_the_letter_that_it_is(typed, kept):
    row = MedicineName(medicine=make_medicine("Baclofen"), name="长效胰岛素", listed_under=typed)
    row.full_clean()
    row.save()
    assert row.listed_under == kept
    assert row.letter == kept or (not kept and row.letter == "长")


@pytest.mark.parametrize("typed", ["LL", "7", "?", "ab", "\u0301"])
def test_what_is_no_letter_is_refused_with_a_sentence(typed):
    row = MedicineName(medicine=make_medicine("Baclofen"), name="Llaeth", listed_under=typed)
    with pytest.raises(ValidationError, match="is not one letter"):
        row.full_clean()


def test_a_chosen_letter_counts_by_its_first_in_a_language_that_does_not_have_it(settings):
    settings.LANGUAGE_CODE = "cy"
    make_medicine("Baclofen")
    MedicineName.objects.update(listed_under="ll")
    settings.LANGUAGE_CODE = "en"
    complete(connection)
    assert places() == {"Baclofen": "l"}


def test_the_clock_sorts_names_for_a_new_language(settings):
    make_medicine("Llaeth")
    settings.LANGUAGE_CODE = "cy"
    assert [line for line in tick() if "Sorted 1 names" in line]
    assert places() == {"Llaeth": "ll"}
    assert not [line for line in tick() if "Sorted" in line]


@pytest.mark.parametrize("column", ["letter", "sort_key", "sorted_by"])
def test_verify_history_names_a_row_that_is_sorted_otherwise(column):
    make_medicine("Baclofen")
    MedicineName.objects.update(**{column: "7"})
    row = MedicineName.objects.get()
    with pytest.raises(CommandError, match=f"medicinename, row {row.pk}: its column “{column}” must be"):
        call_command("verify_history", quiet=True)


def test_the_migration_lists_what_is_shown_already():
    first = make_published()
    make_medicine("Othermol")
    MedicineName.objects.update(listed_from=None)
    Medicine.objects.update(listed_from=None)
    importlib.import_module("monographs.migrations.0021_names_in_order").list_shown(apps, None)
    listed = dict(MedicineName.objects.values_list("name", "listed_from"))
    assert listed == {"Testamol": first.effective_from, "Othermol": None}


def test_an_author_sets_the_letters_in_the_medicines_form(client, ana):
    medicine = make_medicine("Baclofen", names=[("长效胰岛素", "synonym")])
    other = medicine.names.get(kind="synonym")
    client.force_login(ana)
    form = {
        "name": "Baclofen", "drug_class": "", "atc_code": "", "listed_under": "M",
        "names-TOTAL_FORMS": 1, "names-INITIAL_FORMS": 1, "names-0-id": other.pk, "names-0-medicine": medicine.pk,
        "names-0-name": other.name, "names-0-kind": "synonym", "names-0-listed_under": "Cc",
        "codes-TOTAL_FORMS": 0, "codes-INITIAL_FORMS": 0, "class_words-TOTAL_FORMS": 0, "class_words-INITIAL_FORMS": 0,
    }  # fmt: skip
    address = reverse("admin:monographs_medicine_change", args=[medicine.pk])
    refused = client.post(address, form)
    assert "“Cc” is not one letter." in refused.content.decode()
    assert client.post(address, {**form, "names-0-listed_under": "C"}).status_code == 302
    assert places() == {"Baclofen": "m", "长效胰岛素": "c"}

"""The folded form of each name follows the folding of today."""

import importlib

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command

from monographs.medicines.models import MedicineName
from monographs.medicines.names import folded_otherwise
from tests.makers import make_medicine

pytestmark = pytest.mark.django_db


@pytest.fixture
def folded_long_ago():
    make_medicine("St John’s wort", names=(("Łodinal", "brand"),))
    MedicineName.objects.filter(name="St John’s wort").update(folded="st john’s wort")


def test_the_migration_folds_old_rows_anew(folded_long_ago):
    importlib.import_module("monographs.migrations.0015_names_are_folded_anew").fold_anew(apps, None)
    assert set(MedicineName.objects.values_list("folded", flat=True)) == {"st johns wort", "lodinal"}
    assert list(folded_otherwise()) == []


def test_verify_history_names_a_row_that_was_folded_otherwise(folded_long_ago):
    (row,) = MedicineName.objects.filter(name="St John’s wort")
    with pytest.raises(CommandError, match=f"medicinename, row {row.pk}: its name is folded as “st johns wort” today"):
        call_command("verify_history", quiet=True)
    row.save()
    call_command("verify_history", quiet=True)

"""All names are folded anew (``text.letters.folding``): apostrophes, dashes, Arabic forms, letters such as ł and ø."""

from django.db import migrations

from monographs.medicines.names import folded_otherwise


def fold_anew(apps, schema_editor):
    model = apps.get_model("monographs", "MedicineName")
    for number, folded in list(folded_otherwise(model.objects)):
        model.objects.filter(pk=number).update(folded=folded)


class Migration(migrations.Migration):
    dependencies = [("monographs", "0012_clinic_takes_its_country_from_its_own_numbers")]

    operations = [migrations.RunPython(fold_anew, migrations.RunPython.noop)]

"""All names are folded anew (``text.letters.folding``): apostrophes, dashes, Arabic forms, letters such as ł and ø.

Codes of DrugBank are known from here on; the column is the same.
"""

from django.db import migrations, models

from monographs.medicines.names import folded_otherwise


def fold_anew(apps, schema_editor):
    model = apps.get_model("monographs", "MedicineName")
    for number, folded in list(folded_otherwise(model.objects)):
        model.objects.filter(pk=number).update(folded=folded)


class Migration(migrations.Migration):
    dependencies = [("monographs", "0014_showings_filled")]

    operations = [
        migrations.AlterField(
            model_name="medicinecode",
            name="system",
            field=models.CharField(
                choices=[
                    ("RxNorm", "RxNorm"),
                    ("SNOMED CT", "SNOMED CT"),
                    ("dm+d", "dm+d"),
                    ("UNII", "UNII"),
                    ("DrugBank", "DrugBank"),
                ],
                max_length=20,
                verbose_name="system",
            ),
        ),
        migrations.RunPython(fold_anew, migrations.RunPython.noop),
    ]

"""Folded names in which a raised, ringed or vulgar number stood beside another are folded anew (``text.folding``)."""

from django.db import migrations

from monographs.text.letters.folding import fold


def fold_anew(apps, schema_editor):
    names = apps.get_model("monographs", "MedicineName").objects
    for name in names.only("name", "folded").iterator():
        folded = fold(name.name)[:200]
        if folded != name.folded:
            names.filter(pk=name.pk).update(folded=folded)


class Migration(migrations.Migration):
    dependencies = [("monographs", "0009_rows_have_their_own_plural")]

    operations = [migrations.RunPython(fold_anew, migrations.RunPython.noop)]

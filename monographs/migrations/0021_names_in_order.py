"""Each name has its letter and its place in the A–Z, and is listed since any leaflet of its medicine was first shown.

Letters and sort keys are filled in behind the migration (`operations.database.complete`): they depend on the language.
"""

import monographs.medicines.places
from django.db import migrations, models
from django.db.models import OuterRef, Subquery


def list_shown(apps, schema_editor):
    Medicine, MedicineName = (apps.get_model("monographs", name) for name in ("Medicine", "MedicineName"))
    shown = apps.get_model("monographs", "Showing").objects.filter(leaflet__medicine=OuterRef("pk")).order_by("starts_at")
    Medicine.objects.update(listed_from=Subquery(shown.values("starts_at")[:1]))
    of_medicine = Medicine.objects.filter(pk=OuterRef("medicine")).values("listed_from")
    MedicineName.objects.update(listed_from=Subquery(of_medicine))


class Migration(migrations.Migration):

    dependencies = [
        ('monographs', '0020_standing_filled'),
    ]

    operations = [
        migrations.AddField(
            model_name='medicine',
            name='listed_from',
            field=models.DateTimeField(blank=True, editable=False, null=True, verbose_name='listed from'),
        ),
        migrations.AddField(
            model_name='medicine',
            name='listed_under',
            field=monographs.medicines.places.LetterField(blank=True, help_text='Empty: the letter that its name begins with. For a name in another script: where readers look.', max_length=10, verbose_name='letter in the A–Z'),
        ),
        migrations.AddField(
            model_name='medicinename',
            name='letter',
            field=monographs.medicines.places.PlaceField(default='', editable=False, max_length=10),
        ),
        migrations.AddField(
            model_name='medicinename',
            name='listed_from',
            field=models.DateTimeField(blank=True, editable=False, null=True, verbose_name='listed from'),
        ),
        migrations.AddField(
            model_name='medicinename',
            name='listed_under',
            field=monographs.medicines.places.LetterField(blank=True, max_length=10, verbose_name='letter in the A–Z'),
        ),
        migrations.AddField(
            model_name='medicinename',
            name='sort_key',
            field=monographs.medicines.places.PlaceField(default='', editable=False, max_length=400),
        ),
        migrations.AddField(
            model_name='medicinename',
            name='sorted_by',
            field=monographs.medicines.places.PlaceField(db_index=True, default='', editable=False, max_length=20),
        ),
        migrations.AddIndex(
            model_name='medicinename',
            index=models.Index(condition=models.Q(('listed_from__isnull', False)), fields=['letter', 'sort_key'], name='name_by_letter'),
        ),
        migrations.AddIndex(
            model_name='medicinename',
            index=models.Index(condition=models.Q(('listed_from__isnull', False)), fields=['sort_key'], name='name_in_order'),
        ),
        migrations.RunPython(list_shown, migrations.RunPython.noop),
    ]

"""A leaflet may be a translation of another one, as of one of its revisions."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('monographs', '0040_safety_alerts'),
    ]

    operations = [
        migrations.AddField(
            model_name='leaflet',
            name='source',
            field=models.ForeignKey(blank=True, editable=False, help_text='For good; empty for what is no translation.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='translations', to='monographs.leaflet', verbose_name='translation of'),
        ),
        migrations.AddField(
            model_name='leaflet',
            name='source_revision',
            field=models.PositiveIntegerField(blank=True, editable=False, help_text='Of the leaflet that it translates.', null=True, verbose_name='as of revision'),
        ),
    ]

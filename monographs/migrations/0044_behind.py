"""Each showing of a translation says from when until when which of its parts are behind; a clinic may hide those.

What is shown already says nothing: there was no translation before. No table is made anew for it but the clinic's.
"""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('monographs', '0043_leaflets_in_chinese'),
    ]

    operations = [
        migrations.AddField(
            model_name='clinic',
            name='hides_stale_translations',
            field=models.BooleanField(default=False, help_text='Patients are then sent to the source instead. Otherwise each part that is behind says so.', verbose_name='hide a translation while any part of it is behind its source'),
        ),
        migrations.AddField(
            model_name='showing',
            name='behind',
            field=models.JSONField(help_text='Of a translation: list of [part, from, until].', null=True, verbose_name='parts behind the source'),
        ),
        migrations.AddField(
            model_name='showing',
            name='behind_from',
            field=models.DateTimeField(help_text='The first of these instants.', null=True, verbose_name='behind from'),
        ),
        migrations.AddIndex(
            model_name='showing',
            index=models.Index(condition=models.Q(('behind_from__isnull', False)), fields=['behind_from', 'ends_at'], name='showing_behind'),
        ),
    ]

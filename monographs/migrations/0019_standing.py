"""Where each leaflet stands, in a row of its own, and the indexes by which the list of leaflets is read."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('monographs', '0018_last_public_entry'),
    ]

    operations = [
        migrations.CreateModel(
            name='Standing',
            fields=[
                ('leaflet', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='standing', serialize=False, to='monographs.leaflet')),
                ('number', models.PositiveIntegerField(default=0, help_text='0: nothing is written yet.', verbose_name='newest revision')),
                ('digest', models.CharField(blank=True, max_length=64, verbose_name='SHA-256 of what it says')),
                ('saved_at', models.DateTimeField(null=True, verbose_name='saved')),
                ('review_state', models.CharField(blank=True, help_text='Of the one that goes on, else of the last.', max_length=10, verbose_name='review')),
                ('is_with_author', models.BooleanField(default=True, help_text='The newest text is neither in review nor has it been shown.', verbose_name='with its author')),
            ],
            options={
                'verbose_name': 'standing',
                'verbose_name_plural': 'standings',
            },
        ),
        migrations.AddIndex(
            model_name='leaflet',
            index=models.Index(fields=['title', 'id'], name='leaflet_by_title'),
        ),
        migrations.AddIndex(
            model_name='leaflet',
            index=models.Index(fields=['language'], name='leaflet_by_language'),
        ),
        migrations.AddField(
            model_name='standing',
            name='writer',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='who saved last'),
        ),
        migrations.AddIndex(
            model_name='standing',
            index=models.Index(fields=['review_state'], name='standing_review'),
        ),
        migrations.AddIndex(
            model_name='standing',
            index=models.Index(fields=['writer', 'is_with_author', '-saved_at'], name='standing_writer'),
        ),
    ]

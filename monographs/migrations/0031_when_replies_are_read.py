"""When replies are read; and no clinic without the lines that somebody in need must find, where its country has them."""

import django.core.validators
from django.db import migrations, models

import monographs.clinics.hours
from monographs.clinics.presets import preset_of


def fill_what_is_missing(apps, schema_editor):
    """From the country's lines, and only where nothing stands. The details are kept on record behind the migration
    (`clinics.actions.keep_details`)."""
    for clinic in apps.get_model("monographs", "Clinic").objects.all():
        preset = preset_of(clinic.country)
        for name in ("emergency_number", "crisis_lines", "reporting_name"):
            if not getattr(clinic, name).strip():
                setattr(clinic, name, str(getattr(preset, name)))
                if name == "reporting_name" and not clinic.reporting_url:
                    clinic.reporting_url = preset.reporting_url
        clinic.save()


class Migration(migrations.Migration):
    dependencies = [("monographs", "0030_suspected_reactions")]

    operations = [
        migrations.AddField(
            model_name='clinic',
            name='replies_overdue_hours',
            field=models.PositiveSmallIntegerField(default=48, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(720)], verbose_name='hours until a waiting reply is overdue'),
        ),
        migrations.AddField(
            model_name='clinic',
            name='staffed_hours',
            field=models.TextField(default='', help_text='Days and times, one a line: Mon-Fri 09:00-17:30. Outside them the form says first that nobody reads now.', validators=[django.core.validators.MaxLengthValidator(5000), monographs.clinics.hours.known_hours], verbose_name='when replies are read'),
        ),
        migrations.AlterField(
            model_name='clinic',
            name='crisis_lines',
            field=models.TextField(default='Samaritans: 116 123\nShout, by text message: 85258', help_text='One a line: name and number. Whoever writes a reply sees them, day and night.', validators=[django.core.validators.MaxLengthValidator(5000)], verbose_name='crisis lines'),
        ),
        migrations.AlterField(
            model_name='clinic',
            name='emergency_number',
            field=models.CharField(default='999', help_text='One number, such as 999 or 911.', max_length=40, verbose_name='emergency number'),
        ),
        migrations.AlterField(
            model_name='clinic',
            name='reporting_name',
            field=models.CharField(default='Yellow Card scheme', help_text="The national scheme's name.", max_length=200, verbose_name='where to report side effects'),
        ),
        migrations.AlterField(
            model_name='clinic',
            name='reporting_url',
            field=models.URLField(blank=True, default='https://yellowcard.mhra.gov.uk/', verbose_name='link to report side effects'),
        ),
        migrations.RunPython(fill_what_is_missing, migrations.RunPython.noop),
    ]

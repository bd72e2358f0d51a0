"""The clinic's logo and opening hours, and how to report a side effect without the internet."""

import django.core.validators
from django.db import migrations, models

import monographs.clinics.models
from monographs.clinics.presets import preset_of

_TEXT = {"blank": True, "validators": [django.core.validators.MaxLengthValidator(5000)]}
_REPORTING = {
    **_TEXT,
    "help_text": "Of the same scheme, or your own pharmacovigilance contact: telephone, e-mail, post; one a line.",
    "verbose_name": "how to report without the internet",
}


def fill_from_the_country(apps, schema_editor):
    """Where the clinic reports to its country's scheme. The details are kept on record behind the migration
    (`clinics.actions.keep_details`)."""
    for clinic in apps.get_model("monographs", "Clinic").objects.all():
        preset = preset_of(clinic.country)
        if clinic.reporting_url == preset.reporting_url and not clinic.reporting_address:
            clinic.reporting_address = preset.reporting_address
            clinic.save()


class Migration(migrations.Migration):
    dependencies = [("monographs", "0044_behind")]

    operations = [
        migrations.AddField(
            "clinic",
            "logo",
            models.CharField(
                blank=True,
                default="",
                editable=False,
                max_length=100,
                validators=[monographs.clinics.models.known_picture],
            ),
        ),
        migrations.AddField("clinic", "logo_width", models.PositiveSmallIntegerField(default=0, editable=False)),
        migrations.AddField("clinic", "logo_height", models.PositiveSmallIntegerField(default=0, editable=False)),
        migrations.AddField(
            "clinic",
            "opening_hours",
            models.TextField(
                default="",
                help_text="When somebody can come or call, in your own words, one a line.",
                verbose_name="opening hours",
                **_TEXT,
            ),
        ),
        migrations.AddField("clinic", "reporting_address", models.TextField(default="", **_REPORTING)),
        migrations.RunPython(fill_from_the_country, migrations.RunPython.noop),
        migrations.AlterField("clinic", "reporting_address", models.TextField(default="0800 731 6789", **_REPORTING)),
    ]

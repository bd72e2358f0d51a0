"""Days on which nobody at the clinic reads replies."""

import django.core.validators
from django.db import migrations, models

import monographs.clinics.days_off


class Migration(migrations.Migration):
    dependencies = [("monographs", "0046_what_leaflets_say_against_each_other")]

    operations = [
        migrations.AddField(
            "clinic",
            "days_off",
            models.TextField(
                blank=True,
                default="",
                help_text="Public holidays and others, one a line with the reason: 25 December 2026: Christmas Day. Also "
                "24 December 2026 to 2 January 2027: holidays. The form says so on these days, and they do not count "
                "for what is overdue.",
                validators=[django.core.validators.MaxLengthValidator(5000), monographs.clinics.days_off.known_days],
                verbose_name="days off",
            ),
        ),
    ]

"""The clinic's details, from when on patients met them. The first row is made after the migrations, from the present
clinic (`clinics.actions.keep_details`, by way of `operations.database.complete`): its entry belongs into the ledger."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("monographs", "0016_passages"),
    ]

    operations = [
        migrations.CreateModel(
            name="ClinicDetails",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("from_at", models.DateTimeField(verbose_name="in effect from")),
                ("details", models.TextField(help_text="Canonical JSON: every field of the clinic.")),
                ("fragments", models.TextField(help_text="Canonical JSON: language to slot to HTML.")),
                ("digest", models.CharField(max_length=64, verbose_name="SHA-256 of details and fragments")),
            ],
            options={
                "verbose_name": "details of the clinic",
                "verbose_name_plural": "details of the clinic",
                "indexes": [models.Index(fields=["-from_at", "-id"], name="clinic_details_newest")],
            },
        ),
    ]

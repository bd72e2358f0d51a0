"""Indexes for lists that were read further than they are shown."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("monographs", "0047_clinic_days_off")]

    operations = [
        migrations.AlterField(
            model_name="comment",
            name="leaflet",
            field=models.ForeignKey(
                db_index=False, on_delete=models.PROTECT, related_name="comments", to="monographs.leaflet"
            ),
        ),
        migrations.AddIndex(
            model_name="comment",
            index=models.Index(
                fields=["leaflet", "-urgency", "waits_since", "id"],
                name="comment_queue_of_leaflet",
                condition=models.Q(waits_since__isnull=False),
            ),
        ),
        migrations.AddIndex(
            model_name="standing",
            index=models.Index(fields=["stands", "due_on", "folded", "leaflet"], name="standing_stands_due"),
        ),
    ]

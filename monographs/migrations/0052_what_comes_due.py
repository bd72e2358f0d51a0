"""What comes due of what patients read, in the order of the day."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("monographs", "0051_a_leads_queue")]

    operations = [
        migrations.AddIndex(
            model_name="standing",
            index=models.Index(
                fields=["shown_review_on", "leaflet"],
                name="standing_comes_due",
                condition=models.Q(shown_review_on__isnull=False),
            ),
        ),
    ]

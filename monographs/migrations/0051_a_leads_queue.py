"""A lead moderator's queue: urgent first, then what was passed on."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("monographs", "0050_class_in_other_languages")]

    operations = [
        migrations.RemoveIndex(model_name="comment", name="comment_queue_of_lead"),
        migrations.AddIndex(
            model_name="comment",
            index=models.Index(
                fields=["-urgency", "-is_escalated", "waits_since", "id"],
                name="comment_queue_of_lead",
                condition=models.Q(waits_since__isnull=False),
            ),
        ),
    ]

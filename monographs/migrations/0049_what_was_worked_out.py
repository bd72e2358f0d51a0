"""What follows from the record is worked out anew after migrations, and a row says that it was."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("monographs", "0048_lists_are_read_in_order")]

    operations = [
        migrations.CreateModel(
            name="WorkedOut",
            fields=[
                ("what", models.CharField(max_length=30, primary_key=True, serialize=False, verbose_name="what")),
                ("by", models.CharField(max_length=64, verbose_name="by what")),
            ],
            options={"verbose_name": "what was worked out", "verbose_name_plural": "what was worked out"},
        ),
    ]

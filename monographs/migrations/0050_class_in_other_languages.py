"""What a medicine's class is called in other languages than the site's."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("monographs", "0049_what_was_worked_out")]

    operations = [
        migrations.CreateModel(
            name="ClassWords",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "language",
                    models.CharField(
                        choices=[
                            ("en", "English"),
                            ("ar", "Arabic"),
                            ("cy", "Welsh"),
                            ("de", "German"),
                            ("es", "Spanish"),
                            ("fr", "French"),
                            ("it", "Italian"),
                            ("pl", "Polish"),
                            ("pt", "Portuguese"),
                            ("ur", "Urdu"),
                            ("zh-hans", "Chinese (simplified)"),
                        ],
                        max_length=10,
                        verbose_name="language",
                    ),
                ),
                ("words", models.CharField(max_length=200, verbose_name="class")),
                (
                    "medicine",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="class_words",
                        to="monographs.medicine",
                    ),
                ),
            ],
            options={
                "verbose_name": "class in another language",
                "verbose_name_plural": "class in other languages",
                "ordering": ("language",),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("medicine", "language"),
                        name="class_words_once_a_language",
                        violation_error_message="The class is there in this language already.",
                    )
                ],
            },
        ),
    ]

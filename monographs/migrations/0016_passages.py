"""What a leaflet says, part by part, to be found. The rows are made after the migration (`operations.database`)."""

import django.db.models.deletion
from django.db import migrations, models


# On PostgreSQL the rows of each weight are a table of their own (`Weight`; it is the first digits of the id): how
# common a word is differs between titles and texts, and a database that knows it reads little of either.
SPLIT = """
CREATE TABLE monographs_passage_parts (
    LIKE monographs_passage INCLUDING DEFAULTS INCLUDING CONSTRAINTS, PRIMARY KEY (id)
) PARTITION BY RANGE (id);
DROP TABLE monographs_passage;
ALTER TABLE monographs_passage_parts RENAME TO monographs_passage;
"""
PART = """
CREATE TABLE monographs_passage_{weight} PARTITION OF monographs_passage FOR VALUES FROM ({first}) TO ({end})
"""
BITS = 52
WEIGHTS = 6


def split_by_weight(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(SPLIT)
        for weight in range(WEIGHTS):
            schema_editor.execute(PART.format(weight=weight, first=weight << BITS, end=(weight + 1) << BITS))


def drop_index(apps, schema_editor):
    if schema_editor.connection.vendor == "sqlite":
        schema_editor.execute("DROP TABLE IF EXISTS monographs_passage_words")


class Migration(migrations.Migration):
    dependencies = [("monographs", "0015_names_are_folded_anew")]

    operations = [
        migrations.CreateModel(
            name="Passage",
            fields=[
                ("id", models.BigIntegerField(primary_key=True, serialize=False)),
                (
                    "weight",
                    models.PositiveSmallIntegerField(
                        choices=[
                            (0, "title"),
                            (1, "what it is used for"),
                            (2, "heading"),
                            (3, "text"),
                            (4, "side effects"),
                            (5, "all of its words"),
                        ]
                    ),
                ),
                ("language", models.CharField(max_length=10)),
                (
                    "kind",
                    models.CharField(blank=True, help_text="Of the section (`leaflets.sections`).", max_length=40),
                ),
                ("anchor", models.CharField(blank=True, max_length=100)),
                ("heading", models.TextField(blank=True)),
                (
                    "sentences",
                    models.JSONField(
                        default=list, help_text="Each as it may be quoted; “” where it is too long."
                    ),
                ),
                (
                    "tokens",
                    models.TextField(
                        help_text="On the first line those of the title and headings, then a line for each sentence."
                    ),
                ),
                ("made_by", models.CharField(max_length=40)),
                (
                    "publication",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="passages",
                        to="monographs.publication",
                    ),
                ),
            ],
            options={"verbose_name": "passage", "verbose_name_plural": "passages", "ordering": ("id",)},
        ),
        migrations.RunPython(split_by_weight, drop_index),
    ]

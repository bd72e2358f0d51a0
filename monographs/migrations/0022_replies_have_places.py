"""Where each reply stands under its leaflet, written down; first for what is there."""

from django.db import migrations, models
from django.db.models import F

BATCH = 500
DIGITS, LEVELS = 12, 10


def fill(apps, schema_editor):
    """In the order of numbers, in which every reply comes after the one that it answers."""
    Comment, last = apps.get_model("monographs", "Comment"), 0
    shown = Comment.objects.filter(state="approved").annotate(above=F("parent__place")).order_by("pk")
    while rows := list(shown.filter(pk__gt=last).only("pk", "parent_id")[:BATCH]):
        places = {}
        for row in rows:
            above = places.get(row.parent_id) or row.above or ""
            if above or row.parent_id is None:
                row.place = places[row.pk] = f"{above[: DIGITS * (LEVELS - 1)]}{row.pk:0{DIGITS}}"
        Comment.objects.bulk_update([row for row in rows if row.pk in places], ["place"])
        last = rows[-1].pk


class Migration(migrations.Migration):
    dependencies = [("monographs", "0021_names_in_order")]

    operations = [
        migrations.AddField(
            model_name="comment",
            name="place",
            field=models.CharField(
                blank=True,
                default="",
                editable=False,
                help_text="Where it stands under the leaflet; empty where it is not shown.",
                max_length=120,
            ),
            preserve_default=False,
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
        migrations.AddIndex(
            model_name="comment", index=models.Index(fields=["leaflet", "place"], name="comment_place")
        ),
    ]

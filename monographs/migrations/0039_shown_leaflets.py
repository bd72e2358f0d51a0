"""Each medicine knows which of its leaflets are shown from when until when.

The lists are filled in by today's rules once more behind the migrations (`operations.database.complete`).
"""

import datetime as dt

from django.db import migrations, models


def fill(apps, schema_editor):
    Leaflet, Medicine = (apps.get_model("monographs", name) for name in ("Leaflet", "Medicine"))
    rows = (
        Leaflet.objects.filter(showings__publication__revision__isnull=False)
        .order_by("medicine", "language", "edition", "pk", "showings__starts_at", "showings__publication")
        .values_list(
            "medicine", "slug", "language", "edition", "showings__title", "showings__starts_at", "showings__ends_at"
        )
    )
    shown = {}
    for medicine, *what, starts_at, ends_at in rows:
        if starts_at == ends_at:
            continue
        starts, ends = (instant.astimezone(dt.UTC).isoformat() for instant in (starts_at, ends_at))
        intervals = shown.setdefault(medicine, [])
        if intervals and intervals[-1][:4] == what and intervals[-1][5] == starts:
            intervals[-1][5] = ends
        else:
            intervals.append([*what, starts, ends])
    medicines = [Medicine(pk=pk, shown_leaflets=intervals) for pk, intervals in shown.items()]
    Medicine.objects.bulk_update(medicines, ["shown_leaflets"], batch_size=500)


class Migration(migrations.Migration):

    dependencies = [
        ('monographs', '0038_reports_in_order'),
    ]

    operations = [
        migrations.AddField(
            model_name='medicine',
            name='shown_leaflets',
            field=models.JSONField(blank=True, default=list, editable=False, verbose_name='shown leaflets'),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]

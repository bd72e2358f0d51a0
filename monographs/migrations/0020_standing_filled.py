"""Where each leaflet stands, written down for what is there."""

from django.db import migrations
from django.db.models import Case, Exists, OuterRef, Subquery, When

BATCH = 500


def fill(apps, schema_editor):
    Leaflet, Standing = apps.get_model("monographs", "Leaflet"), apps.get_model("monographs", "Standing")
    newest = apps.get_model("monographs", "Revision").objects.filter(leaflet=OuterRef("pk")).order_by("-number")
    active = Case(When(state__in=("waiting", "approved"), then=0), default=1)
    Review = apps.get_model("monographs", "Review")
    reviews = Review.objects.filter(leaflet=OuterRef("pk")).order_by(active, "-pk")
    found = Leaflet.objects.order_by("pk").annotate(
        newest=Subquery(newest.values("number")[:1]),
        says=Subquery(newest.values("digest")[:1]),
        wrote=Subquery(newest.values("by")[:1]),
        saved=Subquery(newest.values("at")[:1]),
        state=Subquery(reviews.values("state")[:1]),
    )
    shown = ("waiting", "approved", "emergency", "released", "ended")
    gone_on = Review.objects.filter(leaflet=OuterRef("pk"), revision__number=OuterRef("newest"), state__in=shown)
    found = found.annotate(gone_on=Exists(gone_on))
    rows = (
        Standing(
            leaflet_id=pk,
            number=number or 0,
            digest=digest or "",
            writer_id=by,
            saved_at=at,
            review_state=state or "",
            is_with_author=not gone_on,
        )
        for pk, number, digest, by, at, state, gone_on in found.values_list(
            "pk", "newest", "says", "wrote", "saved", "state", "gone_on"
        )
    )
    Standing.objects.bulk_create(rows, batch_size=BATCH)


class Migration(migrations.Migration):
    dependencies = [("monographs", "0019_standing")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]

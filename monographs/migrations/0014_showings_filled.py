"""What each leaflet shows from when until when, and when each review was approved, written down for what is there."""

import datetime as dt
from itertools import groupby

from django.db import migrations
from django.db.models import Exists, F, JSONField, Max, OuterRef, Q, Subquery
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast

FOREVER = dt.datetime(9999, 12, 31, tzinfo=dt.UTC)
BATCH = 1000


def note_approvals(apps, schema_editor):
    Decision, Review = apps.get_model("monographs", "Decision"), apps.get_model("monographs", "Review")
    last = (
        Decision.objects.filter(review=OuterRef("pk"), outcome="approved")
        .order_by()
        .values("review")
        .values(last=Max("at"))
    )
    Review.objects.filter(state__in=("approved", "released", "ended")).update(approved_at=Subquery(last))


def fill(apps, schema_editor):
    Showing, new = apps.get_model("monographs", "Showing"), []
    for _leaflet, standing in groupby(_standing(apps), lambda row: row[1]):
        rows, title = _valid(list(standing)), ""
        for row, following in zip(rows, [*rows[1:], None], strict=True):
            pk, leaflet, starts_at, _kind, revision, its_title = row
            title = (its_title or "") if revision else title
            ends_at = following[2] if following else max(FOREVER, starts_at)
            new.append(
                Showing(publication_id=pk, leaflet_id=leaflet, starts_at=starts_at, ends_at=ends_at, title=title)
            )
        if len(new) >= BATCH:
            Showing.objects.bulk_create(new)
            new = []
    Showing.objects.bulk_create(new)


def _standing(apps):
    """Neither cancelled nor void, in the order of leaflet, instant and number."""
    Publication = apps.get_model("monographs", "Publication")
    cancelled = apps.get_model("monographs", "Cancellation").objects.filter(publication=OuterRef("pk"))
    void = apps.get_model("monographs", "Decision").objects.filter(
        review=OuterRef("review"),
        outcome__in=("sent-back", "recalled"),
        at__gte=OuterRef("at"),
        at__lt=OuterRef("effective_from"),
    )
    title = KeyTextTransform("title", Cast(F("revision__content_json"), JSONField()))
    return (
        Publication.objects.filter(~Q(Exists(cancelled)), ~Q(Exists(void)))
        .order_by("leaflet_id", "effective_from", "pk")
        .values_list("pk", "leaflet_id", "effective_from", "kind", "revision_id", title)
        .iterator(chunk_size=BATCH)
    )


def _valid(rows):
    """Without the expiries that a later decision has overtaken."""
    return [
        row
        for row in rows
        if row[3] != "expiry"
        or not any(other[0] > row[0] and other[2] <= row[2] and other[3] != "expiry" for other in rows)
    ]


class Migration(migrations.Migration):
    dependencies = [("monographs", "0013_showings")]

    operations = [
        migrations.RunPython(note_approvals, migrations.RunPython.noop),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]

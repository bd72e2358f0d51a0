#!/usr/bin/env bash
# Django 5.2.19: order_by("status__pk") sorts by a title where the status has a one-to-one primary key
#
# Expected: rows in the order of a number, as Status.objects.order_by("pk") has them and filter(status__pk__gt=…) compares.
# Seen:     where the primary key of Status is a OneToOneField to a model with Meta.ordering, the same words over a relation
#           join that model and sort by its ordering (its title). Status.objects.order_by("pk") itself sorts by the number.
# Who is hurt: whoever goes through what comes due some at a time, from the last number on: leaflets whose titles stand in
#           another order than their numbers are left out, and nobody is reminded of their review.
# Instead: order_by("status_id"), or "status__leaflet_id": names of columns are never led on to an ordering.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check django==5.2.19
"$work/venv/bin/python" - <<'PYTHON'
import django
from django.conf import settings

settings.configure(DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}}, INSTALLED_APPS=[])
django.setup()
from django.db import connection, models


class Leaflet(models.Model):
    title = models.TextField()

    class Meta:
        app_label = "finding"
        ordering = ("title",)


class Status(models.Model):
    leaflet = models.OneToOneField(Leaflet, models.CASCADE, primary_key=True)

    class Meta:
        app_label = "finding"


class Reminder(models.Model):
    status = models.ForeignKey(Status, models.CASCADE)

    class Meta:
        app_label = "finding"


def some_at_a_time(order):
    """The titles of all leaflets, two at a time from the last number on."""
    found, last = [], 0
    while some := list(Reminder.objects.filter(status__pk__gt=last).order_by(order)[:2]):
        found += [one.status.leaflet.title for one in some]
        last = some[-1].status.pk
    return found


with connection.schema_editor() as editor:
    for model in (Leaflet, Status, Reminder):
        editor.create_model(model)
titles = ["Zopiclone", "Baclofen", "Warfarin", "Aspirin"]
for title in titles:
    Reminder.objects.create(status=Status.objects.create(leaflet=Leaflet.objects.create(title=title)))
assert [status.leaflet.title for status in Status.objects.order_by("pk")] == titles
assert some_at_a_time("status_id") == titles
assert [one.status.leaflet.title for one in Reminder.objects.order_by("status__pk")] == sorted(titles)
left_out = set(titles) - set(some_at_a_time("status__pk"))
assert left_out, "nothing is left out"
print("Left out:", *sorted(left_out))
PYTHON
echo 'Still so: order_by("status__pk") sorts by the title.'

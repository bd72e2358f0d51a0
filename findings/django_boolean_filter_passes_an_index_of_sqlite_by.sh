#!/usr/bin/env bash
# Django 5.2.19 on SQLite: a filter on a boolean column does not use the index that begins with it
#
# Expected: filter(is_public=True).order_by("-at")[:1] reads one entry of an index on (is_public, at), as on PostgreSQL.
# Seen:     Django writes WHERE "is_public", and SQLite takes the index only for "is_public" = 1: it reads the whole
#           table and sorts. A partial index with condition=Q(is_public=True) is taken.
# Who is hurt: every table of record that grows (a ledger, replies, searches): the newest public entry, which each reader's
#           page asks for, costs more from day to day, and only on SQLite.
# Instead: a partial index; look at EXPLAIN QUERY PLAN, not at the models.
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


class Whole(models.Model):
    is_public = models.BooleanField()
    at = models.DateTimeField()

    class Meta:
        app_label = "finding"
        indexes = (models.Index(fields=("is_public", "at"), name="whole_index"),)


class Partial(models.Model):
    is_public = models.BooleanField()
    at = models.DateTimeField()

    class Meta:
        app_label = "finding"
        indexes = (models.Index(fields=("at",), condition=models.Q(is_public=True), name="partial_index"),)


def plan(model):
    return model.objects.filter(is_public=True).order_by("-at")[:1].explain()


with connection.schema_editor() as editor:
    editor.create_model(Whole)
    editor.create_model(Partial)
assert "whole_index" not in plan(Whole) and "TEMP B-TREE" in plan(Whole), plan(Whole)
assert "partial_index" in plan(Partial) and "TEMP B-TREE" not in plan(Partial), plan(Partial)
with connection.cursor() as cursor:
    cursor.execute("EXPLAIN QUERY PLAN SELECT id FROM finding_whole WHERE is_public = 1 ORDER BY at DESC LIMIT 1")
    assert "whole_index" in str(cursor.fetchall())
PYTHON
echo "Still so: WHERE \"is_public\" passes the index by."

#!/usr/bin/env bash
# Django 5.2.19 on SQLite: a new column stumbles over a trigger of another table
# Expected: adding a column with a default to a table works, whatever triggers other tables have.
# Seen: Django makes the table anew and renames it, and SQLite refuses the renaming while a trigger of ANOTHER table names
# the table that was dropped ("error in trigger …: no such table"). Without that trigger the same column is added.
# Who is hurt: a site that guards its records by triggers: a new, empty database takes the migration, as its triggers come
# later; the database of a clinic, which has them, stops half-way through an update.
# Instead: drop such triggers in the migration, and make them again behind it.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check django==5.2.19
"$folder/venv/bin/python" - <<'PYTHON'
import django
from django.conf import settings

settings.configure(
    DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}}, DEFAULT_AUTO_FIELD="django.db.models.AutoField"
)
django.setup()
from django.db import OperationalError, connection, models


class Approval(models.Model):
    class Meta:
        app_label = "leaflets"


class Release(models.Model):
    class Meta:
        app_label = "leaflets"


def add_column(name: str) -> str:
    field = models.CharField(max_length=10, default="")
    field.set_attributes_from_name(name)
    try:
        with connection.schema_editor() as editor:
            editor.add_field(Approval, field)
    except OperationalError as error:
        return str(error)
    return "added"


with connection.schema_editor() as editor:
    editor.create_model(Approval)
    editor.create_model(Release)
first = add_column("plain")
connection.cursor().execute(
    "CREATE TRIGGER released BEFORE INSERT ON leaflets_release "
    "WHEN NOT EXISTS (SELECT 1 FROM leaflets_approval) BEGIN SELECT RAISE(ABORT, 'not approved'); END"
)
second = add_column("signed_with")
print(f"without a trigger elsewhere: {first}; with one: {second}")
assert first == "added"
assert "error in trigger released" in second, second
PYTHON
echo "As described: the column is added only while no trigger of another table names this one."

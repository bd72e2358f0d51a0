#!/usr/bin/env bash
# django-import-export 4.4.3: half a tablet in a spreadsheet is imported as none
#
# Expected: “0.5” for a PositiveSmallIntegerField is refused, as Django's own form does (“Enter a whole number.”), at the latest
#           with clean_model_instances = True, which is there to validate what is imported.
# Seen:     the widget of whole numbers cuts off what stands behind the point: 0.5 is stored as 0, 2.5 as 2, and the result has
#           neither errors nor invalid rows. Validation comes after, and sees a whole number.
# Who is hurt: whoever takes a table of doses from a spreadsheet into a field that was thought to be whole: “0 tablets”.
# Instead: a widget of your own that refuses a value with a remainder, or a DecimalField.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check django-import-export==4.4.3 tablib==3.10.0 Django==5.2.19
"$work/venv/bin/python" - <<'PYTHON'
import django
from django.conf import settings

settings.configure(
    DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}},
    INSTALLED_APPS=["import_export"],
)
django.setup()

import tablib
from django.db import connection, models
from django.forms import modelform_factory
from import_export.resources import ModelResource


class Dose(models.Model):
    medicine = models.CharField(max_length=20)
    tablets = models.PositiveSmallIntegerField()

    class Meta:
        app_label = "import_export"


class Doses(ModelResource):
    class Meta:
        model = Dose
        import_id_fields = ["medicine"]
        clean_model_instances = True


with connection.schema_editor() as editor:
    editor.create_model(Dose)

form = modelform_factory(Dose, fields=["medicine", "tablets"])({"medicine": "A", "tablets": "0.5"})
assert form.errors["tablets"] == ["Enter a whole number."]

sheet = tablib.Dataset(("A", "0.5"), ("B", "2.5"), ("C", 2.5), headers=["medicine", "tablets"])
result = Doses().import_data(sheet)
assert not result.has_errors() and not result.has_validation_errors()
stored = dict(Dose.objects.values_list("medicine", "tablets"))
assert stored == {"A": 0, "B": 2, "C": 2}, stored
PYTHON
echo "Still so: 0.5 tablets are imported as 0, without an error."

#!/usr/bin/env bash
# Django 5.2.19 on SQLite, transactions that begin IMMEDIATE: a database that was busy once has no JSON from then on
#
# Expected: whether SQLite knows JSON is a matter of its build; somebody else's write at this moment changes nothing of it.
# Seen:     `connection.features.supports_json_field` asks within `transaction.atomic()`. With "transaction_mode": "IMMEDIATE"
#           that takes the write lock; if another process holds it, the OperationalError is taken for "no JSON" and kept
#           for as long as the connection lives. `JSONObject` then raises NotSupportedError in every later query of that
#           thread, long after the other process has finished.
# Who is hurt: a clinic's small site on SQLite: a page that worked all day fails until the server is started anew, because
#           its first query met a colleague who was saving.
# Instead: ask once without a transaction (a features_class of one's own), or at the start, before anybody writes.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check "Django==5.2.19"
WORK="$work" "$work/venv/bin/python" - <<'PYTHON'
import os
import sqlite3
import sys

import django
from django.conf import settings

file = os.path.join(os.environ["WORK"], "clinic.sqlite3")
settings.configure(
    DATABASES={
        "default": {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": file,
            "OPTIONS": {"transaction_mode": "IMMEDIATE", "timeout": 0.1},
        }
    },
    INSTALLED_APPS=["django.contrib.contenttypes"],
    USE_TZ=True,
)
django.setup()

from django.contrib.contenttypes.models import ContentType
from django.core.management import call_command
from django.db import NotSupportedError, connection
from django.db.models.functions import JSONObject

call_command("migrate", verbosity=0)
connection.close()
connection.features.__dict__.pop("supports_json_field", None)  # as in a process that did not migrate

colleague = sqlite3.connect(file, isolation_level=None)
colleague.execute("BEGIN IMMEDIATE")  # somebody saves
during = connection.features.supports_json_field
colleague.execute("COMMIT")  # and has finished
try:
    list(ContentType.objects.annotate(both=JSONObject(app="app_label")))
except NotSupportedError as error:
    after = str(error)
else:
    after = ""
print(f"While a colleague saves: supports_json_field is {during}. Afterwards: {after or 'it works'}")
sys.exit(0 if not during and "JSONObject" in after else 1)
PYTHON

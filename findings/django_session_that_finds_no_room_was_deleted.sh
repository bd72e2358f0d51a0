#!/usr/bin/env bash
# Django 5.2.19: a session that can't be written, because the disk is full, "was deleted before the request completed"
#
# Expected: an OperationalError that says so, or the answer of the view, whose transaction is committed by then.
# Seen:     the session's store takes every DatabaseError of an UPDATE for a row that somebody took away (UpdateError), and
#           the middleware answers 400, "The user may have logged out in a concurrent request".
# Who is hurt: who signs, releases or withdraws a leaflet on a full disk, a locked database, or while it restarts: the act
#           is on record, the person reads that the request was bad, and does it again.
# Instead: a session middleware that looks for the first cause, and answers what was done as done.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check django==5.2.19
cd "$work"
"$work/venv/bin/python" - <<'PYTHON'
import secrets

import django
from django.conf import settings

settings.configure(
    DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": "site.sqlite3", "CONN_MAX_AGE": None}},
    INSTALLED_APPS=["django.contrib.sessions"],
    MIDDLEWARE=["django.contrib.sessions.middleware.SessionMiddleware"],
    ROOT_URLCONF="__main__", SECRET_KEY="x" * 50, ALLOWED_HOSTS=["testserver"],
)
django.setup()
from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.urls import path


def act(request):
    """Something was done and committed; the session carries the sentence of success."""
    request.session["message"] = secrets.token_hex(int(request.GET["size"]))
    return HttpResponse("done")


urlpatterns = [path("act", act)]
call_command("migrate", verbosity=0)
client = Client(raise_request_exception=False)
assert client.get("/act?size=1").content == b"done"
with connection.cursor() as cursor:
    [pages] = cursor.execute("PRAGMA page_count").fetchone()
    cursor.execute(f"PRAGMA max_page_count = {pages}")  # what a full disk does
answer = client.get("/act?size=50000")
assert answer.status_code == 400, answer.status_code
assert Session.objects.count() == 1  # it is there
PYTHON
echo "Still so: a session that finds no room is answered as one that was deleted."

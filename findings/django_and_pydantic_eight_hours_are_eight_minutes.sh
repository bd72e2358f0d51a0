#!/usr/bin/env bash
# django 5.2.19 and pydantic 2.14.4: the length of time “08:00” is eight minutes to the one and eight hours to the other
#
# Expected: both read a length of time of two numbers alike, or refuse it.
# Seen:     Django's parse_duration, which serves form and model fields, fills from the end: minutes and seconds. pydantic, which reads the
#           same field for an API made from it, takes hours and minutes. Neither warns; “08:00:00” is eight hours in both.
# Who is hurt: whoever keeps the time between two doses as a duration: 480 minutes typed in the admin become 8.
# Instead: refuse two numbers in the form's clean, or ask for a number and a unit in fields of their own.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check django==5.2.19 pydantic==2.14.4
"$work/venv/bin/python" - <<'PYTHON'
from datetime import timedelta

from django.utils.dateparse import parse_duration
from pydantic import TypeAdapter

api = TypeAdapter(timedelta).validate_python

assert parse_duration("08:00") == timedelta(minutes=8)
assert api("08:00") == timedelta(hours=8)
assert parse_duration("08:00:00") == api("08:00:00") == timedelta(hours=8)  # as it should be
PYTHON
echo "Still so: 08:00 is eight minutes in a form and eight hours in an API."

#!/usr/bin/env bash
# Babel 2.19.0: format_timedelta() calls 21 hours a day and 320 days a year
#
# Expected: the largest unit that is full: 21 hours, 11 months.
# Seen:     "1 day" and "1 year": from 85 % of a unit on (its threshold) the next one is told.
# Who is hurt: "next dose in", "expires in", "last checked … ago": a dose every 21 hours reads as once a day, a pack seems to last longer.
# Instead: pass threshold=1, or write the date itself.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check Babel==2.19.0
"$work/venv/bin/python" - <<'PYTHON'
import datetime as dt

from babel.dates import format_timedelta

hours, days = dt.timedelta(hours=21), dt.timedelta(days=320)
assert format_timedelta(hours, locale="en") == "1 day"
assert format_timedelta(days, locale="en") == "1 year"
assert format_timedelta(hours, locale="en", threshold=1) == "21 hours"
assert format_timedelta(days, locale="en", threshold=1) == "11 months"
PYTHON
echo "Still so: 21 hours are told as a day, 320 days as a year."

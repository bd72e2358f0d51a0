#!/usr/bin/env bash
# dateparser 1.5.0: search_dates finds “5 hours” in “Rest for 0.5 hours”
#
# Expected: 0.5 hours, as dateparser.parse reads it: “1.5 hours ago” is an hour and a half there.
# Seen:     the search parts the text at the point and reads what stands behind it: 1.5 hours are 5 hours, 2.5 days are 5 days.
# Who is hurt: reminders made from the text of a leaflet or a reply: ten times the rest, three times the wait.
# Instead: find the spans oneself and give each whole to parse; check that the span found has no digit or point before it.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check dateparser==1.5.0
"$work/venv/bin/python" - <<'PYTHON'
from datetime import datetime, timedelta

import dateparser
from dateparser.search import search_dates

now = datetime(2026, 1, 1, 12)
settings = {"RELATIVE_BASE": now, "PREFER_DATES_FROM": "future"}
for text, found, later in (
    ("Rest for 0.5 hours", "5 hours", timedelta(hours=5)),
    ("Wait 1.5 hours.", "5 hours", timedelta(hours=5)),
    ("It lasts for 2.5 days", "5 days", timedelta(days=5)),
):
    assert search_dates(text, languages=["en"], settings=settings) == [(found, now + later)], text
parsed = dateparser.parse("1.5 hours ago", languages=["en"], settings=settings)
assert parsed == now - timedelta(hours=1.5), parsed  # as it should be
PYTHON
echo "Still so: 0.5 hours are found as 5 hours."

#!/usr/bin/env bash
# cron-descriptor 2.2.1: "every 2 days" for a rule that comes on two days in succession
#
# Expected: words that say what the rule does: on the 1st, 3rd, 5th … of the month.
# Seen:     "0 9 */2 * *" is told as "At 09:00 AM, every 2 days", though it comes on the 31st and again on the 1st; "0 */5 * * *" as "Every 5 hours", though four hours lie
#           between the last of a day and the first of the next.
# Who is hurt: people who set up reminders for a medicine taken every other day read that it is right, and are told to take it on two days running.
# Instead: do not write intervals as cron rules; count from the last dose.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check cron-descriptor==2.2.1 croniter==6.0.0
"$work/venv/bin/python" - <<'PYTHON'
import datetime as dt

from cron_descriptor import get_description
from croniter import croniter

assert get_description("0 9 */2 * *") == "At 09:00 AM, every 2 days"
times = croniter("0 9 */2 * *", dt.datetime(2027, 1, 30))
assert [times.get_next(dt.datetime).day for _time in range(2)] == [31, 1]
assert get_description("0 */5 * * *") == "Every 5 hours"
times = croniter("0 */5 * * *", dt.datetime(2027, 1, 30, 19))
assert [times.get_next(dt.datetime).hour for _time in range(2)] == [20, 0]
PYTHON
echo "Still so: a rule that comes on the 31st and the 1st is told as every 2 days."

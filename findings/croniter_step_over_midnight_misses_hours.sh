#!/usr/bin/env bash
# croniter 7.0.0: "0 22-6/4 * * *" rings at 22:00 and 03:00 and at no other hour
#
# Expected: a range that goes over midnight is allowed, and its step is kept to, as the documentation says: every four
#           hours from 22:00 to 06:00 is 22:00, 02:00 and 06:00.
# Seen:     the step that leaps over midnight is five hours, not four, so the second time is 03:00; 07:00 lies behind the
#           end, and the third time is lost. Where a step falls on midnight itself ("20-8/4", "22-6/2") all is right, so a
#           trial may well show nothing. Saturday to Wednesday in steps of two has the same slip: Saturday and Tuesday.
# Who is hurt: the patient whose reminder for the night rings an hour late, and who is never reminded of the dose at six.
# Instead: name the hours ("22,2,6"), or count from the first dose with a timedelta.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check croniter==7.0.0
"$work/venv/bin/python" - <<'PYTHON'
from datetime import datetime

from croniter import croniter


def hours(expression, count):
    times = croniter(expression, datetime(2026, 1, 5, 12))
    return [times.get_next(datetime).hour for _ in range(count)]


assert hours("0 20-8/4 * * *", 5) == [20, 0, 4, 8, 20], hours("0 20-8/4 * * *", 5)
assert hours("0 22-6/2 * * *", 6) == [22, 0, 2, 4, 6, 22], hours("0 22-6/2 * * *", 6)
days = croniter("0 8 * * sat-wed/2", datetime(2026, 1, 8))
assert [days.get_next(datetime).strftime("%a") for _ in range(3)] == ["Sat", "Tue", "Sat"]
assert hours("0 22-6/4 * * *", 4) == [22, 3, 22, 3], hours("0 22-6/4 * * *", 4)
PYTHON
echo "Still so: every four hours from 22 to 6 is 22:00 and 03:00."

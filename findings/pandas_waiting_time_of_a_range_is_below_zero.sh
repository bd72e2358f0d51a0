#!/usr/bin/env bash
# pandas 3.1.1: to_timedelta("4-6 h") is minus 46 hours, and “1,5 h” is 15 hours
#
# Expected: an error, as for “4h-6h” (“only leading negative signs are allowed”) and “3 to 4 h”.
# Seen:     the hyphen is taken for a sign though it does not lead, and the digits on its two sides for one number:
#           “10-14 days” is −1014 days. The comma is dropped. errors="coerce" does not help, for nothing is wrong to it.
# Who is hurt: whoever makes columns of intervals from leaflets or from what patients typed: the next dose was due two days ago.
# Instead: match one number with a point and one unit before the text goes there; check the sign behind it.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check pandas==3.1.1
"$work/venv/bin/python" - <<'PYTHON'
import pandas

hour = pandas.Timedelta(hours=1)
for text, hours in (("4-6 h", -46), ("10-14 days", -1014 * 24), ("1,5 h", 15), ("1.5 h", 1.5)):  # the last as it should be
    seen = pandas.to_timedelta(text, errors="coerce") / hour
    assert seen == hours, (text, seen)
try:
    pandas.to_timedelta("4h-6h")
except ValueError:
    pass
else:
    raise AssertionError("4h-6h is taken, too")
PYTHON
echo "Still so: 4-6 h is minus 46 hours."

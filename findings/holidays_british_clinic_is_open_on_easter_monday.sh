#!/usr/bin/env bash
# holidays 0.109: for country GB neither Easter Monday nor the last Monday of August is a holiday
#
# Expected: the bank holidays of a clinic in England, Wales or Northern Ireland; or an error that a part of the country must be named.
# Seen:     without subdiv= only those come that all four nations share, without a word: Easter Monday and the summer bank holiday are
#           missing, Christmas Day is there, so that a look at December finds nothing wrong.
# Who is hurt: patients whom a leaflet sends to the number of a clinic that is closed; reminders that fall on such a day.
# Instead: country_holidays("GB", subdiv="ENG"), and a test with a day that the nations do not share.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check holidays==0.109
"$work/venv/bin/python" - <<'PYTHON'
from datetime import date

from holidays import country_holidays

DAYS = [date(2026, 4, 6), date(2026, 8, 31), date(2026, 12, 25)]  # Easter Monday, summer bank holiday, Christmas Day


def closed(**options):
    kept = country_holidays("GB", **options)
    return [day in kept for day in DAYS]


assert closed() == [False, False, True]
assert closed(subdiv="ENG") == closed(subdiv="WLS") == [True, True, True]  # as it should be
PYTHON
echo "Still so: Great Britain alone knows no Easter Monday."

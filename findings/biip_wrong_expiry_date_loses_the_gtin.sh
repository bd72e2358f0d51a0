#!/usr/bin/env bash
# biip 5.2.0: a pack's code with an impossible expiry date has no GTIN either
#
# Expected: the GTIN, which is whole and comes first, and an error for the date.
# Seen:     no GS1 message at all.
# Who is hurt: a patient who scans a pack with a misprinted date finds no leaflet.
# Instead: read the first 16 characters (01 and the GTIN) apart when the whole fails.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check biip==5.2.0
"$work/venv/bin/python" - <<'PYTHON'
import biip

whole = biip.parse("010501234567890017281231")
assert whole.gs1_message is not None
wrong = biip.parse("010501234567890017281300")
assert wrong.gs1_message is None
assert wrong.gtin is None
PYTHON
echo "Still so: a wrong date hides the GTIN."

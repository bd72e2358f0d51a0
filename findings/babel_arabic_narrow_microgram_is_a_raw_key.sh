#!/usr/bin/env bash
# Babel 2.18.0: the narrow form of 50 micrograms in Arabic is the key “mass-microgram”
#
# Expected: an Arabic abbreviation, as the short and the long form give, or an error.
# Seen:     “50 mass-microgram”: the name of the unit in the data, in English, in the middle of an Arabic text.
# Who is hurt: Arabic readers of a compact table of strengths.
# Instead: the short or the long form, and a test that no result holds a key.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check Babel==2.18.0
"$work/venv/bin/python" - <<'PYTHON'
from babel.units import format_unit

assert format_unit(50, "mass-microgram", length="narrow", locale="ar") == "50 mass-microgram"
assert "mass" not in format_unit(50, "mass-microgram", length="short", locale="ar")
PYTHON
echo "Still so: the narrow Arabic microgram is a raw key."

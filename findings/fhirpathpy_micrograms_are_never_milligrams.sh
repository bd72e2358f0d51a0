#!/usr/bin/env bash
# fhirpathpy 2.2.4: 0.5 'mg' = 500 'ug' is false, though 1 'g' = 1000 'mg' is true; a union of quantities is empty
#
# Expected: true, or at least the empty answer: by FHIRPath (Quantity Equality) the dimensions of the two must agree, the units
#           need not. A union keeps what differs.
# Seen:     only g and mg are known to each other: mg and ug, kg and g, L and mL are “false” and with != “true”.
#           (5 'mg' | 10 'mg').count() is 0.
# Who is hurt: rules over medication resources that look for a dose: the same dose written in micrograms is not found.
# Instead: bring quantities to one unit before they are compared; test each pair of units that the rules use.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check fhirpathpy==2.2.4
"$work/venv/bin/python" - <<'PYTHON'
from fhirpathpy import evaluate

assert evaluate({}, "1 'g' = 1000 'mg'", []) == [True]  # as it should be
for one in ("0.5 'mg' = 500 'ug'", "1 'kg' = 1000 'g'", "1 'L' = 1000 'mL'"):
    assert evaluate({}, one, []) == [False], one
assert evaluate({}, "1 'mg' != 1000 'ug'", []) == [True]
assert evaluate({}, "(5 'mg' | 10 'mg').count()", []) == [0]
PYTHON
echo "Still so: 500 ug is not 0.5 mg."

#!/usr/bin/env bash
# ucumvert 0.3.2 (with Pint 0.25.3): 12 g% of haemoglobin are 0.12 grams, and can't be converted to g/dL
#
# Expected: 12 g/dL: UCUM defines g% (gram percent) as 1 g/dl, a concentration; ucumvert's own report of its mapping says so beside it.
# Seen:     a product of gram and percent, a mass of 0.01 g, which is added to other weights without an error. mg% likewise.
# Who is hurt: whoever brings laboratory values from older systems together: a blood value is taken for the weight of something.
# Instead: map g% and mg% to g/dL and mg/dL before the library sees them, and check the dimension of each result.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check ucumvert==0.3.2 Pint==0.25.3
"$work/venv/bin/python" - <<'PYTHON'
from ucumvert import PintUcumRegistry

units = PintUcumRegistry()
blood = 12 * units.from_ucum("g%")
assert round(blood.to("mg").magnitude, 6) == 120, blood
assert blood.is_compatible_with("gram")
assert not blood.is_compatible_with(units.from_ucum("g/dL"))
assert not units.from_ucum("mg%").is_compatible_with(units.from_ucum("mg/dL"))
PYTHON
echo "Still so: gram percent is a weight."

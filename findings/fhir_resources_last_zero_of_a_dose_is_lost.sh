#!/usr/bin/env bash
# fhir.resources 8.3.0 with pydantic 2.14.4: 0.50 mg is written back as 0.5 mg
#
# Expected: {"value":0.50}: FHIR R5 (datatypes, decimal) says that the precision of a decimal has meaning and that 0.010 is not 0.01.
# Seen:     {"value":0.5}, also where the value was given as Decimal("0.50") and is still held so.
# Who is hurt: whoever compares or signs resources after a round trip, and laboratories whose digits say how exactly they measured.
# Instead: keep the JSON as it was received beside the object, and read decimals with json.loads(..., parse_float=Decimal).
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check fhir.resources==8.3.0 pydantic==2.14.4
"$work/venv/bin/python" - <<'PYTHON'
from decimal import Decimal

from fhir.resources.quantity import Quantity

given = Quantity.model_validate({"value": Decimal("0.50"), "unit": "mg"})
assert str(given.value) == "0.50"
assert given.model_dump_json() == """{"value":0.5,"unit":"mg"}"""
read = Quantity.model_validate_json("""{"value":0.50,"unit":"mg"}""")
assert str(read.value) == "0.5"
PYTHON
echo "Still so: 0.50 mg comes back as 0.5 mg."

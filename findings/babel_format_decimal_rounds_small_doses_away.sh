#!/usr/bin/env bash
# Babel 2.18.0: format_decimal keeps three places: 0.0625 becomes 0.062 and 0.00025 becomes 0
#
# Expected: a number formatted without a pattern keeps its value, or refuses.
# Seen:     three decimals at most, rounded half to even, even for Decimal and str: digoxin 0.0625 (mg) is 0.062, and 0.00025 is “0”.
# Who is hurt: localised tables of doses and results in small units.
# Instead: pass decimal_quantization=False, or keep doses as the text that was approved.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check Babel==2.18.0
"$work/venv/bin/python" - <<'PYTHON'
from decimal import Decimal

from babel.numbers import format_decimal

assert format_decimal(Decimal("0.0625"), locale="en") == "0.062"
assert format_decimal(Decimal("0.00025"), locale="en") == "0"
assert format_decimal(Decimal("0.0625"), locale="en", decimal_quantization=False) == "0.0625"
PYTHON
echo "Still so: 0.0625 is shown as 0.062."

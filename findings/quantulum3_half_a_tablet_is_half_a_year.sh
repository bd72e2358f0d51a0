#!/usr/bin/env bash
# quantulum3 0.10.0: “half a tablet” is read as 0.5 years
#
# Expected: 0.5 without a unit, or no quantity.
# Seen:     the article “a” is taken for the symbol of the year (annum).
# Who is hurt: whoever takes amounts out of instructions for patients.
# Instead: own patterns for words that stand for numbers.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check quantulum3==0.10.0 setuptools==80.9.0
"$work/venv/bin/python" - <<'PYTHON'
from quantulum3 import parser

(found,) = parser.parse("half a tablet")
assert (found.value, found.unit.name) == (0.5, "year"), found
PYTHON
echo "Still so: half a tablet is half a year."

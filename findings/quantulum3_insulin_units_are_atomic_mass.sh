#!/usr/bin/env bash
# quantulum3 0.10.0: “10 U” is read as ten atomic mass units
#
# Expected: units of insulin or heparin (an enzyme or biological unit), or no unit.
# Seen:     “unified atomic mass unit”: a mass of 1.7e-26 kg.
# Who is hurt: insulin and heparin doses taken out of text.
# Instead: write “units” in full (ISMP) and read it yourself.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check quantulum3==0.10.0 setuptools==80.9.0
"$work/venv/bin/python" - <<'PYTHON'
from quantulum3 import parser

(found,) = parser.parse("Inject 10 U")
assert "atomic mass" in found.unit.name, found
PYTHON
echo "Still so: 10 U is a mass of atoms."

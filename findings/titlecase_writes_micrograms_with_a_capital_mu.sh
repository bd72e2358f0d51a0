#!/usr/bin/env bash
# titlecase 2.4.1: “Dose in µg” becomes “Dose in Μg”, and “mg/ml” becomes “Mg/Ml”
#
# Expected: symbols of units keep their case, in which their meaning lies.
# Seen:     U+039C GREEK CAPITAL MU, drawn like a Latin M: micrograms read as milligrams (or megagrams).
# Who is hurt: headings and column heads of leaflets.
# Instead: leave case as the author typed it.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check titlecase==2.4.1
"$work/venv/bin/python" - <<'PYTHON'
from titlecase import titlecase

assert titlecase("dose in \u00b5g") == "Dose in \u039cg"
assert titlecase("5 mg/ml") == "5 Mg/Ml"
PYTHON
echo "Still so: µg is capitalised to Μg."

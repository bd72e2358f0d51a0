#!/usr/bin/env bash
# quantulum3 0.10.0: “5-10 mg” is read as one quantity of 7.5 mg
#
# Expected: two quantities, or one with a lower and an upper end.
# Seen:     value 7.5 with an uncertainty of 2.5; str() says “seven point five milligrams”.
# Who is hurt: whoever takes doses out of prescriptions and leaflets: a dose that nobody wrote.
# Instead: read ranges yourself; never use .value where .uncertainty is set.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check quantulum3==0.10.0 setuptools==80.9.0
"$work/venv/bin/python" - <<'PYTHON'
from quantulum3 import parser

(found,) = parser.parse("Take 5-10 mg")
assert found.value == 7.5, found
assert found.uncertainty == 2.5, found
PYTHON
echo "Still so: a range of doses is read as its mean."

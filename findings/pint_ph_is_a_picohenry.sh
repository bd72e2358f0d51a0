#!/usr/bin/env bash
# Pint 0.25.3: “7.4 pH” is 7.4 picohenry
#
# Expected: an error: pH has no unit in the registry.
# Seen:     a valid quantity of inductance, by p (pico) and H (henry).
# Who is hurt: programs that check laboratory values by asking whether the unit is known.
# Instead: a list of one's own units; never ask the registry whether a unit exists.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check Pint==0.25.3
"$work/venv/bin/python" - <<'PYTHON'
import pint

assert str(pint.UnitRegistry()("7.4 pH")) == "7.4 picohenry"
PYTHON
echo "Still so: pH is an inductance."

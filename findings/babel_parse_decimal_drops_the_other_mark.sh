#!/usr/bin/env bash
# Babel 2.18.0: parse_decimal reads “2.5” in German, and “2,5” in English, as 25
#
# Expected: an error, or 2.5.
# Seen:     the sign that is not the language's decimal mark is taken for a thousands mark wherever it stands: ten times the dose. Only strict=True refuses it.
# Who is hurt: a nurse who types 2.5 into a German form, or 2,5 into an English one.
# Instead: strict=True, and name the number back.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check Babel==2.18.0
"$work/venv/bin/python" - <<'PYTHON'
from decimal import Decimal

from babel.numbers import NumberFormatError, parse_decimal

assert parse_decimal("2.5", locale="de") == Decimal("25")
assert parse_decimal("2,5", locale="en") == Decimal("25")
try:
    parse_decimal("2.5", locale="de", strict=True)
except NumberFormatError:
    pass
else:
    raise AssertionError("strict=True takes it, too")
PYTHON
echo "Still so: 2.5 is parsed as 25 in German."

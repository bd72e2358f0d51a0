#!/usr/bin/env bash
# PyArabic 0.6.15: "zero point five" in Arabic words is five
#
# Expected: 0.5 for صفر فاصلة خمسة, or an error: the function says nothing of whole numbers only.
# Seen:     5; five point five (خمسة فاصلة خمسة) is 10, two and a half (اثنان ونصف) is 2. Words that it does not know are passed over, and the rest is added up.
# Who is hurt: Arabic prescriptions and spoken orders whose amounts are read by a program: half a milligram is five.
# Instead: take amounts in words only whole, each word known, and refuse the rest.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check PyArabic==0.6.15
"$work/venv/bin/python" - <<'PYTHON'
from pyarabic.number import text2number

assert text2number("خمسة عشر") == 15
assert text2number("صفر فاصلة خمسة") == 5
assert text2number("خمسة فاصلة خمسة") == 10
assert text2number("اثنان ونصف") == 2
PYTHON
echo "Still so: zero point five is read as 5."

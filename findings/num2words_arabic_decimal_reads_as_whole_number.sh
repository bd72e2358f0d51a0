#!/usr/bin/env bash
# num2words 0.5.14: in Arabic the digits behind the decimal point are padded and read as a whole number
#
# Expected: 2.5 in Arabic words says “two and five tenths” or “two point five”.
# Seen:     “two , fifty”; 0.5 begins with the comma: “, fifty”, without any word for zero or for the point.
# Who is hurt: a dose in words for Arabic readers or for a voice: a comma is silent, so “0.5” is heard as “fifty”.
# Instead: leave doses in digits, isolated left to right.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check num2words==0.5.14
"$work/venv/bin/python" - <<'PYTHON'
from num2words import num2words

fifty = num2words(50, lang="ar")
assert num2words(2.5, lang="ar").split(",")[1].strip() == fifty
assert num2words(0.5, lang="ar").strip(" ,") == fifty
PYTHON
echo "Still so: 0.5 is read as a silent comma and “fifty”."

#!/usr/bin/env bash
# num2words 0.5.14: a zero behind the decimal comma is not spoken in Turkish and Vietnamese, and 0.05 is “half” in Persian
#
# Expected: 0.05 and 0.5 are read out as different numbers in every language.
# Seen:     Turkish and Vietnamese read 0.05 as “zero comma five”; Persian reads both as “nim” (a half).
# Who is hurt: whoever has a dose read aloud or written out in words: 0.05 mg is heard as 0.5 mg, ten times as much.
# Instead: leave doses in digits; where words are needed, read the digits behind the comma one by one.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check num2words==0.5.14
"$work/venv/bin/python" - <<'PYTHON'
from num2words import num2words

assert num2words(0.05, lang="tr") == "sıfırvirgülbeş", num2words(0.05, lang="tr")
assert num2words(0.05, lang="vi") == "không phẩy năm", num2words(0.05, lang="vi")
assert num2words(0.05, lang="fa") == num2words(0.5, lang="fa") == "نیم"
assert num2words(0.05, lang="de") == "null Komma null fünf"  # as it should be
PYTHON
echo "Still so: 0.05 is read as 0.5 in tr, vi and fa."

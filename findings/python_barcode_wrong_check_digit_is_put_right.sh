#!/usr/bin/env bash
# python-barcode 0.16.1: a pack number with a wrong check digit is printed as another, valid one
#
# Expected: thirteen digits whose last does not fit are refused: the check digit is there to find a digit that was typed wrongly.
# Seen:     the last digit is thrown away and worked out anew, without an error or a warning.
# Who is hurt: labels of medicine packs: a slip in any of the twelve digits before becomes the bar code of another pack.
# Instead: work the check digit out yourself (GS1 General Specifications, section 7.9) and refuse what differs, before a bar code is made.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check python-barcode==0.16.1
"$work/venv/bin/python" - <<'PYTHON'
import barcode

assert barcode.get("ean13", "4006381333931").get_fullcode() == "4006381333931"
typed = "4006381333939"  # the last digit does not fit
assert barcode.get("ean13", typed).get_fullcode() == "4006381333931"
PYTHON
echo "Still so: a check digit that does not fit is replaced in silence."

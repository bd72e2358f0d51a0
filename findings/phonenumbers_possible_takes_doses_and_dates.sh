#!/usr/bin/env bash
# phonenumbers 9.0.43: leniency POSSIBLE takes a row of doses, a date and an NHS number for telephones
#
# Expected: runs of digits with spaces that no country dials are passed over.
# Seen:     “250 500 750 mg”, “2026-11-28” and “943 476 5919” are all found.
# Who is hurt: whoever links or hides telephone numbers in health texts.
# Instead: leniency VALID.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check phonenumbers==9.0.43
"$work/venv/bin/python" - <<'PYTHON'
import phonenumbers as library

for text in ("Take 250 500 750 mg", "Since 2026-11-28 it is", "My number is 943 476 5919"):
    assert list(library.PhoneNumberMatcher(text, "GB", leniency=library.Leniency.POSSIBLE)), text
    assert not list(library.PhoneNumberMatcher(text, "GB", leniency=library.Leniency.VALID)), text
PYTHON
echo "Still so: doses are telephone numbers at leniency POSSIBLE."

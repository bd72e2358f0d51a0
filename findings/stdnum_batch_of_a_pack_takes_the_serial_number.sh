#!/usr/bin/env bash
# python-stdnum 1.20: of “(10)A1(21)5” the batch is “A1215”, and the serial number is gone
#
# Expected: batch A1, serial number 5: in the line printed under a GS1 symbol the brackets say where a field begins
#           (GS1 General Specifications, human readable interpretation); or an error.
# Seen:     compact() strips the brackets before anything is read, so that a field of any length swallows the next ones:
#           an expiry date behind a batch as well. validate() says that all is well and writes the joined form.
# Who is hurt: whoever types in, or looks up, the batch of a recalled medicine: it is never found, and no date warns.
# Instead: part the text at its brackets oneself, or hand over what the scanner gives, with its separators.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check python-stdnum==1.20
"$work/venv/bin/python" - <<'PYTHON'
from stdnum import gs1_128

assert gs1_128.info("(01)05012345678900(10)A1(21)5") == {"01": "05012345678900", "10": "A1215"}
assert gs1_128.info("(01)05012345678900(10)A1(17)280630") == {"01": "05012345678900", "10": "A117280630"}
assert gs1_128.validate("(10)A1(21)5") == "10A1215"
PYTHON
echo "Still so: the batch takes the serial number."

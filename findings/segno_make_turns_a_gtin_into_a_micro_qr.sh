#!/usr/bin/env bash
# segno 1.6.6: make() of a pack's number gives a Micro QR code
#
# Expected: a QR code that every telephone reads.
# Seen:     “M3”, a Micro QR, which the cameras of telephones mostly do not read.
# Who is hurt: patients who scan the code on a pack or a print.
# Instead: segno.make_qr.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check segno==1.6.6
"$work/venv/bin/python" - <<'PYTHON'
import segno

assert segno.make("05012345678900").is_micro
assert not segno.make_qr("05012345678900").is_micro
PYTHON
echo "Still so: a GTIN becomes a Micro QR."

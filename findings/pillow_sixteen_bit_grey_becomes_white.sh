#!/usr/bin/env bash
# pillow 13.0.0: convert("L") of a grey picture of 16 bits makes nearly all of it white
#
# Expected: the greys are scaled from 0–65535 to 0–255.
# Seen:     they are clipped: all that is above 255 of 65535 is white, so a scan or an X-ray comes out blank.
# Who is hurt: whoever keeps pictures of packs, scans or X-rays as 8-bit copies.
# Instead: scale first, as in point(lambda value: value / 256), or read the mode and do it by hand.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check pillow==13.0.0
"$work/venv/bin/python" - <<'PYTHON'
from PIL import Image

picture = Image.new("I;16", (2, 1))
picture.putpixel((0, 0), 1_000)  # nearly black
picture.putpixel((1, 0), 40_000)  # a light grey
assert [picture.convert("L").getpixel((place, 0)) for place in (0, 1)] == [255, 255]
PYTHON
echo "Still so: nearly black is white."

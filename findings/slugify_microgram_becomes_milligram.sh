#!/usr/bin/env bash
# python-slugify 8.0.4: the address of “50 µg” is “50-mg”
#
# Expected: “50-ug”, “50-mcg” or an error; certainly not another real unit.
# Seen:     µ (both U+00B5 and U+03BC) becomes m: “50-mg”, the address of a product a thousand times as strong.
# Who is hurt: catalogues in which each strength has an address: 50 µg and 50 mg get the same one.
# Instead: name the unit in full (“50-microgram”) before making the address.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check python-slugify==8.0.4
"$work/venv/bin/python" - <<'PYTHON'
from slugify import slugify

assert slugify("Levothyroxine 50 \u00b5g") == "levothyroxine-50-mg"
assert slugify("Levothyroxine 50 \u03bcg") == slugify("Levothyroxine 50 mg")
PYTHON
echo "Still so: 50 µg and 50 mg have one address."

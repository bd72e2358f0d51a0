#!/usr/bin/env bash
# hanziconv 0.3.2: in Traditional letters "take only one tablet" has lost its "only", and a milligram its sign
#
# Expected: 每次只服一片，500毫克 (each time only one tablet, 500 mg) keeps 只 (only) and 克 (gram), which Traditional Chinese writes alike.
# Seen:     每次隻服一片，500毫剋: a count word for animals where "only" stood, and a sign for "overcome" in the unit; each letter is changed by itself.
# Who is hurt: readers in Taiwan and Hong Kong of a leaflet that was converted, not translated.
# Instead: a converter that looks at words (OpenCC), and somebody who reads it.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check hanziconv==0.3.2 opencc-python-reimplemented==0.1.7
"$work/venv/bin/python" - <<'PYTHON'
import opencc
from hanziconv import HanziConv

simplified = "每次只服一片，500毫克"
assert HanziConv.toTraditional(simplified) == "每次隻服一片，500毫剋"
assert opencc.OpenCC("s2t").convert(simplified) == simplified
PYTHON
echo "Still so: only one tablet loses its only, a milligram its sign."

#!/usr/bin/env bash
# RapidFuzz 3.14.6: WRatio gives “iron” 90 for buspirone, spironolactone and iron sucrose alike
#
# Expected: a whole word that matches scores above the same letters inside another word.
# Seen:     90.0 for all three, so the order of the list decides.
# Who is hurt: a search that suggests another medicine.
# Instead: Damerau-Levenshtein on whole words, with a cut-off.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check RapidFuzz==3.14.6
"$work/venv/bin/python" - <<'PYTHON'
from rapidfuzz import fuzz

scores = {name: fuzz.WRatio("iron", name) for name in ("buspirone", "spironolactone", "iron sucrose")}
assert len(set(scores.values())) == 1, scores
PYTHON
echo "Still so: letters inside a word score as a whole word."

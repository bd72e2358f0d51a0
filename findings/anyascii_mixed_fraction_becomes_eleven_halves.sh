#!/usr/bin/env bash
# anyascii 0.3.3: “1½” becomes “11/2”
#
# Expected: one and a half stays one and a half: “1 1/2”, as Unidecode writes it.
# Seen:     “11/2”, which is five and a half, or eleven over two.
# Who is hurt: search keys, file names, text messages and labels made by transliteration: “Take 1½ tablets” reads “Take 11/2 tablets”.
# Instead: never transliterate text with numbers in it; fold fractions to a token of your own first.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check anyascii==0.3.3 Unidecode==1.4.0
"$work/venv/bin/python" - <<'PYTHON'
from anyascii import anyascii
from unidecode import unidecode

assert anyascii("Take 1½ tablets") == "Take 11/2 tablets"
assert unidecode("Take 1½ tablets") == "Take 1 1/2 tablets"
PYTHON
echo "Still so: 1½ is transliterated as 11/2."

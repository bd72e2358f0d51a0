#!/usr/bin/env bash
# markdownify 1.2.3: <sup> is dropped, so 10⁹ becomes 109
#
# Expected: something between base and power, as the tag's meaning asks.
# Seen:     “109/L”. sup_symbol is empty unless one sets it.
# Who is hurt: HTML leaflets brought into Markdown: limits of blood counts.
# Instead: sup_symbol="^" or a converter that writes ⁹.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check markdownify==1.2.3
"$work/venv/bin/python" - <<'PYTHON'
from markdownify import markdownify

assert markdownify("<p>1.5 x 10<sup>9</sup>/L</p>").strip() == "1.5 x 109/L"
assert markdownify("<p>10<sup>9</sup></p>", sup_symbol="^").strip() == "10^9^"
PYTHON
echo "Still so: 10⁹ becomes 109 in Markdown."

#!/usr/bin/env bash
# tabulate 0.10.0: a batch number becomes a power of ten, and a dose loses its last digit
#
# Expected: texts are printed as they are.
# Seen:     texts that read as numbers are made numbers: in a column that has nothing else batch "12E4" is 120000, and the dose "0.50" is 0.5.
# Who is hurt: lists of recalled batches and of strengths on the command line or in letters: nobody finds batch 120000 on a pack.
# Instead: tabulate(rows, disable_numparse=True).
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check tabulate==0.10.0
"$work/venv/bin/python" - <<'PYTHON'
from tabulate import tabulate

rows = [["12E4", "0.50"]]
assert tabulate(rows, tablefmt="plain").split() == ["120000", "0.5"]
assert tabulate(rows, tablefmt="plain", disable_numparse=True).split() == ["12E4", "0.50"]
PYTHON
echo "Still so: 12E4 is printed as 120000."

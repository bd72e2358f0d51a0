#!/usr/bin/env bash
# texttable 1.7.2: in a table the dose "0.0125" is read as 0.013, and "0.00025" as 0.000
#
# Expected: a cell that is given as text comes out as this text.
# Seen:     text that looks like a number is a number (the type of a column is “auto”), with three places: a dose of 12.5 micrograms
#           written in milligrams is rounded up, one of a quarter of a microgram is nothing, and 12.5 ends in “12.500”.
# Who is hurt: whoever prints a table of doses by weight to a terminal, a log or a mail for staff.
# Instead: set_cols_dtype(["t", …]): all columns are text.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check texttable==1.7.2
"$work/venv/bin/python" - <<'PYTHON'
from texttable import Texttable


def cells(*doses, types=None):
    table = Texttable()
    table.set_deco(0)
    if types:
        table.set_cols_dtype(types)
    table.add_rows([["mg"], *([dose] for dose in doses)])
    return [line.strip() for line in table.draw().splitlines()[1:]]


assert cells("0.0125", "0.00025", "12.5") == ["0.013", "0.000", "12.500"]
assert cells("0.0125", "0.00025", "12.5", types=["t"]) == ["0.0125", "0.00025", "12.5"]  # as it should be
PYTHON
echo "Still so: 0.0125 mg is printed as 0.013."

#!/usr/bin/env bash
# markitdown 0.1.9: a table of doses with one empty cell is read “5.0”, “NaN”, “10.0”
#
# Expected: the text of the cells as a spreadsheet shows it: 5, nothing, 10.
# Seen:     the sheet passes through a data frame: an empty cell becomes “NaN” and makes all numbers of its column decimal ones, so that
#           5 mg stands as 5.0 mg, the way of writing that is read as 50 (ISMP's list of error-prone abbreviations, trailing zero).
#           Without an empty cell the same column stays as it was.
# Who is hurt: authors who bring tables of doses from spreadsheets; whoever asks a language model about such a file.
# Instead: read the cells with openpyxl, and write an empty one as empty.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check "markitdown[xlsx]==0.1.9" openpyxl==3.1.5
cd "$work"
"$work/venv/bin/python" - <<'PYTHON'
from markitdown import MarkItDown
from openpyxl import Workbook


def read(*doses):
    book = Workbook()
    for row in (("mg", "when"), *((dose, "daily") for dose in doses)):
        book.active.append(row)
    book.save("doses.xlsx")
    table = MarkItDown().convert("doses.xlsx").text_content
    return [line.split("|")[1].strip() for line in table.splitlines()[3:] if line.startswith("|")]


assert read(5, 2, 10) == ["5", "2", "10"]
assert read(5, None, 10) == ["5.0", "NaN", "10.0"]
PYTHON
echo "Still so: one empty cell turns 5 mg into 5.0 mg."

#!/usr/bin/env bash
# fpdf2 2.8.9: with markdown=True a range typed with two hyphens is one number
#
# Expected: "Take 5--10 mg, 2--3 times a day." as typed, or with dashes; Markdown knows no "--" within a line.
# Seen:     "Take 510 mg, 23 times a day.": "--" begins and ends underlining wherever it stands, between digits, too.
# Who is hurt: who prints leaflets or labels from plain text in which a range is typed with two hyphens, as typewriters did: five to ten is five hundred and ten.
# Instead: leave markdown off for text that people typed, or put an en dash (U+2013) where two hyphens stand between digits.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check fpdf2==2.8.9 pypdf==6.4.0
"$work/venv/bin/python" - "$work/page.pdf" <<'PYTHON'
import sys

from fpdf import FPDF
from pypdf import PdfReader


def printed(text):
    pdf = FPDF()
    pdf.add_page()
    pdf.set_font("helvetica", size=12)
    pdf.multi_cell(0, text=text, markdown=True)
    pdf.output(sys.argv[1])
    return PdfReader(sys.argv[1]).pages[0].extract_text().strip()


assert printed("Take 5--10 mg, 2--3 times a day.") == "Take 510 mg, 23 times a day."
assert printed("Take 5--10 mg.") == "Take 510 mg."
assert printed("Take 5-10 mg.") == "Take 5-10 mg."
PYTHON
echo "Still so: 5--10 is printed as 510."

#!/usr/bin/env bash
# pdfminer.six 20260107: “≤ 3” set in the standard Symbol font is read as “£ 3”, and “≥ 5” as “‡ 5”
#
# Expected: ≤ and ≥: a font without an encoding of its own has its built-in one (ISO 32000-1, 9.6.6), and that of Symbol stands
#           in annex D: octal 243 is lessequal, 263 greaterequal.
# Seen:     the codes are looked up in the encoding for Latin text: £, ‡, “b” for β, “m” for μ. ReportLab's paragraphs set each
#           such sign in Symbol by themselves, and pdfplumber reads with pdfminer. pypdf reads them rightly.
# Who is hurt: imports, search and comparison of leaflets in PDF: the limit of a dose or of a blood value has no direction any more.
# Instead: embed one font that has the signs; read back what was made and compare it, sign by sign.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check pdfminer.six==20260107 reportlab==5.1.0 pypdf==7.1.1
"$work/venv/bin/python" - <<'PYTHON'
import io

from pdfminer.high_level import extract_text
from pypdf import PdfReader
from reportlab.lib.styles import getSampleStyleSheet
from reportlab.platypus import Paragraph, SimpleDocTemplate

page = io.BytesIO()
SimpleDocTemplate(page).build([Paragraph("INR ≤ 3 or ≥ 5, β-blocker", getSampleStyleSheet()["Normal"])])
assert PdfReader(page).pages[0].extract_text().strip() == "INR ≤ 3 or ≥ 5, β-blocker"
page.seek(0)
assert extract_text(page).strip() == "INR £ 3 or ‡ 5, b-blocker"
PYTHON
echo "Still so: ≤ 3 is read as £ 3."

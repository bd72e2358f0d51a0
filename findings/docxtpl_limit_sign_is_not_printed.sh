#!/usr/bin/env bash
# docxtpl 0.20.2: the value “<50 kg” filled into a letter is printed as “50 kg”
#
# Expected: a value that is filled in is text and stands there as it is, or filling in fails.
# Seen:     values are put into the document's XML as they are; what does not fit is mended in silence: “<” before a digit and “&” are
#           left out. The limit becomes the number itself, “5 mg & 2 mg” becomes “5 mg  2 mg”, and the file opens without a word.
# Who is hurt: patients and staff who get letters, labels or leaflets made from a template.
# Instead: render(…, autoescape=True), which is not the default.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check docxtpl==0.20.2 python-docx==1.2.0
cd "$work"
"$work/venv/bin/python" - <<'PYTHON'
from docx import Document
from docxtpl import DocxTemplate

letter = Document()
letter.add_paragraph("For patients {{ who }}: {{ dose }}.")
letter.save("template.docx")


def printed(**options):
    template = DocxTemplate("template.docx")
    template.render({"who": "<50 kg", "dose": "5 mg & 2 mg"}, **options)
    template.save("letter.docx")
    return Document("letter.docx").paragraphs[0].text


assert printed() == "For patients 50 kg: 5 mg  2 mg."
assert printed(autoescape=True) == "For patients <50 kg: 5 mg & 2 mg."  # as it should be
PYTHON
echo "Still so: <50 kg is printed as 50 kg."

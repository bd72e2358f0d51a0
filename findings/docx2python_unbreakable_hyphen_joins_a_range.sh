#!/usr/bin/env bash
# docx2python 3.7.1: a range with Word's unbreakable hyphen, "5-10 mg", is read as "510 mg"
#
# Expected: a hyphen, as python-docx 1.2.0 reads in the same file.
# Seen:     Word does not write this hyphen (Ctrl + Shift + hyphen) as a letter but as an element, w:noBreakHyphen.
#           docx2python does not know it and leaves nothing in its place. An ordinary hyphen in the same text is kept.
# Who is hurt: the readers of just the careful author, who takes this hyphen so that no range is torn apart at the end of
#           a line: whoever reads the text, or compares two versions of it, has one number, fifty times too large.
# Instead: put a U+2011 in the place of w:noBreakHyphen before, or read with a library that knows it.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check docx2python==3.7.1 python-docx==1.2.0
"$work/venv/bin/python" - "$work/leaflet.docx" <<'PYTHON'
import sys

import docx
from docx.oxml import OxmlElement
from docx2python import docx2python

document = docx.Document()
run = document.add_paragraph().add_run("Adults 5")
run._r.append(OxmlElement("w:noBreakHyphen"))
run.add_text("10 mg, children 2-4 mg")
document.save(sys.argv[1])

(paragraph,) = docx.Document(sys.argv[1]).paragraphs
assert paragraph.text == "Adults 5-10 mg, children 2-4 mg", paragraph.text
with docx2python(sys.argv[1]) as read:
    text = read.text.strip()
assert text == "Adults 510 mg, children 2-4 mg", text
PYTHON
echo "Still so: 5 to 10 mg is 510 mg."

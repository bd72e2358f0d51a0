#!/usr/bin/env bash
# odfpy 1.4.1: str() of a paragraph joins what a line break or a tab keeps apart
#
# Expected: white space where the reader sees a new line.
# Seen:     “Take 5” / “10 mg” is “Take 510 mg”; only odf.teletype.extractText knows line breaks and tabs.
# Who is hurt: imports of OpenDocument leaflets.
# Instead: odf.teletype.extractText.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check odfpy==1.4.1
"$work/venv/bin/python" - <<'PYTHON'
from odf import teletype
from odf.text import LineBreak, P

paragraph = P(text="Take 5")
paragraph.addElement(LineBreak())
paragraph.addText("10 mg")
assert str(paragraph) == "Take 510 mg", str(paragraph)
assert teletype.extractText(paragraph) == "Take 5\n10 mg"
PYTHON
echo "Still so: 5 and 10 mg are read as 510 mg."

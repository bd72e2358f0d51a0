#!/usr/bin/env bash
# python-docx 1.2.0: of a tracked change from 50 to 5, paragraph.text has neither number
#
# Expected: the text as accepted (“Take 5 mg”) or as it was (“Take 50 mg”).
# Seen:     “Take  mg”: w:ins is passed over with all that it holds.
# Who is hurt: imports of leaflets that a reviewer corrected with tracked changes.
# Instead: read w:ins and leave out w:del, or refuse a document that has either.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check python-docx==1.2.0
"$work/venv/bin/python" - <<'PYTHON'
import docx
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

document = docx.Document()
paragraph = document.add_paragraph()


def add(xml: str) -> None:
    start = min(place for place in (xml.find(" "), xml.find(">")) if place > 0)
    paragraph._p.append(parse_xml(f"{xml[:start]} {nsdecls('w')}{xml[start:]}"))


add("<w:r><w:t xml:space='preserve'>Take </w:t></w:r>")
add("<w:del w:id='1' w:author='x'><w:r><w:delText>50</w:delText></w:r></w:del>")
add("<w:ins w:id='2' w:author='x'><w:r><w:t>5</w:t></w:r></w:ins>")
add("<w:r><w:t xml:space='preserve'> mg</w:t></w:r>")
assert paragraph.text == "Take  mg", paragraph.text
PYTHON
echo "Still so: a tracked dose is in neither form in paragraph.text."

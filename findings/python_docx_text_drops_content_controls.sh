#!/usr/bin/env bash
# python-docx 1.2.0: what stands in a content control (a form field of a template) is not in paragraph.text
#
# Expected: the words that Word shows: “5 mg daily”.
# Seen:     “ daily”.
# Who is hurt: clinics whose Word template keeps name and dose in fields to fill in: exactly these are lost.
# Instead: walk w:sdtContent as well.
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


add("<w:sdt><w:sdtContent><w:r><w:t>5 mg</w:t></w:r></w:sdtContent></w:sdt>")
add("<w:r><w:t xml:space='preserve'> daily</w:t></w:r>")
assert paragraph.text == " daily", paragraph.text
PYTHON
echo "Still so: the content control's dose is not in paragraph.text."

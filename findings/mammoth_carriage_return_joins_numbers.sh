#!/usr/bin/env bash
# mammoth 1.13.0: w:cr, a line break in Word's own format, is dropped and joins what stood on two lines
#
# Expected: a <br />, as for w:br.
# Seen:     “Take 5” and “10 minutes before food” become “Take 510 minutes before food”; there is only a warning in a list that few read.
# Who is hurt: imports from Word, and from programs that write w:cr.
# Instead: refuse a document whose messages are not empty.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check mammoth==1.13.0 python-docx==1.2.0
"$work/venv/bin/python" - <<'PYTHON'
import io

import docx
import mammoth
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

document = docx.Document()
paragraph = document.add_paragraph()


def add(xml: str) -> None:
    start = min(place for place in (xml.find(" "), xml.find(">")) if place > 0)
    paragraph._p.append(parse_xml(f"{xml[:start]} {nsdecls('w')}{xml[start:]}"))


add("<w:r><w:t>Take 5</w:t></w:r>")
add("<w:r><w:cr/></w:r>")
add("<w:r><w:t>10 minutes before food</w:t></w:r>")
kept = io.BytesIO()
document.save(kept)
kept.seek(0)
result = mammoth.convert_to_html(kept)
assert result.value == "<p>Take 510 minutes before food</p>", result.value
assert [message.type for message in result.messages] == ["warning"]
PYTHON
echo "Still so: a line break of Word is dropped between two numbers."

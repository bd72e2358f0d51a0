#!/usr/bin/env bash
# translate-toolkit 3.20.4: in XLIFF 1.2, to set a translation is to approve it
#
# Expected: approved="yes" only where somebody said so: by XLIFF 1.2 the attribute means that a translation is final or has
#           passed its last review. Nothing, or state="needs-review-translation", would do.
# Seen:     unit.target = text writes approved="yes" and state="translated", even over state="needs-translation", and even when the
#           text is the one that stood there.
# Who is hurt: whoever sends leaflets to translators and takes back what is approved: a machine's first draft, put in by a script,
#           is among it.
# Instead: markapproved(False) after each target that is set, and a review of one's own on the way back.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check translate-toolkit==3.20.4
"$work/venv/bin/python" - <<'PYTHON'
from translate.storage import xliff

FILE = """<xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2"><file original="leaflet" source-language="en"
target-language="pl" datatype="plaintext"><body><trans-unit id="1"><source>Take 5 mg.</source>
<target state="needs-translation">5 mg.</target></trans-unit></body></file></xliff>"""

store = xliff.xlifffile.parsestring(FILE.encode())
unit = store.units[0]
assert not unit.isapproved()
unit.target = unit.target
assert unit.isapproved()
written = bytes(store).decode()
assert 'approved="yes"' in written and 'state="translated"' in written, written
PYTHON
echo "Still so: a translation that is set is approved."

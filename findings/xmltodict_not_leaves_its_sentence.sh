#!/usr/bin/env bash
# xmltodict 1.0.4: “Do <b>not</b> take it with milk.” comes back as “Do  take it with milk.”, with “not” elsewhere
#
# Expected: text with markup in it either keeps its order or is refused.
# Seen:     all text of an element is joined under “#text”, and the words of its children stand beside it: who reads “#text” reads the
#           opposite, and unparse writes <b>not</b> in front of the sentence. Nothing tells that the order was lost.
# Who is hurt: whoever takes leaflets from ePI, SPL or CDA documents, in which narrative is markup within text, by way of dictionaries.
# Instead: an element tree, with itertext(); dictionaries for data without text in between.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check xmltodict==1.0.4
"$work/venv/bin/python" - <<'PYTHON'
from xml.etree.ElementTree import fromstring

import xmltodict

LEAFLET = "<text>Do <b>not</b> take it with milk.</text>"

read = xmltodict.parse(LEAFLET)
assert read == {"text": {"b": "not", "#text": "Do  take it with milk."}}
assert xmltodict.unparse(read, full_document=False) == "<text><b>not</b>Do  take it with milk.</text>"
assert "".join(fromstring(LEAFLET).itertext()) == "Do not take it with milk."  # as it should be
PYTHON
echo "Still so: “not” leaves its sentence."

#!/usr/bin/env bash
# hl7 0.4.5: escape and unescape turn “≤” into a quotation mark and the letter d
#
# Expected: what Message.escape writes, Message.unescape reads again; the documentation says that other than ASCII
#           characters are written in hexadecimal, and “½” and “µ” do come back.
# Seen:     “≤5 mg” is written as “\X2264\5 mg” and comes back as “"d5 mg”: each pair of digits is read as a character of its
#           own. So with every character above U+00FF: “→” is «!» and a carriage return no less, Arabic and Polish are gone too.
#           Nothing is raised and nothing is logged.
# Who is hurt: a prescription or a leaflet text sent to a pharmacy in HL7 version 2: the limit is gone, the number stays.
# Instead: send UTF-8 (named in MSH-18) and escape the separators only.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check hl7==0.4.5
"$work/venv/bin/python" - <<'PYTHON'
import hl7

message = hl7.parse("MSH|^~\\&|A|B|C|D|202601010800||RDE^O11|1|P|2.5\r")


def there_and_back(text):
    return message.unescape(message.escape(text))


assert there_and_back("½ tablet, 5 µg & more") == "½ tablet, 5 µg & more"
assert message.escape("≤5 mg") == "\\X2264\\5 mg"
assert there_and_back("≤5 mg") == '"d5 mg', there_and_back("≤5 mg")
assert there_and_back("≥18 years") == '"e18 years', there_and_back("≥18 years")
PYTHON
echo "Still so: “≤5 mg” comes back from HL7 escapes as “\"d5 mg”."

#!/usr/bin/env bash
# django 5.2.19: the Welsh July and the Urdu Saturday are misspelt in its own translations of the calendar
#
# Expected: "Gorffennaf", and "ہفتہ" with the letter heh goal (U+06C1), as Unicode's CLDR has them.
# Seen:     "Gorffenaf", one n short; a Saturday that begins with heh doachashmee (U+06BE), which Urdu keeps for
#           breathed consonants (bh, kh).
# Who is hurt: patients who read on which day a leaflet was checked or when the clinic is open, look for the word on the
#           page, or have it read aloud.
# Instead: the right words in the project's own catalogue, which goes before Django's (LOCALE_PATHS).
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check django==5.2.19
"$folder/venv/bin/python" - <<'PYTHON'
import datetime as dt

from django.conf import settings

settings.configure(USE_I18N=True)
import django

django.setup()
from django.utils import translation
from django.utils.dateformat import format as written

with translation.override("cy"):
    july = written(dt.date(2026, 7, 4), "j F Y")
with translation.override("ur"):
    saturday = written(dt.date(2026, 7, 4), "l")
print(f"{july!r} {saturday!r} {[f'U+{ord(letter):04X}' for letter in saturday]}")
assert "Gorffenaf" in july and "Gorffennaf" not in july, "the Welsh July is put right"
assert saturday.startswith("\u06be"), "the Urdu Saturday is put right"
PYTHON
echo "Still so: a Welsh month and an Urdu day are misspelt."

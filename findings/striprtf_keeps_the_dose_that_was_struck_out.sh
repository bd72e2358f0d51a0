#!/usr/bin/env bash
# striprtf 0.0.35: a dose changed from 5 to 10 mg with the changes tracked is read as 510 mg
#
# Expected: the text as it stands now (10 mg), or as it was (5 mg), or at least a sign between the two.
# Seen:     \deleted and \revised, by which RTF marks what was taken out and what was put in, are passed over without a
#           word: the old and the new text follow each other as if both were to be read. Nothing tells the caller.
# Who is hurt: whoever reads leaflets that a reviewer corrected in a word processor: the corrected number is added to the
#           wrong one, and the result is a number, so no check of the form finds it.
# Instead: take out the groups with \deleted first, or refuse a file that has \deleted or \revised in it.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check striprtf==0.0.35
"$work/venv/bin/python" - <<'PYTHON'
from striprtf.striprtf import rtf_to_text

rtf = (
    r"{\rtf1\ansi\ansicpg1252\deff0{\fonttbl{\f0\fswiss Arial;}}"
    r"{\*\revtbl{Unknown;}{Pharmacist;}}"
    r"\pard\f0\fs22 Take "
    r"{\deleted\revauthdel1\revdttmdel1000000 5}"
    r"{\revised\revauth1\revdttm1000000 10}"
    r" mg a day.\par}"
)
text = rtf_to_text(rtf).strip()
assert text == "Take 510 mg a day.", text
PYTHON
echo "Still so: 5 mg, corrected to 10 mg, is 510 mg."

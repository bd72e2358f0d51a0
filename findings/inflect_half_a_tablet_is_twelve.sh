#!/usr/bin/env bash
# inflect 7.6.0: number_to_words reads “1/2” as twelve, “5-10” as five hundred and ten and “½” as zero
#
# Expected: one half, five to ten, or an error (its ordinal() raises BadNumValueError for “1/2”): these are not one number.
# Seen:     every sign that is no digit is thrown away and the digits are read together: a range, a fraction, a decimal comma
#           (“2,5” is twenty-five) and a power (“10^9” is one hundred and nine). A text without an ASCII digit is zero.
# Who is hurt: whoever has doses written out in words, as prescriptions ask, or read aloud: half a tablet becomes twelve.
# Instead: hand over only what is a whole number or has one point; leave the rest in digits.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check inflect==7.6.0
"$work/venv/bin/python" - <<'PYTHON'
import inflect

words = inflect.engine().number_to_words
seen = {text: words(text) for text in ("1/2", "5-10", "2,5", "10^9", "½", "1½", "2.5")}
assert seen == {
    "1/2": "twelve",
    "5-10": "five hundred and ten",
    "2,5": "twenty-five",
    "10^9": "one hundred and nine",
    "½": "zero",
    "1½": "one",
    "2.5": "two point five",  # as it should be
}, seen
PYTHON
echo "Still so: half a tablet is twelve."

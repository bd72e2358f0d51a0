#!/usr/bin/env bash
# agate 1.14.2 (which csvkit is built on): a column of "1-2" and "2-3" tablets becomes dates of the year 2001
#
# Expected: text, as no year stands there.
# Seen:     2 January and 3 February 2001; a column of "1,5" and "2,5" becomes 15 and 25.
# Who is hurt: lists of doses that go through csvkit (csvjson, csvsort, csvsql) or agate: one or two tablets are a day, one and a half are fifteen.
# Instead: agate.TypeTester(types=[agate.Text()]), or csvkit with --no-inference.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check agate==1.14.2
"$work/venv/bin/python" - <<'PYTHON'
import datetime as dt
from decimal import Decimal

import agate


def read(*texts, **how):
    return list(agate.Table([[text] for text in texts], ["dose"], **how).columns["dose"].values())


assert read("1-2", "2-3") == [dt.date(2001, 1, 2), dt.date(2001, 2, 3)]
assert read("1,5", "2,5") == [Decimal(15), Decimal(25)]
assert read("1-2", column_types=[agate.Text()]) == ["1-2"]
PYTHON
echo "Still so: 1-2 tablets are the second of January."

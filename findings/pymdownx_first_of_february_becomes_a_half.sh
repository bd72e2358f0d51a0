#!/usr/bin/env bash
# pymdown-extensions 13.1.2 (smartsymbols) with Markdown 3.11.3: the date 1/2/2028 is read “½/2028”
#
# Expected: a fraction becomes its sign where it stands alone; what goes on with another stroke is a date or a code.
# Seen:     “1/2” is replaced wherever no digit touches it: 1/2/2028 (1 February, or 2 January) loses day and month, the ratio 1/4/8 and
#           the batch A1/2B change as well, while 7/2/2028 stays.
# Who is hurt: patients who read from when a leaflet or an appointment holds; whoever compares the batch of a recall.
# Instead: smart_symbols with "fractions" switched off; authors can type ½.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check pymdown-extensions==13.1.2 Markdown==3.11.3
"$work/venv/bin/python" - <<'PYTHON'
from markdown import markdown


def read(text, **options):
    return markdown(text, extensions=["pymdownx.smartsymbols"], extension_configs={"pymdownx.smartsymbols": options})


assert read("Valid from 1/2/2028.") == "<p>Valid from &frac12;/2028.</p>"
assert read("Batch A1/2B is recalled.") == "<p>Batch A&frac12;B is recalled.</p>"
assert read("Valid from 7/2/2028.") == "<p>Valid from 7/2/2028.</p>"
assert read("Valid from 1/2/2028.", fractions=False) == "<p>Valid from 1/2/2028.</p>"  # as it should be
PYTHON
echo "Still so: 1/2/2028 is read as a half and 2028."

#!/usr/bin/env bash
# scrubadub 2.0.1: “Took 2 tablets @8pm” is cleaned to “Took 2 tablets {{TWITTER}}”
#
# Expected: what could name a person is taken out of a patient's words; when a dose was taken stays.
# Seen:     the detector for names on Twitter takes whatever follows “@” as one; “@8pm” and “@bedtime” are how people jot down when, and
#           the hour is gone from the report.
# Who is hurt: whoever reads cleaned reports of adverse reactions: how long after the dose it began can no longer be told.
# Instead: Scrubber().remove_detector("twitter") for clinical text.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check scrubadub==2.0.1
"$work/venv/bin/python" - <<'PYTHON'
from scrubadub import Scrubber

plain = Scrubber()
assert plain.clean("Took 2 tablets @8pm, rash @bedtime.") == "Took 2 tablets {{TWITTER}}, rash {{TWITTER}}."
plain.remove_detector("twitter")
assert plain.clean("Took 2 tablets @8pm, rash @bedtime.") == "Took 2 tablets @8pm, rash @bedtime."  # as it should be
PYTHON
echo "Still so: the hour of a dose is taken for a name."

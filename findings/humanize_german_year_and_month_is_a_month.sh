#!/usr/bin/env bash
# humanize 4.17.0: in German a year and a month is “ein Monat”
#
# Expected: “ein Jahr und ein Monat”, as it says “ein Jahr und 2 Monate” a month later.
# Seen:     from 396 days on, for a month, naturaldelta and naturaltime say “ein Monat” (one month): the German catalogue
#           translates “1 year, 1 month” as “a month”. French, Spanish and Polish have the year.
# Who is hurt: German readers and editors: “last reviewed a month ago” on a leaflet that nobody has looked at for 13 months,
#           or a medicine “to be used within a month” of opening.
# Instead: show the date itself; if it has to be words, test each unit in each language.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check humanize==4.17.0
"$work/venv/bin/python" - <<'PYTHON'
from datetime import timedelta

import humanize


def in_words(language, days):
    humanize.i18n.activate(language)
    return humanize.naturaldelta(timedelta(days=days))


assert in_words("fr_FR", 400) == "un an et un mois"
assert in_words("de_DE", 430) == "ein Jahr und 2 Monate"
assert in_words("de_DE", 31) == "ein Monat"
assert in_words("de_DE", 400) == "ein Monat", in_words("de_DE", 400)
assert humanize.naturaltime(timedelta(days=400)) == "vor ein Monat"
PYTHON
echo "Still so: 400 days are “ein Monat” in German."

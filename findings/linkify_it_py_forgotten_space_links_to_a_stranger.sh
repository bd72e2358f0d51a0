#!/usr/bin/env bash
# linkify-it-py 2.2.0: “Take it with food.It helps.” becomes a link to the site food.it
#
# Expected: what was typed as a sentence is a sentence; addresses without http:// are looked for among .com, .org and the like.
# Seen:     every ending of two letters that is a country's counts: .it, .in, .no, .do and .is are words that begin a sentence, so one
#           forgotten blank behind a full stop sends readers to “food.It”, “tablet.In”, “day.No” or “drive.Do”. Found so by
#           markdown-it-py, whose preset “gfm-like” switches it on.
# Who is hurt: patients, who are led from their leaflet to whoever owns such a name.
# Instead: fuzzy_link switched off (LinkifyIt(options={"fuzzy_link": False})), or links only where an author made one.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check linkify-it-py==2.2.0 markdown-it-py==4.3.0
"$work/venv/bin/python" - <<'PYTHON'
from linkify_it import LinkifyIt
from markdown_it import MarkdownIt


def hrefs(text, **options):
    return [found.url for found in LinkifyIt(options=options).match(text) or []]


assert hrefs("Take it with food.It helps.") == ["http://food.It"]
assert hrefs("Swallow one tablet.In the evening take two.") == ["http://tablet.In"]
assert hrefs("Never more than four a day.No alcohol.") == ["http://day.No"]
assert hrefs("Take two doses.If you are sick, call us.") == []  # no country has this ending
assert '<a href="http://food.It">' in MarkdownIt("gfm-like").render("Take it with food.It helps.")

assert hrefs("Take it with food.It helps.", fuzzy_link=False) == []  # as it should be
assert hrefs("See https://example.org/dose.", fuzzy_link=False) == ["https://example.org/dose"]
PYTHON
echo "Still so: a forgotten space makes a link to a stranger's site."

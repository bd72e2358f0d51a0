#!/usr/bin/env bash
# inscriptis 2.7.6: the list "Vitamin B: 12 mg, Vitamin C: 100 mg" (dl, dt, dd) is "Vitamin B12 mgVitamin C100 mg"
#
# Expected: a converter that lays a page out as text as a browser would puts each term and each description on a line.
# Seen:     neither of its style profiles ("relaxed", "strict") has a rule for dt and dd, so they count as inline. In HTML
#           without blanks between the tags, as most templates and minifiers write it, names and doses run together.
#           Paragraphs and the points of ul come out right in the same page.
# Who is hurt: the reader of the plain text, the index of the search, and whatever takes doses from it: 12 mg of vitamin B
#           have become the vitamin B12, and the dose of one medicine stands before the name of the next.
# Instead: give dt and dd a display of block in a profile of one's own, or write such lists as tables.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check inscriptis==2.7.6
"$work/venv/bin/python" - <<'PYTHON'
from inscriptis import get_text
from inscriptis.css_profiles import CSS_PROFILES
from inscriptis.model.config import ParserConfig

points = "<html><body><ul><li>Vitamin B</li><li>12 mg</li></ul></body></html>"
terms = (
    "<html><body><dl><dt>Vitamin B</dt><dd>12 mg</dd><dt>Vitamin C</dt><dd>100 mg</dd></dl></body></html>"
)
assert len(get_text(points).strip().splitlines()) == 2, get_text(points)
for name in ("relaxed", "strict"):
    text = get_text(terms, ParserConfig(css=CSS_PROFILES[name])).strip()
    assert text == "Vitamin B12 mgVitamin C100 mg", (name, text)
PYTHON
echo "Still so: 12 mg of vitamin B are vitamin B12."

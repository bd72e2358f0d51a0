#!/usr/bin/env bash
# pypandoc_binary 1.17 (pandoc): a line that begins with “i. v.” becomes two nested lists
#
# Expected: “i. v. only” stays text: CommonMark has no roman or alphabetic lists.
# Seen:     pandoc's own Markdown reads i. as a list in roman numerals and v. as an item lettered v in it: “only” is what remains as text.
# Who is hurt: imports and exports of texts that say “i. v. only” or “i. m.”: the way of giving is no longer in the words, and copying loses it.
# Instead: -f commonmark, or -f markdown-fancy_lists.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check pypandoc_binary==1.17
"$work/venv/bin/python" - <<'PYTHON'
import pypandoc

html = pypandoc.convert_text("i. v. only", "html", "markdown")
assert html.count("<ol") == 2, html
assert "i." not in html.replace('type="i"', ""), html
assert "only" in html, html
assert "i. v. only" in pypandoc.convert_text("i. v. only", "html", "markdown-fancy_lists")
PYTHON
echo "Still so: “i. v. only” is a list in a list."

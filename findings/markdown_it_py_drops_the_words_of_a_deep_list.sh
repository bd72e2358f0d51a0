#!/usr/bin/env bash
# markdown-it-py 4.3.0: the words of a list nested ten deep are not in the output
#
# Expected: words that are nested too deep are written flat, or an error.
# Seen:     beyond maxNesting (20 tokens in the CommonMark preset, two for each list) the block parser passes over the rest
#           of that block without a word.
# Who is hurt: leaflets made by programs, or pasted from outlines: a dose is simply not there.
# Instead: stop nesting in a rule of one's own, and compare the words of source and page.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check markdown-it-py==4.3.0
"$work/venv/bin/python" - <<'PYTHON'
from markdown_it import MarkdownIt

assert "Take 5 mg" in MarkdownIt("commonmark").render("- " * 9 + "Take 5 mg")
assert "5 mg" not in MarkdownIt("commonmark").render("- " * 10 + "Take 5 mg")
PYTHON
echo "Still so: a list ten deep loses its words."

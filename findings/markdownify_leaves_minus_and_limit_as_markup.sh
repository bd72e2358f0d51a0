#!/usr/bin/env bash
# markdownify 1.2.3: a paragraph that begins with “- 5 °C” or “> 50 kg” becomes a list or a quotation when it is rendered again
#
# Expected: signs at the start of a line are escaped, as * and _ are.
# Seen:     written as they are: the next renderer takes the minus and the limit for markup, and the reader sees neither.
# Who is hurt: leaflets that pass from HTML through Markdown: −20 °C is stored at 20 °C.
# Instead: escape_misc=True (off unless asked for), and compare the words of both ends.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check markdownify==1.2.3 markdown-it-py==4.3.0
"$work/venv/bin/python" - <<'PYTHON'
from markdown_it import MarkdownIt
from markdownify import markdownify

source = "<p>- 20 °C</p><p>&gt; 50 kg</p>"
html = MarkdownIt().render(markdownify(source))
assert "<li>20 °C</li>" in html, html
assert "<blockquote>" in html, html
assert "&gt; 50" not in html, html
PYTHON
echo "Still so: a minus and a limit are lost on the way back."

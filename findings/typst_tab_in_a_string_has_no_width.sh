#!/usr/bin/env bash
# typst 0.15.2: a tab inside a string prints nothing: 5, tab, 10 mg is “510 mg” on paper
#
# Expected: white space, as a tab in markup gives.
# Seen:     no width and no character in the text layer, so no text check finds it either.
# Who is hurt: printed leaflets whose words are handed over as data (the safe way) and were pasted from a table.
# Instead: replace tabs by spaces before the text is handed over.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check typst==0.15.2 pypdfium2==5.15.2
"$work/venv/bin/python" - <<'PYTHON'
import pypdfium2
import typst

pdf = typst.compile(b'#sys.inputs.at("words")', sys_inputs={"words": "5\t10 mg"})
words = pypdfium2.PdfDocument(pdf)[0].get_textpage().get_text_range()
assert words == "510 mg", words
PYTHON
echo "Still so: a tab has no width in a string."

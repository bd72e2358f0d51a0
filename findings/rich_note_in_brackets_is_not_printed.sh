#!/usr/bin/env bash
# rich 15.0.0: a note in square brackets is not printed
#
# Expected: console.print("Paracetamol [max 4 a day]") prints that; what is no style is left as it is, or refused.
# Seen:     "Paracetamol ": words in brackets that begin with a letter are taken for a style and dropped, known or not; "[5 mg]" stays.
# Who is hurt: command-line tools and logs of a clinic (typer and click-based ones among them): the limit or the strength behind a name is missing.
# Instead: rich.markup.escape() for every text that people wrote, or Console(markup=False).
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check rich==15.0.0
"$work/venv/bin/python" - <<'PYTHON'
import io

from rich.console import Console
from rich.markup import escape


def printed(text):
    out = io.StringIO()
    Console(file=out, width=100).print(text)
    return out.getvalue().strip()


assert printed("Paracetamol [max 4 a day]") == "Paracetamol"
assert printed("Paracetamol [5 mg]") == "Paracetamol [5 mg]"
assert printed(escape("Paracetamol [max 4 a day]")) == "Paracetamol [max 4 a day]"
PYTHON
echo "Still so: a note in brackets that begins with a letter is dropped."

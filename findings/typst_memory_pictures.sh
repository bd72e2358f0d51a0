#!/usr/bin/env bash
# typst 0.15.2 (Python package): a document may be compiled from files that are in memory, given as a dictionary of names and
# bytes, so that nothing of a patient's leaflet touches the disk. One would expect that a picture may be among them: the
# values are bytes, and `image()` reads PNG. What is seen: every one of these files must be UTF-8 text, so that a PNG ends the
# compilation with a RuntimeError before the template runs. The same picture inside an SVG (which is text) is set.
# Who is hurt: whoever makes leaflets with pictures (how to use an inhaler) without temporary files.
# Exits non-zero when this changes.
set -euo pipefail

folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check typst==0.15.2

"$folder/venv/bin/python" - <<'END'
import base64
import sys
import typst

PNG = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg=="
)
SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="10" height="10"><image width="10" height="10" href="data:image/png;base64,'
    + base64.b64encode(PNG).decode() + '"/></svg>'
).encode()


def compiled(name: str, picture: bytes) -> bytes:
    return typst.compile({"main": f'#image("{name}", alt: "How to hold the inhaler")'.encode(), name: picture})


try:
    compiled("inhaler.png", PNG)
except Exception as error:
    print(f"A PNG in memory: {type(error).__name__}: {str(error)[:80]}")
    refused = "UTF-8" in str(error)
else:
    print("A PNG in memory is set now.")
    refused = False
as_text = compiled("inhaler.svg", SVG).startswith(b"%PDF")
print("The same picture inside an SVG is set." if as_text else "The SVG was not set.")
sys.exit(0 if refused and as_text else 1)
END

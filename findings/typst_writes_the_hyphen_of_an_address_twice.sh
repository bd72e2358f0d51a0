#!/usr/bin/env bash
# typst 0.15.2 (Python package): a web address that is too long for its line may be broken behind a hyphen that belongs to
# it. One would expect that the signs on the paper are those of the address, as hyphenation is switched off. What is seen:
# in Spanish, Polish, Portuguese, Czech and Croatian the next line begins with a second hyphen (the rule of these languages
# for compound words), and who types what is printed comes to another page. In English it is written once.
# Who is hurt: patients who type the address of a leaflet from paper. (A mend: U+2011, or a break only where one is put.)
# Exits non-zero when this changes.
set -euo pipefail

folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check typst==0.15.2 pypdfium2==5.15.2

"$folder/venv/bin/python" - <<'END'
import sys

import pypdfium2
import typst

ADDRESS = "https://clinic.example/leaflets/baclofen-for-adults"
SHEET = (
    "#set page(width: 100pt, height: 120pt, margin: 10pt)\n"
    '#set text(lang: "{language}", size: 11pt, hyphenate: false)\n'
    '#"{address}"'
)


def hyphens(language: str) -> int:
    """How many are drawn; PDFium has a sign of its own for one at the end of a line."""
    pdf = typst.compile(SHEET.format(language=language, address=ADDRESS).encode())
    words = pypdfium2.PdfDocument(pdf)[0].get_textpage().get_text_range()
    return sum(words.count(sign) for sign in "-\x02\ufffe")


found = {language: hyphens(language) for language in ("en", "es", "pl", "pt", "cs", "hr")}
print(f"{ADDRESS} has {ADDRESS.count('-')} hyphens; drawn: {found}")
sys.exit(0 if found["en"] == 2 and all(found[language] == 3 for language in ("es", "pl", "pt", "cs", "hr")) else 1)
END

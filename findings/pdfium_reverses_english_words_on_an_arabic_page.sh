#!/usr/bin/env bash
# pypdfium2 5.15.2 (PDFium, the PDF reader inside Chromium): the words of a page as text. One would expect the words of a line
# in the order in which they are read. What is seen: where a page has a line of Arabic, an English sentence on a line of its
# own comes with its words backwards ("Take 5 mg first and then 10 mg" as "mg 10 then and first mg 5 Take"), although drawn from left to
# right; on a page without Arabic the same sentence is right. The same PDF read letter by letter at its places is right.
# Who is hurt: whoever compares, searches or reads aloud a bilingual leaflet by its text: the first dose becomes the last.
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

SENTENCE = "Take 5 mg first and then 10 mg"
PAGE = (
    '#set page(width: 400pt, height: 120pt, margin: 10pt)\n#set text(font: "DejaVu Sans Mono")\n'
    '{arabic}#text(lang: "en", dir: ltr)[{sentence}]'
)
ARABIC = '#text(lang: "ar", dir: rtl)[خذ الدواء]\n\n'


def page(arabic: str):
    made = typst.compile(PAGE.format(arabic=arabic, sentence=SENTENCE).encode())
    return pypdfium2.PdfDocument(made)[0].get_textpage()


def as_text(words) -> str:
    """The English words in the order of the text."""
    return " ".join(word for word in words.get_text_range().split() if word.isascii())


def as_drawn(words) -> str:
    """The English letters from left to right, by their places."""
    places = range(words.count_chars())
    letters = sorted((words.get_charbox(place)[0], words.get_text_range(place, 1)) for place in places)
    return "".join(letter for _left, letter in letters if letter.isascii() and not letter.isspace())


alone, beside = page(""), page(ARABIC)
print(f"alone:  {as_text(alone)}\nbeside: {as_text(beside)}\ndrawn:  {as_drawn(beside)}")
is_drawn_right = as_drawn(beside) == SENTENCE.replace(" ", "")
is_reversed = as_text(beside).split() == SENTENCE.split()[::-1]
sys.exit(0 if as_text(alone) == SENTENCE and is_drawn_right and is_reversed else 1)
END

#!/usr/bin/env bash
# pypdf 7.1.1: "take 25 mg" in Arabic, with Arabic-Indic digits, comes out of a PDF as 52 mg
#
# Expected: the words from right to left and the number from left to right, as on the page; a line with nothing but the
#           number does come out as 25.
# Seen:     a PDF has the signs in the order in which they are seen. `extract_text()` turns a stretch of Arabic round, and
#           these digits are neutral for it, so those between Arabic words are turned round as well: 25 is 52, 2,5 is 5,2
#           and 10 is 01. European digits in the same line are kept.
# Who is hurt: readers and checkers of leaflets in Arabic, Persian or Urdu: the words are right, the dose is another one,
#           and a test with a number alone finds nothing.
# Instead: take the text from the source of the PDF, or the numbers from extraction_mode="layout", which turns nothing.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check pypdf==7.1.1
"$work/venv/bin/python" - <<'PYTHON'
from io import BytesIO

from pypdf import PdfReader, PdfWriter
from pypdf.generic import DictionaryObject, NameObject, StreamObject

TAKE, MG = "\u062e\u0630", "\u0645\u0644\u063a"
ARABIC = str.maketrans("0123456789,", "\u0660\u0661\u0662\u0663\u0664\u0665\u0666\u0667\u0668\u0669\u066b")


def stream(writer, text):
    made = StreamObject()
    made.set_data(text.encode())
    return writer._add_object(made)


def read(seen):
    """The text pypdf finds on a page that shows these signs from left to right."""
    codes = {sign: f"{number:02X}" for number, sign in enumerate(sorted(set(seen)), 0x41)}
    pairs = "\n".join(f"<{code}> <{ord(sign):04X}>" for sign, code in codes.items())
    writer = PdfWriter()
    page = writer.add_blank_page(300, 100)
    font = DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Font"),
            NameObject("/Subtype"): NameObject("/Type1"),
            NameObject("/BaseFont"): NameObject("/Helvetica"),
            NameObject("/ToUnicode"): stream(
                writer,
                "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n/CMapName /Signs def\n/CMapType 2 def\n"
                "1 begincodespacerange\n<00> <FF>\nendcodespacerange\n"
                f"{len(codes)} beginbfchar\n{pairs}\nendbfchar\nendcmap\nend\nend",
            ),
        }
    )
    page[NameObject("/Resources")] = DictionaryObject({NameObject("/Font"): DictionaryObject({NameObject("/F"): font})})
    drawn = "".join(codes[sign] for sign in seen)
    page[NameObject("/Contents")] = stream(writer, f"BT /F 12 Tf 20 50 Td <{drawn}> Tj ET")
    file = BytesIO()
    writer.write(file)
    return PdfReader(file).pages[0].extract_text().strip()


def line(number):
    """What a reader sees of “take NUMBER mg”: the words from the right, the number from the left."""
    return f"{MG[::-1]} {number} {TAKE[::-1]}"


assert read("25".translate(ARABIC)) == "25".translate(ARABIC)
assert "25" in read(line("25")), ascii(read(line("25")))
for number, turned in (("25", "52"), ("2,5", "5,2"), ("10", "01")):
    found = read(line(number.translate(ARABIC)))
    assert found == f"{TAKE} {turned.translate(ARABIC)} {MG}", (number, ascii(found))
PYTHON
echo "Still so: 25 mg between Arabic words is 52 mg."

"""In a text from right to left, what is typed in an order is painted in it, wherever it stands (Unicode UAX #9).

Measured by the boxes of the glyphs in Chromium, on the patients' own page.
"""

import re

import pytest

from monographs.text.markup.markdown import render
from tests.browser.glyphs import bare, lines_of_pdf, painted
from tests.makers import make_published

FROM_LEFT_TO_RIGHT = [
    "5-10 mg", "5–10 mg", "5 – 10 mg", "5 to 10 mg", "1.5-2.5 ml", "500 mg to 1 g", "5 mg → 10 mg", "5mg → 10mg → 15mg",
    "12:00–14:00", "-20 °C", "−5 %", "+5", "±2 mg", "2026-11-28", "1/6/2028", "28/11/2026", "28.11.2026", "08:30",
    "1/2", "1 1/2", "8/500", "120/80", "120/80 mmHg", "50%", "20-30%", "0800 123 456", "+44 20 7946 0958",
    "(020) 7946 0000",
    "01632 960 100", "24/7", "2.5 mg", "1,000.5 mg", "1 000 000 IU", "5 mg/5 ml", "5 mg/kg/day", "3 x 5 mg", "2×500 mg",
    "1 in 10", "1:1000", "Co-codamol 8/500", "Co-codamol 8/500 (Tylex)", "Vitamin B12", "N02BE01", "10-20-30",
    "https://www.nhs.uk/a-b/5-10", "help@clinic.example", "Take 5 mg, then 10 mg", "(5-10 mg)", "≥ 50 kg", "38.5 °C",
    "۵-۱۰", "-۲۰", "۲۰۲۶-۱۱-۲۸", "٠٨٠٠ ١٢٣ ٤٥٦", "٠٨٠٠-١٢٣-٤٥٦", "٢٨/١١/٢٠٢٦", "١/٢", "٢٫٥", "١ ٠٠٠ ٠٠٠", "٥-١٠ mg",
    "٥ → ١٠", "٥ mg → ١٠ mg",
]  # fmt: skip
# What is typed, the part that is looked at, and how that is painted.
OTHERWISE = [
    ("5-10 ملغ", "5-10", "5-10"),
    ("5 – 10 أقراص", "5 – 10", "5–10"),
    ("5 ملغ → 10 ملغ", "5 ملغ → 10 ملغ", "غلم5→غلم10"),  # the arrow points from the old to the new
    ("5 mg → 10 ملغ", "5 mg → 10 ملغ", "5mg→غلم10"),
    # Arabic-Indic digits stand from right to left by Unicode's own rules, in every place alike.
    ("٥-١٠ ملغ", "٥-١٠", "١٠-٥"),
    ("٥ - ١٠", "٥ - ١٠", "١٠-٥"),
    ("٢٠٢٦-١١-٢٨", "٢٠٢٦-١١-٢٨", "٢٨-١١-٢٠٢٦"),
    ("١٢:٠٠–١٤:٠٠", "١٢:٠٠–١٤:٠٠", "١٤:٠٠–١٢:٠٠"),
    ("-٢٠", "-٢٠", "٢٠-"),
    ("٥ ملغ → ١٠ ملغ", "٥ ملغ → ١٠ ملغ", "غلم٥→غلم١٠"),
    ("500 mg 3 مرات", "500 mg 3", "3500mg"),  # "500 mg" first (at the right), then "3", beside what it counts
    ("Paracetamol 500 ملغ", "Paracetamol 500", "500Paracetamol"),
    ("5 mg ← 10 mg", "5 mg ← 10 mg", "10mg←5mg"),  # read from the right, as the arrow goes
    ("5 mg, 10 mg", "5 mg, 10 mg", "10mg,5mg"),  # two parts of an Arabic sentence
]
LANGUAGES = {"ar": ("خذ", "كل يوم"), "fa": ("بخورید", "هر روز"), "ur": ("لیں", "روزانہ"), "he": ("קחו", "בכל יום")}


def places_of(typed: str, before: str, after: str) -> list[str]:
    """The same words behind a letter, at the start, before a stop, in bold, half in bold, and glued to a comma."""
    first = next(at for at, sign in enumerate(typed) if sign.isalnum())
    end = next((at for at in range(first, len(typed)) if not typed[at].isalnum()), len(typed))
    return [
        f"{before} {typed} {after}.",
        f"{typed} {after}.",
        f"{before} {typed}.",
        f"{before} **{typed}** {after}.",
        f"{before} {typed[:first]}**{typed[first:end]}**{typed[end:]} {after}.",
        f"{before}، {typed}، {after}.",
        f"{before}: {typed}؛ {after}.",
    ]


def in_leaflet(strings: list[str], language: str) -> tuple[str, list[str]]:
    """A section's text with each of the strings in every place, in paragraphs and then in cells."""
    before, after = LANGUAGES[language]
    lines = [(line, typed) for typed in strings for line in places_of(typed, before, after)]
    rows = [f"| {before} {typed} | {typed} |" for typed in strings]
    body = "\n\n".join([line for line, _typed in lines] + [f"| {before} | {after} |\n|---|---|\n" + "\n".join(rows)])
    return body, [typed for _line, typed in lines] + [typed for typed in strings for _cell in range(2)]


BLOCKS = ".part:has(#part-dosage) :is(p, td)"


def misplaced(page, selector: str, strings: list[str]) -> list[tuple[str, str]]:
    return [pair for pair in zip(strings, painted(page, selector, strings), strict=True) if bare(pair[0]) != pair[1]]


@pytest.mark.parametrize("language", ["ar", "ur"])
def test_what_has_an_order_keeps_it_in_every_place_of_a_leaflet_and_on_a_small_screen(live_server, new_page, language):
    body, strings = in_leaflet(FROM_LEFT_TO_RIGHT, language)
    make_published(language=language, title="كلمة", dosage=body)
    page = new_page(viewport={"width": 1280, "height": 900})
    page.goto(f"{live_server.url}/leaflets/testamol-{language}/")
    assert page.evaluate("document.documentElement.dir") == "rtl"
    assert misplaced(page, BLOCKS, strings) == []
    page.set_viewport_size({"width": 320, "height": 640})
    assert misplaced(page, BLOCKS, strings) == []


@pytest.mark.parametrize("language", ["fa", "he"])
def test_what_has_an_order_keeps_it_in_persian_and_hebrew(page, language):
    body, strings = in_leaflet(FROM_LEFT_TO_RIGHT, language)
    page.set_content(f'<!doctype html><html lang="{language}" dir="rtl"><body>{render(body, language=language)}</body>')
    assert misplaced(page, "p, td", strings) == []


def test_without_isolates_the_same_words_are_turned(page):
    """What this file measures does happen: it is not Chromium that puts it right."""
    before, after = LANGUAGES["ar"]
    typed = ["5-10 mg", "0800 123 456", "-20 °C", "5 mg → 10 mg"]
    lines = "".join(f"<p>{before} {one} {after}.</p>" for one in typed)
    page.set_content(f'<!doctype html><html lang="ar" dir="rtl"><body>{lines}</body>')
    assert painted(page, "p", typed) == ["mg10-5", "4561230800", "C°20-", "mg→10mg5"]


def test_amounts_with_arabic_units_and_parts_of_a_sentence_stand_in_its_order(live_server, page):
    lines = [line for typed, _part, _order in OTHERWISE for line in places_of(typed, *LANGUAGES["ar"])]
    make_published(language="ar", title="كلمة", dosage="\n\n".join(lines))
    page.goto(f"{live_server.url}/leaflets/testamol-ar/")
    expected = [case for case in OTHERWISE for _place in range(len(lines) // len(OTHERWISE))]
    found = painted(page, BLOCKS, [part for _typed, part, _order in expected])
    assert [(case, order) for case, order in zip(expected, found, strict=True) if case[2] != order] == []


def test_what_has_an_order_keeps_it_on_paper(live_server, page):
    """Read back from the PDF by the boxes of its glyphs, as the eye does."""
    body, strings = in_leaflet([typed for typed in FROM_LEFT_TO_RIGHT if typed.isascii()][::3], "ar")
    make_published(language="ar", title="كلمة", dosage=body)
    page.goto(f"{live_server.url}/leaflets/testamol-ar/")
    # PDFium gives the brackets of such a line back turned, whatever was painted.
    found, wanted = (re.sub("[()]", "", text) for text in (lines_of_pdf(page.pdf(format="A4")), "\n".join(strings)))
    wanted = [bare(typed) for typed in wanted.split("\n")]
    assert {typed: found.count(typed) for typed in wanted if found.count(typed) < wanted.count(typed)} == {}

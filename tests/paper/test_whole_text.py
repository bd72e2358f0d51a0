"""The paper says what the page says: all words in their order, no number parted from its unit, no hyphen twice."""

import re
from collections import Counter
from unicodedata import normalize

import pytest

from monographs.paper.pdf import make_pdf
from monographs.paper.plain import plain_text
from monographs.paper.setting.signs import plain_again
from tests.paper.parts import FOOT, glyphs_of, lines_of, make_article, pdf_of, text_of

BODY = (
    """Take **0.10 mg** of *co-amoxiclav*, not 1.0 mg, at -2 °C; 10⁹ cells, ≤ 3, ½ tablet.

### Children of 1–5 years

1. First
2. Then
   - and this

::: emergency
You can't breathe.
:::

Call 0800 123 456 by 3 March 2026. """
    + "And then some more words of it. " * 60
)
_WORD = re.compile(r"[^\W_]+(?:[.,/–⁹-][^\W_]+)*")


def _of_article(text: str) -> list[str]:
    return _WORD.findall(plain_again(text))


@pytest.mark.parametrize("size", [12, 20])
@pytest.mark.parametrize("language", ["en", "pl"])
def test_words_of_the_pdf_are_those_of_the_plain_text_in_their_order(size, language):
    article = make_article(BODY, language=language)
    read = text_of(make_pdf(article, size=size, read_picture=lambda _address: None))
    for foot in (FOOT, *re.findall(r"Page \d+ of \d+", read)):
        read = read.replace(foot, " ")
    wanted, found = _of_article(plain_text(article)), iter(_of_article(read))
    missing = [word for word in wanted if not word.startswith(("http", "leaflets")) and word not in found]
    assert missing == []


@pytest.mark.parametrize("amount", ["5 mg", "2.5 ml", "0.5–1 mg", "0800 123 456", "5 mg → 10 mg"])
def test_no_line_ends_within_an_amount(amount):
    """Wherever the words before it end, the amount stands on one line."""
    wanted = amount.replace(" ", "")
    for filler in range(78, 92):
        body = "n" * (filler % 7) + " word" * (filler // 6) + "x" * (filler % 6) + f" {amount}."
        assert any(wanted in line for line in lines_of(glyphs_of(pdf_of(body)))), filler


@pytest.mark.parametrize("language", ["pl", "es"])
def test_hyphen_of_a_name_stands_once_wherever_the_line_ends(language):
    for filler in range(70, 90):
        body = "n" * (filler % 7) + " word" * (filler // 5) + " ko-trimoksazol"
        read = "".join(lines_of(glyphs_of(pdf_of(body, language=language))))
        assert read.count("ko-trimoksazol") == 1, filler
        assert "--" not in read


@pytest.mark.parametrize("language", ["es", "pl", "en"])
def test_hyphen_of_a_web_address_stands_once_wherever_the_line_ends(language):
    address = "https://leaflets.example/" + "-".join(["paracetamol"] * 9)
    for filler in range(8):
        body = "n" * (filler * 5) + f" {address} [words]({address}2)"
        lines = lines_of(glyphs_of(pdf_of(body, language=language)))
        read = "".join(lines).replace("\x02", "-")  # PDFium's sign for one at a line's end
        assert "--" not in read, filler
        assert address in read
        assert f"({address}2)" in read


SENTENCES = {
    "ar": "تناول 5-10 mg مرة في اليوم مع الطعام. لا تتناول أكثر من ذلك.",
    "ur": "دن میں 5-10 mg تین بار لیں۔ اس سے زیادہ نہ لیں۔",
}


@pytest.mark.parametrize("language", SENTENCES)
@pytest.mark.parametrize("size", [12, 28])
def test_no_letter_of_a_text_from_right_to_left_is_lost(language, size):
    """Readers of PDFs guess the order of such words, so letters are counted; where they stand: `test_arabic`."""
    article = make_article(f"{SENTENCES[language]}\n\n" * 8, language=language)
    made = make_pdf(article, size=size, read_picture=lambda _address: None)
    found = Counter(normalize("NFKC", "".join(glyph.sign for glyph in glyphs_of(made))))
    wanted = Counter(sign for sign in plain_again(SENTENCES[language]) * 8 if sign.isalnum())
    assert sum(wanted.values()) > 200
    assert wanted - found == Counter()

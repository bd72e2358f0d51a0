"""Numbers written with signs that only look like digits, or like a decimal mark: ``1O mg``, ``2‚5 mg``, ``२ mg``.

Whoever types fast hits O for 0 and l for 1, and a scanned page is full of them. The eye reads the number that is
meant, but no search, no check of doses and no screen reader does; digits of another script few patients read at all.
Sources: ISMP List of Error-Prone Abbreviations, Symbols, and Dose Designations (2021), on l and O taken for 1 and 0;
Unicode Technical Standard 39, section 5.3 (Mixed-Number Detection).
"""

import re
import unicodedata
from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from monographs.leaflets.content import Content
from monographs.quality.amounts.dose_words import END, FORM, UNIT
from monographs.quality.findings import Observation, Rule, Severity
from monographs.quality.pieces.passages import Passage, passages

_LETTERS = str.maketrans("OoIlЗб", "001136")
_LETTER = "OoIlЗб"
_IS_MEASURED = rf"(?=[\s-]?(?:{UNIT}|%){END})"
_IS_COUNTED = rf"(?=[\s-]?(?:{UNIT}|%){END}|[\s-]{FORM}{END})"
_BEGINS = r"(?<![\w.,/-])(?<!\d\s)"
_AMOUNT = re.compile(
    rf"{_BEGINS}(?:(?=[{_LETTER}.,]{{0,11}}\d)(?=[\d.,]{{0,11}}[{_LETTER}])"
    rf"[\d{_LETTER}](?:[\d{_LETTER}.,]{{0,10}}[\d{_LETTER}])?{_IS_COUNTED}"
    rf"|[lЗб]{_IS_COUNTED}|O{_IS_MEASURED}|[Ool][.,]\d{{1,6}}(?!\w))"
)
_MARK = re.compile(r"(?<=\d)(?:[‚؍．｡。，]|[′ʹ‘’`´](?=\d{3}(?!\d)))(?=\d)|(?<=[0-9])[٫٬](?=[0-9])")
_OWN_ZERO = {"ar": "٠", "fa": "۰", "ur": "۰", "hi": "०", "bn": "০", "pa": "੦", "gu": "૦", "ta": "௦", "ne": "०"}
_BEYOND = "\uffff"  # digits of mathematics, behind it, block as look-alikes
_NUMBER = re.compile(r"\d+")


def odd_numbers(content: Content) -> Iterator[Observation]:
    """Letters among digits before a unit, marks that are no decimal mark, digits of a script that is not expected."""
    own = {"0", "０", _OWN_ZERO.get(content.language.split("-")[0], "0")}
    for passage in passages(content):
        text = passage.bare
        yield from _letters(passage, text)
        if not text.isascii():
            yield from _marks(passage, text)
            yield from _digits(passage, text, own)


def _letters(passage: Passage, text: str) -> Iterator[Observation]:
    for found in _AMOUNT.finditer(text):
        if not any(letter in found[0] for letter in _LETTER):  # 5l: the letter is the unit
            continue
        yield passage.observe(
            text[found.start() : found.end() + 12],
            _("A letter stands for a digit here: “%(typed)s”.") % {"typed": found[0]},
            _("Write “%(number)s”.") % {"number": found[0].translate(_LETTERS)},
        )


def _marks(passage: Passage, text: str) -> Iterator[Observation]:
    for found in _MARK.finditer(text):
        yield passage.observe(
            text[max(found.start() - 6, 0) : found.end() + 6],
            _("“%(mark)s” between two digits can be read as a decimal mark, as a comma of thousands, or not at all.")
            % {"mark": found[0]},
            _("Type the number again."),
        )


def _digits(passage: Passage, text: str, own: set[str]) -> Iterator[Observation]:
    for found in _NUMBER.finditer(text):
        zeros = {chr(ord(sign) - unicodedata.digit(sign)) for sign in found[0]} - own
        if zeros and max(zeros) < _BEYOND:
            yield passage.observe(
                found[0],
                _("These digits are of another script than the leaflet's."),
                _("Write “%(number)s”.") % {"number": "".join(str(unicodedata.digit(sign)) for sign in found[0])},
            )


RULES = (
    Rule(
        "odd-number",
        Severity.WARNS,
        gettext_lazy("A number with signs that only look like digits"),
        "ISMP List of Error-Prone Abbreviations (2021); Unicode Technical Standard 39, section 5.3",
        odd_numbers,
    ),
)

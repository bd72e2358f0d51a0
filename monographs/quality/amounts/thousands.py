"""Amounts whose one mark could part thousands or decimals: ``1.000 mg`` and ``1,500 mg`` outside English.

CLDR (number symbols) names the decimal mark of each language; yet leaflets are copied from packs and texts of other
countries, and the two readings are a thousandfold apart. English leaflets are looked after by the rules on zeros and
decimal commas in `monographs.quality.amounts.doses`.
"""

import re
from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from monographs.leaflets.content import Content
from monographs.quality.amounts.dose_advice import NHS
from monographs.quality.amounts.dose_words import END, FORM, TO, UNIT, dose_texts
from monographs.quality.findings import Observation, Rule, Severity
from monographs.quality.pieces.passages import is_english

_EITHER = r"[1-9]\d{0,2}[.,]\d{3}"
_ONE_EITHER = re.compile(rf"(?<![\d.,]){_EITHER}(?![\d.,]*\d)")
_AMOUNT = re.compile(
    rf"(?<![\w.,])(?:\d{{1,12}}{TO})?{_EITHER}(?:{TO}(?:{_EITHER}|\d{{1,12}}))?[\s-]?(?:{UNIT}|{FORM}|%){END}"
)
_OF_ITS_OWN = "٬٫"  # Arabic's marks for thousands and decimals: never one for the other


def thousand_or_decimal(content: Content) -> Iterator[Observation]:
    """``1.000 mg``, a thousand to some readers and one to others: write ``1000 mg`` or ``1 mg``."""
    if is_english(content):
        return
    for passage, text in dose_texts(content):
        for found in _AMOUNT.finditer(text):
            if any(mark in passage.text[found.start() : found.end()] for mark in _OF_ITS_OWN):
                continue
            as_thousand = _ONE_EITHER.sub(lambda number: _plain(re.sub("[.,]", "", number[0])), found[0])
            as_decimal = _ONE_EITHER.sub(lambda number: _short(number[0]), found[0])
            yield passage.observe(
                passage.text[found.start() : found.end()],
                _("Some readers take this mark for thousands, others for decimals: a thousand times as much."),
                _instead(as_thousand, as_decimal, found[0]),
            )


def _instead(as_thousand: str, as_decimal: str, written: str) -> str:
    advice = _("If thousands are meant, write “%(words)s”.") % {"words": as_thousand}
    if as_decimal == written:  # no zero at the end to leave out
        return advice + " " + _("If not, write the amount in a smaller unit.")
    return advice + " " + _("If not, write “%(words)s”.") % {"words": as_decimal}


def _short(number: str) -> str:
    """``1.000`` → ``1``, ``1,500`` → ``1,5``."""
    return number.rstrip("0").rstrip(".,")


def _plain(digits: str) -> str:
    """``1000``, and from five digits on groups parted by no-break spaces (ISO 80000-1, section 7.3.1)."""
    return f"{int(digits):,}".replace(",", "\u00a0") if len(digits) > 4 else digits


RULES = (
    Rule(
        "dose-thousand-or-decimal",
        Severity.WARNS,
        gettext_lazy("A mark that parts thousands or decimals"),
        NHS,
        thousand_or_decimal,
    ),
)

"""Signs that turn in a text from right to left: ``<``, ``>``, ``≤``, ``≥``, and an arrow between words.

Source: Unicode Standard Annex #9, 3.4 (rule L4): these signs are drawn mirrored there, and what reads a printed page
(a search, a copy, a screen reader) may give ``>`` for ``<``; an arrow is not mirrored and points the other way. ISMP
List of Error-Prone Abbreviations, Symbols, and Dose Designations (2021): ``>`` and ``<`` are mistaken for each other
in any language. Words can't turn.
"""

import re
from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from monographs.leaflets.content import Content
from monographs.quality.findings import Observation, Rule, Severity
from monographs.quality.pieces.blocks import without_addresses
from monographs.quality.pieces.passages import passages
from monographs.text.markup.markdown import direction

_WORDS = {
    "ar": {"<": "أقل من", ">": "أكثر من", "≤": "لا يزيد عن", "≥": "لا يقل عن"},
    "fa": {"<": "کمتر از", ">": "بیشتر از", "≤": "حداکثر", "≥": "حداقل"},
    "he": {"<": "פחות מ-", ">": "יותר מ-", "≤": "לכל היותר", "≥": "לפחות"},
    "ur": {"<": "… سے کم", ">": "… سے زیادہ", "≤": "زیادہ سے زیادہ", "≥": "کم از کم"},
}
_ONE_SIGN = {"<=": "≤", "=<": "≤", ">=": "≥", "⩽": "≤", "⩾": "≥", "≦": "≤", "≧": "≥"}
_COMPARES = re.compile(r"(?<![<>=-])(?P<sign><=|>=|=<|[<>≤≥⩽⩾≦≧])(?![<>=-])\s?[\d٠-٩۰-۹.,٫]{0,12}")
_ARROW = re.compile(r"->|=>|<-|[→←⇒⇐➔➜⟶⟵⟹⟸]")


def turning_sign(content: Content) -> Iterator[Observation]:
    """``> 50 kg`` in an Arabic leaflet: write "أكثر من 50 kg"."""
    if direction(content.language) != "rtl":
        return
    words = _WORDS.get(content.language.split("-")[0], _WORDS["ar"])
    for passage in passages(content):
        text = without_addresses(passage.text)
        for found in _COMPARES.finditer(text):
            sign = _ONE_SIGN.get(found["sign"], found["sign"])
            yield passage.observe(
                found[0].strip(),
                _("In a text from right to left this sign is turned, and patients can take “less” for “more”."),
                _("Write it in words: “%(words)s”.") % {"words": words[sign]},
            )
        for found in _ARROW.finditer(text):
            yield passage.observe(
                found[0],
                _("In a text from right to left an arrow can seem to point from the new to the old."),
                _("Write the change in words: from what, to what."),
            )


RULES = (
    Rule(
        "turning-sign",
        Severity.WARNS,
        gettext_lazy("Signs that turn in a right-to-left text"),
        "Unicode Standard Annex #9, rule L4; ISMP List of Error-Prone Abbreviations (2021)",
        turning_sign,
    ),
)

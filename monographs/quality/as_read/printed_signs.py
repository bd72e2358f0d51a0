"""Signs that no typeface of printed leaflets has: found before review, not by who wants the leaflet on paper."""

import unicodedata
from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from monographs.leaflets.content import Content
from monographs.quality.as_read.as_typed import typed_texts
from monographs.quality.findings import Observation, Rule, Severity
from monographs.text.letters.printed import is_printed
from monographs.text.letters.signs import finds

MOST = 20  # of one text
_SET_IN_ANOTHER_FACE = ("zh",)  # a face of the machine's own, if it has one


def _not_on_paper(content: Content) -> Iterator[Observation]:
    if content.language.split("-")[0] in _SET_IN_ANOTHER_FACE:
        return
    for text in typed_texts(content):
        words = text.settle(text.text)
        if words.isascii():
            continue
        named = {place for sign in finds(words) for place in range(sign.start, sign.end)}  # by a rule of their own
        signs = dict.fromkeys(
            sign
            for place, sign in enumerate(words)
            if place not in named
            and not is_printed(sign)
            and unicodedata.category(sign) not in ("Cc", "Mn", "Me", "Cf")
        )
        for sign in list(signs)[:MOST]:
            yield text.observe(
                sign,
                _("The PDF and the large print can't show this sign: %(sign)s (%(name)s).")
                % {"sign": sign, "name": unicodedata.name(sign, f"U+{ord(sign):04X}").lower()},
                _("Say it in words; on paper its name would stand in its place."),
            )


RULES = (
    Rule(
        name="not-on-paper",
        severity=Severity.WARNS,
        title=gettext_lazy("Every sign can be printed"),
        source="ISO 14289-1 (PDF/UA-1), section 7.21.4.1: every sign that is shown has a glyph in an embedded font",
        look=_not_on_paper,
    ),
)

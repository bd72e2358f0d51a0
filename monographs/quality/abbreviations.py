"""Latin abbreviations of how often and how to take a medicine, and the plain words for them.

Source: ISMP List of Error-Prone Abbreviations, Symbols, and Dose Designations (2021). Those that stand
on the Joint Commission's official "Do Not Use" list block: QD has been read as QID, OD as the right eye.
English leaflets only.
"""

import re
from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from monographs.leaflets.content import Content
from monographs.quality.blocks import without_addresses
from monographs.quality.findings import Observation, Rule, Severity
from monographs.quality.passages import is_english, passages

_ONCE = gettext_lazy("once a day")
_TWICE = gettext_lazy("twice a day")
_THREE = gettext_lazy("3 times a day")
_FOUR = gettext_lazy("4 times a day")
_IF_NEEDED = gettext_lazy("when you need it")
_BY_MOUTH = gettext_lazy("by mouth")
_BEDTIME = gettext_lazy("at bedtime")

# An abbreviation that is also a word or a name counts only just after a dose: "10mg bd", "2 tablets po".
_AFTER_DOSE = r"(?:\d\s?(?:mg|g|ml|micrograms?|mcg|units?)|tablets?|capsules?|puffs?|drops?|sachets?),?\s"

_BLOCKING = (
    (r"[qQ]\.[dD]\.?|QD|qd", _ONCE),
    (r"[oO]\.[dD]\.?|OD", _ONCE),
    (r"[qQ]\.[oO]\.[dD]\.?|QOD|qod", gettext_lazy("every other day")),
)
_BLOCKING_AFTER_DOSE = ((r"od", _ONCE),)
_WARNING = (
    (r"[bB]\.[iI]\.?[dD]\.?|BID|[bB]\.[dD]\.?|BDS|bds", _TWICE),
    (r"[tT]\.[iI]\.?[dD]\.?|TID|tid|[tT]\.[dD]\.[sS]\.?|TDS|tds", _THREE),
    (r"[qQ]\.[iI]\.[dD]\.?|QID|qid|[qQ]\.[dD]\.[sS]\.?|QDS|qds", _FOUR),
    (r"[pP]\.[rR]\.[nN]\.?|PRN|prn", _IF_NEEDED),
    (r"[pP]\.[oO]\.|per os", _BY_MOUTH),
    (r"[qQ]\.?[hH]\.?[sS]\.?|[hH]\.[sS]\.", _BEDTIME),
    (r"nocte", gettext_lazy("at night")),
    (r"[aA]\.[cC]\.", gettext_lazy("before meals")),
    (r"[pP]\.[cC]\.", gettext_lazy("after meals")),
)
_WARNING_AFTER_DOSE = (
    (r"bid|bd|BD", _TWICE),
    (r"po|PO", _BY_MOUTH),
    (r"hs|HS", _BEDTIME),
    (r"mane", gettext_lazy("in the morning")),
    (r"stat|STAT", gettext_lazy("straight away")),
    (r"ac|AC", gettext_lazy("before meals")),
    (r"pc|PC", gettext_lazy("after meals")),
)
_EVERY_HOURS = re.compile(r"(?<![\w.])[qQ](?P<hours>\d{1,2})\s?[hH](?:rs?|ourly)?(?!\w)")
_DEGREE = re.compile(r"[A-Z][a-z]+, ?$")


def _compile(anywhere: tuple, after_dose: tuple) -> tuple[tuple[re.Pattern, object], ...]:
    found = [(re.compile(rf"(?<![\w.-])(?P<short>{short})(?!\.?\w)"), plain) for short, plain in anywhere]
    found += [(re.compile(rf"{_AFTER_DOSE}(?P<short>{short})(?!\.?\w)"), plain) for short, plain in after_dose]
    return tuple(found)


_BLOCKING_PATTERNS = _compile(_BLOCKING, _BLOCKING_AFTER_DOSE)
_WARNING_PATTERNS = _compile(_WARNING, _WARNING_AFTER_DOSE)


def _is_degree(text: str, start: int) -> bool:
    """ "Jane Smith, OD" names an optometrist, not a dose."""
    return _DEGREE.search(text[max(0, start - 40) : start]) is not None


def _abbreviations(content: Content, patterns: tuple) -> Iterator[Observation]:
    for passage in passages(content):
        text = without_addresses(passage.text)
        for pattern, plain in patterns:
            for found in pattern.finditer(text):
                if not _is_degree(text, found.start("short")):
                    yield passage.observe(
                        found["short"],
                        _("Patients do not know this abbreviation, and it has been misread."),
                        _("Write “%(words)s”.") % {"words": plain},
                    )


def daily(content: Content) -> Iterator[Observation]:
    """``QD``, ``OD``, ``QOD``, with or without points: write "once a day", "every other day"."""
    if is_english(content):
        yield from _abbreviations(content, _BLOCKING_PATTERNS)


def latin(content: Content) -> Iterator[Observation]:
    """``BID``, ``TDS``, ``PRN``, ``q8h`` and their like: write what they mean."""
    if not is_english(content):
        return
    yield from _abbreviations(content, _WARNING_PATTERNS)
    for passage in passages(content):
        for found in _EVERY_HOURS.finditer(without_addresses(passage.text)):
            yield passage.observe(
                found[0],
                _("Patients do not know this abbreviation, and it has been misread."),
                _("Write “every %(hours)s hours”.") % {"hours": found["hours"]},
            )


_ISMP = "ISMP List of Error-Prone Abbreviations, Symbols, and Dose Designations (2021)"

RULES = (
    Rule(
        "dose-latin-daily",
        Severity.BLOCKS,
        gettext_lazy("QD, OD or QOD"),
        f"{_ISMP}; Joint Commission official “Do Not Use” list",
        daily,
    ),
    Rule("dose-latin", Severity.WARNS, gettext_lazy("A Latin abbreviation"), _ISMP, latin),
)

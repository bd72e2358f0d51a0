"""Latin abbreviations of how often and how to take a medicine, and the plain words for them.

Source: ISMP List of Error-Prone Abbreviations, Symbols, and Dose Designations (2021). Those that stand
on the Joint Commission's official "Do Not Use" list block: QD has been read as QID, OD as the right eye.
English leaflets only.
"""

import re
from collections.abc import Iterable, Iterator
from itertools import product
from string import ascii_letters

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from monographs.leaflets.content import Content
from monographs.quality.amounts.dose_words import END, FORM, UNIT
from monographs.quality.findings import Observation, Rule, Severity
from monographs.quality.pieces.passages import is_english, passages

_ONCE = gettext_lazy("once a day")
_TWICE = gettext_lazy("twice a day")
_THREE = gettext_lazy("3 times a day")
_FOUR = gettext_lazy("4 times a day")
_IF_NEEDED = gettext_lazy("when you need it")
_BY_MOUTH = gettext_lazy("by mouth")
_BEDTIME = gettext_lazy("at bedtime")

# An abbreviation that is also a word or a name counts only just after a dose: "10mg bd", "2 tablets po".
_AFTER_DOSE = rf"(?:\d\s?{UNIT}|\b{FORM}){END},?\s"

_BLOCKING = (
    (r"[qQ]\.[dD]\.?|QD|qd", _ONCE),
    (r"[oO]\.[dD]\.?|OD|od", _ONCE),
    (r"[qQ]\.[oO]\.[dD]\.?|QOD|qod", gettext_lazy("every other day")),
)
_WARNING = (
    (r"[bB]\.[iI]\.?[dD]\.?|BID|[bB]\.[dD]\.?|BDS|bds|bd", _TWICE),
    (r"[tT]\.[iI]\.?[dD]\.?|TID|tid|[tT]\.[dD]\.[sS]\.?|TDS|tds", _THREE),
    (r"[qQ]\.[iI]\.[dD]\.?|QID|qid|[qQ]\.[dD]\.[sS]\.?|QDS|qds", _FOUR),
    (r"[pP]\.[rR]\.[nN]\.?|PRN|prn", _IF_NEEDED),
    (r"[pP]\.[oO]\.|per os", _BY_MOUTH),
    (r"[qQ]\.?[hH]\.?[sS]\.?|[hH]\.[sS]\.", _BEDTIME),
    (r"nocte", gettext_lazy("at night")),
    (r"[tT]\.[iI]\.[wW]\.?|TIW|tiw", gettext_lazy("3 times a week")),
    (r"BIW|biw", gettext_lazy("twice a week")),
    (r"[iI]/[dD]", _ONCE),
    (r"[dD]/[cC]", gettext_lazy("stop")),
    (r"SQ|[sS]ub[ -]?[qQ]|[sS]\.[cCqQ]\.", gettext_lazy("under the skin")),
    (r"[oO]\.[sS]\.", gettext_lazy("in the left eye")),
    (r"[oO]\.[uU]\.", gettext_lazy("in both eyes")),
    (r"[aA]\.[cC]\.", gettext_lazy("before meals")),
    (r"[pP]\.[cC]\.", gettext_lazy("after meals")),
)
_WARNING_AFTER_DOSE = (
    (r"bid|BD", _TWICE),
    (r"po|PO", _BY_MOUTH),
    (r"hs|HS", _BEDTIME),
    (r"mane|om|OM", gettext_lazy("in the morning")),
    (r"qn|QN", gettext_lazy("at night")),
    (r"SC|sc", gettext_lazy("under the skin")),
    (r"IM|i\.m\.", gettext_lazy("into a muscle")),
    (r"IV|i\.v\.", gettext_lazy("into a vein")),
    (r"AD", gettext_lazy("in the right ear")),
    (r"AS", gettext_lazy("in the left ear")),
    (r"AU", gettext_lazy("in both ears")),
    (r"OS", gettext_lazy("in the left eye")),
    (r"OU", gettext_lazy("in both eyes")),
    (r"stat|STAT", gettext_lazy("straight away")),
    (r"ac|AC", gettext_lazy("before meals")),
    (r"pc|PC", gettext_lazy("after meals")),
)
_EVERY_HOURS = re.compile(r"(?<![\w.])[qQ](?P<hours>\d{1,2}(?:[-–]\d{1,2})?)\s?[hH](?:rs?|ourly)?(?!\w)")
_FOR_SO_LONG = re.compile(
    r"\b(?:(?:for |[xX] ?)|(?<=\W)× ?)(?P<number>\d{1,2})(?:/(?P<of>7|12|52)|d)(?![\w/])", re.IGNORECASE
)
_MAY_BE_SHORT_TIME = re.compile(r"\d[/dD]|[qQ]\d")  # what both have in them
_PERIODS = {"7": gettext_lazy("days"), "52": gettext_lazy("weeks"), "12": gettext_lazy("months")}
_DEGREE = re.compile(r"[A-Z][a-z]+, ?$|(?:Dr|Prof)\.? [A-Z][a-z]+ $|\boverdose \($|\b[Aa]n $")


def _either(shorts: Iterable[str]) -> str:
    """One pattern for all; the group that matched is named after the place of its abbreviation."""
    return "|".join(f"(?P<s{place}>{short})" for place, short in enumerate(shorts))


def _compile(table: tuple, before: str) -> tuple[re.Pattern, tuple]:
    """One pattern, and the plain words for its abbreviations in turn."""
    found = re.compile(rf"{before}(?:{_either(short for short, _plain in table)})(?!\.?\w|['’]\w)")
    return found, tuple(plain for _short, plain in table)


_ALONE = r"(?<![\w.-])"
_BLOCKING_PATTERNS = (_compile(_BLOCKING, _ALONE),)
_WARNING_PATTERNS = (_compile(_WARNING, _ALONE), _compile(_WARNING_AFTER_DOSE, _AFTER_DOSE))


def _is_degree(text: str, start: int) -> bool:
    """ "Jane Smith, OD" names an optometrist; "an OD" and "overdose (OD)" are no frequency."""
    return _DEGREE.search(text[max(0, start - 40) : start]) is not None


# What each abbreviation above has of its own between the signs in it: the patterns are tried where one of them stands.
# With points or strokes each has a single letter, of which "a" and "I" are words; "per os" has "os", "sub q" its "sub".
_PLAIN = """
    QD qd OD od QOD qod BID bid BD BDS bds bd TID tid TDS tds QID qid QDS qds PRN prn os nocte TIW tiw BIW biw SQ sub
    Sub po PO hs HS mane om OM qn QN SC sc IM IV AD AS AU OS OU stat STAT ac AC pc PC
"""
_IN_ANY_CASE = ("subq", "qhs", "qh", "hs")
_SHORTS = frozenset(
    {
        *_PLAIN.split(),
        *("".join(way) for short in _IN_ANY_CASE for way in product(*((a, a.upper()) for a in short))),
        *set(ascii_letters) - set("aAiI"),
    }
)


def _abbreviations(content: Content, patterns: tuple) -> Iterator[Observation]:
    for passage in passages(content):
        if _SHORTS.isdisjoint(passage.letter_runs):
            continue
        text = passage.bare
        for pattern, plain in patterns:
            for found in pattern.finditer(text):
                if not _is_degree(text, found.start(found.lastgroup)):
                    yield passage.observe(
                        found[found.lastgroup],
                        _("Patients do not know this abbreviation, and it has been misread."),
                        _("Write “%(words)s”.") % {"words": plain[int(found.lastgroup[1:])]},
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
    message = _("Patients do not know this abbreviation, and it has been misread.")
    for passage in passages(content):
        text = passage.bare
        if not _MAY_BE_SHORT_TIME.search(text):
            continue
        for found in _EVERY_HOURS.finditer(text):
            yield passage.observe(found[0], message, _("Write “every %(hours)s hours”.") % {"hours": found["hours"]})
        for found in _FOR_SO_LONG.finditer(text):
            if not found[0].endswith("24/7"):
                period = {"number": found["number"], "period": _PERIODS[found["of"] or "7"]}
                yield passage.observe(found[0], message, _("Write “for %(number)s %(period)s”.") % period)


_SALTS = re.compile(r"(?<!\w)(?P<short>MSO[4₄]|MgSO[4₄])(?!\w)")
_SIGNS = re.compile(rf"(?:\d|\d\s?{UNIT}|\b{FORM})(?:\s?(?P<and>&)\s?(?=\d)|\s(?P<at>@)\s)")


def medicine_short(content: Content) -> Iterator[Observation]:
    """``MSO4`` and ``MgSO4``, each taken for the other: morphine sulfate, magnesium sulfate."""
    for passage in passages(content):
        for found in _SALTS.finditer(passage.bare) if "SO" in passage.text else ():
            name = "magnesium sulfate" if "g" in found[0] else "morphine sulfate"
            yield passage.observe(
                found[0],
                _("MSO4 and MgSO4 have been taken for each other."),
                _("Write “%(words)s”.") % {"words": name},
            )


def signs(content: Content) -> Iterator[Observation]:
    """``5mg & 10mg``, read as 5mg 2 10mg, and ``5mg @ night``: write "and", "at"."""
    if not is_english(content):
        return
    for passage in passages(content):
        if "&" not in passage.text and "@" not in passage.text:
            continue
        for found in _SIGNS.finditer(passage.bare):
            yield passage.observe(
                found[0],
                _("Beside a number this sign can be read as a 2."),
                _("Write “%(words)s”.") % {"words": "and" if found["and"] else "at"},
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
    Rule("medicine-short-name", Severity.BLOCKS, gettext_lazy("MSO4 or MgSO4"), _ISMP, medicine_short),
    Rule("dose-sign", Severity.WARNS, gettext_lazy("& or @ beside a dose"), _ISMP, signs),
    Rule("dose-latin", Severity.WARNS, gettext_lazy("A Latin abbreviation"), _ISMP, latin),
)

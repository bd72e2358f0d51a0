"""Amounts written as a fraction with a stroke: ``1 1/2 tablets`` is read as 11/2 once its space is lost.

Source: ISMP List of Error-Prone Abbreviations, Symbols, and Dose Designations (2021), on the slash mark (read as a 1)
and on fractions in doses. In English the words for the fraction are offered, before a unit that measures a decimal
number; in other languages the one sign for it (½). Dates, strengths (``8/500``), ratios (``5 mg/5 ml``), blood
pressure (``120/80``), ``24/7`` and what is numbered (``stage 3/4``) are no fractions.
"""

import re
from collections.abc import Iterator
from fractions import Fraction

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from monographs.leaflets.content import Content
from monographs.quality.amounts.dose_advice import ISMP, plural, write
from monographs.quality.amounts.dose_words import END, FORM, UNIT, dose_texts
from monographs.quality.findings import Observation, Rule, Severity
from monographs.quality.pieces.passages import Passage, is_english
from monographs.text.amounts.units import OTHER_UNITS, any_of

# Raised and lowered digits as plain ones, each stroke as the one of the keyboard; every sign keeps its place.
_AS_TYPED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹₀₁₂₃₄₅₆₇₈₉⁄∕", "01234567890123456789//")
_PART = "2-68"  # halves, thirds, quarters, fifths, sixths, eighths
_CHINESE = "\u3040-\u30ff\u4e00-\u9fff"  # words without spaces between them
_COUNTED = any_of("glass(?:es)? cups? bottles? bars? tubes? pots? packs? turns?")
_TIME = any_of(*(OTHER_UNITS[unit] for unit in ("second", "minute", "hour", "day", "week", "month", "year")))
_NOUN = rf"(?:{FORM}|(?i:{_TIME}|{_COUNTED})){END}"
_FRACTION = re.compile(
    rf"(?:(?<![\w/])|(?<=[{_CHINESE}]))(?<!\d[.,:–-])(?:(?P<whole>\d{{1,3}})(?:(?:\s|\s?[-–+&]\s?|\sand\s))(?=[1-9]/))?"
    rf"(?P<top>\d{{1,3}})(?P<stroke>\s?/\s?)(?P<bottom>10|[{_PART}])(?![\d/]|[.,:]\d)"
    rf"(?:[\s-]?(?P<unit>(?:{UNIT}|%){END})|(?:\s(?:(?:of\s)?an?\s)?|-)?(?P<noun>{_NOUN})|(?!\w)|(?=[{_CHINESE}]))"
)
_ONE_FORM = re.compile(FORM)
_NUMBERED = re.compile(  # "stage 3/4", "on 1/2": what stands before says that no part of anything is meant
    r"\b(?:stages?|grades?|class(?:es)?|types?|phases?|steps?|groups?|parts?|pages?|figures?|tables?|sections?|levels?"
    r"|numbers?|no\.?|nos\.?|visits?|versions?|rooms?|days?|weeks?|months?|years?|ratio|score|factor|on|since|dated"
    r"|until|due|born)\s(?:of\s|the\s)?$",
    re.IGNORECASE,
)
_WORDS = {
    0: "", 1: "one", 2: "two", 3: "three", 4: "four", 5: "five", 6: "six", 7: "seven", 8: "eight", 9: "nine", 10: "ten",
}  # fmt: skip
_PARTS = {2: "half", 3: "third", 4: "quarter", 5: "fifth", 6: "sixth", 8: "eighth", 10: "tenth"}
_SIGNS = {
    (1, 2): "½", (1, 3): "⅓", (2, 3): "⅔", (1, 4): "¼", (3, 4): "¾", (1, 5): "⅕", (2, 5): "⅖", (3, 5): "⅗", (4, 5): "⅘",
    (1, 6): "⅙", (5, 6): "⅚", (1, 8): "⅛", (3, 8): "⅜", (5, 8): "⅝", (7, 8): "⅞",
}  # fmt: skip


def _amount(found: re.Match) -> tuple[int, Fraction] | None:
    """The whole and the part that are meant: (1, 1/2) for ``1 1/2``, and for ``11/2 tablets`` and ``3/2 tablets``.

    None for what is no fraction in lowest terms, and where nothing that is counted follows a top-heavy one.
    """
    whole, top, bottom = int(found["whole"] or 0), found["top"], int(found["bottom"])
    if int(top) < bottom:
        part = Fraction(int(top), bottom)
        return (whole, part) if part and part.denominator == bottom else None
    if whole or not _ONE_FORM.fullmatch(found["noun"] or "") or int(top) % bottom == 0:
        return None
    lost = Fraction(int(top[-1]), bottom)
    if len(top) > 1 and 0 < lost < 1 and lost.denominator == bottom:  # its space is lost: 1 1/2
        return int(top[:-1]), lost
    return int(top) // bottom, Fraction(int(top) % bottom, bottom)


def in_words(whole: int, part: Fraction, noun: str = "") -> str:
    """``"one and a half tablets"``, ``"two and three-quarter tablets"``, ``"half a tablet"``, ``"two thirds"``."""
    name = _PARTS[part.denominator]
    if part.numerator == 1:
        said = name if part.denominator == 2 and not whole else f"a{'n' if name[0] in 'ae' else ''} {name}"
    else:
        said = f"{_WORDS[part.numerator]}{'-' if whole and noun else ' '}{name}{'' if whole and noun else 's'}"
    if whole:
        return f"{_WORDS.get(whole, whole)} and {said} {plural(_one(noun), '2')}".strip()
    if not noun:
        return said
    article = "an" if noun.casefold().startswith(("a", "e", "i", "o", "u", "hour")) and noun[:4] != "unit" else "a"
    return f"{said} {'' if said == 'half' else 'of '}{article} {_one(noun)}"


def _one(noun: str) -> str:
    """``tablets`` → ``tablet``, ``patches`` → ``patch``, ``suppositories`` → ``suppository``."""
    if noun.endswith("ies"):
        return f"{noun[:-3]}y"
    if noun.endswith(("ches", "sses")):
        return noun[:-2]
    return noun[:-1] if noun.endswith("s") and not noun.endswith("ss") else noun


def _instead(found: re.Match, whole: int, part: Fraction) -> str:
    gap_unit = found[0][found.end("bottom") - found.start() :] if found["unit"] else ""
    if gap_unit:
        if part.denominator in {3, 6}:
            return _("Write the amount as a decimal number.")
        return write(f"{float(whole + part):g}{gap_unit}")
    words = write(in_words(whole, part, found["noun"] or ""))
    top, bottom = int(found["top"]), int(found["bottom"])
    if not whole and bottom == top + 1 and (found["noun"] or "").endswith("s"):
        span = f"{top} or {bottom} {found['noun']}"
        return f"{words} {_('If it means two numbers, write “%(words)s”.') % {'words': span}}"
    return words


def _sees(passage: Passage, found: re.Match) -> str:
    return passage.text[found.start() : found.end()]


def fractions(content: Content) -> Iterator[Observation]:
    """``1 1/2 tablets``, read as 11/2: write ``one and a half tablets``."""
    english = is_english(content)
    message = _("This fraction can be read as other numbers, and as one number where its space is lost.")
    for passage, text in dose_texts(content):
        text = text.translate(_AS_TYPED)
        if "/" not in text:
            continue
        for found in _FRACTION.finditer(text):
            amount = _amount(found)
            is_bare = not found["whole"] and not found["noun"] and not found["unit"]
            if is_bare and (found["stroke"] != "/" or found["bottom"] == "10"):
                continue  # "1 / 2" and "1/10 people" count something else
            if not amount or (is_bare and _NUMBERED.search(text[: found.start()][-16:])):
                continue
            whole, part = amount
            if english:
                instead = _instead(found, whole, part)
            else:
                sign = _SIGNS.get((part.numerator, part.denominator), f"{float(part):g}")
                instead = _("Write “%(words)s”, or the number in words.") % {"words": f"{whole or ''}{sign}"}
            yield passage.observe(_sees(passage, found), message, instead)


RULES = (Rule("dose-fraction", Severity.WARNS, gettext_lazy("A fraction such as 1 1/2"), ISMP, fractions),)

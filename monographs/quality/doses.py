"""Ways of writing a dose that are known to be misread, and how to write it instead.

Sources: ISMP List of Error-Prone Abbreviations, Symbols, and Dose Designations (2021); NHS digital
service manual, content style guide (numbers, measurements and dates; "microgram"; medicines).
The rules on decimal points and on the microgram hold in every language; those on English words only
in English leaflets. Web addresses are not read as doses.
"""

import re
from collections.abc import Callable, Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from monographs.leaflets.content import Content
from monographs.quality.dose_words import (
    COUNT,
    END,
    FORM,
    NUMBER,
    RANGE,
    SHORT_MICROGRAM,
    UNIT,
    WHOLE_RANGE,
    dose_texts,
)
from monographs.quality.findings import Observation, Rule, Severity
from monographs.quality.passages import Passage, is_english

_DOSE = re.compile(rf"(?<![\w.,]){RANGE}[\s-]?(?P<unit>{UNIT}|{FORM}|%){END}")
_APPLIED = r"(?:cream|gel|ointment|lotion|solution|drops|spray|shampoo|mouthwash)"
_STRENGTH_OF = re.compile(rf"\s?(?:w/[wv]|(?:\w+\s){{0,2}}{_APPLIED})")
_HAS_STRENGTH = re.compile(rf"{_APPLIED}\s?\(?$")
_IN_A_LITRE = re.compile(r"\s?(?:/|per )\s?d?(?:[lL]\b|lit)")
_NUMBERS = re.compile(NUMBER)

_ISMP = "ISMP List of Error-Prone Abbreviations, Symbols, and Dose Designations (2021)"
_NHS = "NHS digital service manual, content style guide"
_ISMP_AND_NHS = f"{_ISMP}; {_NHS}"


def _observe(passage: Passage, found: re.Match, message: str, instead: str) -> Observation:
    """What was found in a text of `dose_texts`, quoted as the author wrote it."""
    return passage.observe(passage.text[found.start() : found.end()], message, instead)


def _write(words: str) -> str:
    return _("Write “%(words)s”.") % {"words": " ".join(words.split())}


def _numbers(
    content: Content,
    wrong: Callable[[str], bool],
    right: Callable[[str], str],
    message: str,
    spared: Callable[[re.Match, str], bool] = lambda dose, text: False,
) -> Iterator[Observation]:
    """Each dose that holds a number which is ``wrong``, with all such numbers put ``right``; not those ``spared``."""
    for passage, text in dose_texts(content):
        for dose in _DOSE.finditer(text):
            numbers = dose[0][: dose.start("unit") - dose.start()]
            if spared(dose, text) or not any(wrong(number) for number in _NUMBERS.findall(numbers)):
                continue
            instead = _NUMBERS.sub(lambda number: right(number[0]) if wrong(number[0]) else number[0], numbers)
            yield _observe(passage, dose, message, _write(instead + dose["unit"]))


def _tells_precision(dose: re.Match, text: str) -> bool:
    """A body weight, a laboratory value, a share of people or (in Dutch) a time of day: a zero at the end may stay."""
    if dose["unit"] == "%":
        return not (_STRENGTH_OF.match(text, dose.end()) or _HAS_STRENGTH.search(text[: dose.start()][-20:]))
    return dose["unit"].casefold() in {"kg", "u"} or _IN_A_LITRE.match(text, dose.end()) is not None


def _has_trailing_zero(number: str) -> bool:
    return re.fullmatch(r"[\d,]+\.\d*0", number) is not None


def _has_trailing_zero_abroad(number: str) -> bool:
    """As above where the comma is a decimal mark too; three digits may be a group of thousands there."""
    return re.fullmatch(r"\d+[.,](?!\d{3}$)\d*0", number) is not None


def _without_trailing_zero(number: str) -> str:
    return number.rstrip("0").rstrip(".,")


_NAKED = re.compile(
    r"(?P<before>\b(?:take|use|give|inject|swallow|drink)\s)(?P<number>\.\d{1,12})(?!\d)", re.IGNORECASE
)


def leading_zero(content: Content) -> Iterator[Observation]:
    """``.5mg``, read as 5mg when the point is not seen: write ``0.5mg``."""
    message = _("Without a zero before the point, this dose can be read as ten times as much or more.")
    marks = "." if is_english(content) else ".,"
    yield from _numbers(content, lambda number: number[0] in marks, lambda number: f"0{number}", message)
    yield from _replace(  # without a unit of its own: "take .5, then 1mg"
        content,
        _NAKED,
        message,
        lambda found: f"{found['before']}0{found['number']}",
        spared=lambda found, text: _DOSE.match(text, found.start("number")) is not None,
    )


def trailing_zero(content: Content) -> Iterator[Observation]:
    """``5.0mg``, read as 50mg when the point is not seen: write ``5mg``. Only before a unit of a dose."""
    message = _("With a zero at the end of the decimals, this dose can be read as ten times as much or more.")
    wrong = _has_trailing_zero if is_english(content) else _has_trailing_zero_abroad
    yield from _numbers(content, wrong, _without_trailing_zero, message, spared=_tells_precision)


_DECIMAL_COMMA = re.compile(
    rf"(?<![\w.,])(?P<number>\d{{1,3}}(?:,\d{{3}}){{0,3}},(?:\d\d?|\d{{4,12}}))(?P<unit>[\s-]?(?:{UNIT}|{FORM}){END})"
)


def decimal_comma(content: Content) -> Iterator[Observation]:
    """``1,5mg`` in English, where a comma parts thousands: read as 15mg. Write ``1.5mg``."""
    if not is_english(content):
        return
    for passage, text in dose_texts(content):
        for found in _DECIMAL_COMMA.finditer(text):
            whole, _comma, part = found["number"].rpartition(",")
            decimal = f"{whole}.{part}".rstrip("0").rstrip(".")
            yield _observe(
                passage,
                found,
                _("In English a comma parts thousands, so this dose can be read as ten times as much or more."),
                _("Write “%(words)s” if it is one number; put a space after the comma if it is two.")
                % {"words": decimal + found["unit"]},
            )


_MICROGRAM = re.compile(
    rf"(?:(?<![\w.,])(?P<number>{RANGE})[\s-]?{SHORT_MICROGRAM}"
    r"|(?<!\w)(?:mcgs?|MCG|\u00b5g|\u338d))(?!\w)"
    r"(?P<form>[\s-]?(?:tablet|capsule|patch|inhaler|dose|puff|injection|spray|drop|solution)\w*)?"
)


def microgram(content: Content) -> Iterator[Observation]:
    """``mcg``, ``µg``, ``μg``, ``ug``: read as mg, a thousand times as much. Write "microgram" in full.

    An abbreviation that stands alone in brackets or quotation marks explains what packs say; it may stay.
    """
    english = is_english(content)
    for passage, text in dose_texts(content):
        for found in _MICROGRAM.finditer(text):
            around = text[max(0, found.start() - 1) : found.start()] + text[found.end() : found.end() + 1]
            if not found["number"] and around in {"()", "[]", '""', "“”", "‘’", "''"}:
                continue
            if not english:
                instead = _("Write the word for microgram in full.")
            elif not found["number"]:
                instead = _write("microgram" + (found["form"] or ""))
            else:
                plural = "" if found["form"] or found["number"] == "1" else "s"
                instead = _write(f"{found['number']} microgram{plural}{found['form'] or ''}")
            message = _("This short form of microgram can be read as milligram, a thousand times as much.")
            yield _observe(passage, found, message, instead)


_UNITS = re.compile(
    rf"(?<![\w.,])(?P<number>{RANGE}(?:\s(?:thousand|million))?)\s?"
    r"(?:IU|iu|I\.U\.|i\.u\.|[uU])(?![\w-])"
)
_NAMED = re.compile(
    r"\b(?:room|flat|ward|gate|bus|route|floor|level|bay|bed|unit|size|lot|batch|box|zone|row|desk|seat) $",
    re.IGNORECASE,
)


def units(content: Content) -> Iterator[Observation]:
    """``10U`` or ``10 IU``, read as 100, as 104 or as "IV": write ``10 units``."""
    yield from _replace(
        content,
        _UNITS,
        _("A short form of units can be read as a 0, a 4 or as “IV”."),
        lambda found: f"{found['number']} {'unit' if found['number'] == '1' else 'units'}",
        spared=lambda found, text: _NAMED.search(text[: found.start()][-8:]) is not None,  # "ward 5U" is a place
    )


_CC = re.compile(rf"(?<![\w.,])(?P<number>{RANGE})\s?(?:cc|c\.c\.)(?!\w)")


def cubic_centimetres(content: Content) -> Iterator[Observation]:
    """``5cc``, read as units: write ``5ml``."""
    yield from _replace(
        content, _CC, _("The short form cc can be read as units, or as 00."), lambda found: f"{found['number']}ml"
    )


def _replace(
    content: Content,
    pattern: re.Pattern,
    message: str,
    right: Callable[[re.Match], str],
    spared: Callable[[re.Match, str], bool] = lambda found, text: False,
) -> Iterator[Observation]:
    if not is_english(content):
        return
    for passage, text in dose_texts(content):
        for found in pattern.finditer(text):
            if not spared(found, text):
                yield _observe(passage, found, message, _write(right(found)))


_RUN_INTO = re.compile(
    rf"(?<![\w.,/-])(?P<word>[A-Za-zÀ-ÿ]{{4,40}})(?P<dose>\d{{1,12}}(?:[.,]\d{{1,12}})?\s?{UNIT}{END})"
)


def run_into_name(content: Content) -> Iterator[Observation]:
    """``Inderal40mg``, whose l is read as a 1 (140mg): put a space between."""
    for passage, text in dose_texts(content):
        for found in _RUN_INTO.finditer(text):
            message = _("The last letter can be read as part of the number.")
            yield _observe(passage, found, message, _write(f"{found['word']} {found['dose']}"))


_RUN_TOGETHER = re.compile(
    r"(?P<label>\b(?:days?|weeks?|months?|years?|steps?|stages?|phases?|ages?|aged|parts?|types?|omega|numbers?|doses?"
    r"|grades?|groups?|rooms?|over|under)\s)?"
    rf"(?<![\w.,/:-])(?P<count>{COUNT})\s+(?P<dose>(?!0\d){NUMBER}\s?{UNIT}(?:/\w{{1,20}})?){END}"
    rf"(?:\s(?P<form>{FORM}){END})?",
    re.IGNORECASE,
)


def run_together(content: Content) -> Iterator[Observation]:
    """``1 or 2 200mg tablets``, where two numbers become one (2,200mg): put a word between them."""
    if not is_english(content):
        return
    for passage, text in dose_texts(content):
        for found in _RUN_TOGETHER.finditer(text):
            count, dose = found["count"], found["dose"]
            as_tablets = " ".join(f"{count} {_plural('tablet', count)} of {dose}".split())
            if found["label"]:
                instead = _write(f"{found['label']}{count}: {dose}{' ' + found['form'] if found['form'] else ''}")
            elif found["form"]:
                instead = _write(f"{count} {_plural(found['form'], count)} of {dose}")
            elif re.search(r"(?<!\d)\d{1,3}$", count) and re.match(r"\d{3}(?![\d.,])", dose):
                instead = _("Write “%(words)s”, or “%(number)s” if it is one number.") % {
                    "words": as_tablets,
                    "number": " ".join(f"{count},{dose}".split()),
                }
            else:
                instead = _("Write “%(words)s” if that is meant, or part the numbers by a word.") % {
                    "words": as_tablets
                }
            yield _observe(passage, found, _("Two numbers run together and can be read as one."), instead)


def _plural(form: str, count: str) -> str:
    if count == "1" or form.endswith("s"):
        return form
    if form.endswith("y"):
        return f"{form[:-1]}ies"
    return f"{form}es" if form.endswith("ch") else f"{form}s"


_UNGROUPED = re.compile(rf"(?<![\w.,])(?P<number>{WHOLE_RANGE})(?P<gap>\s?)(?P<unit>{UNIT}|(?P<form>{FORM})){END}")
_SPACED = re.compile(rf"(?<![\w.,/-])(?P<number>\d{{1,3}}(?:\s000){{1,4}})(?P<gap>\s?)(?P<unit>{UNIT}|{FORM}){END}")


def _grouped(number: str) -> str:
    return re.sub(r"\d{4,}", lambda digits: f"{int(digits[0]):,}", number)


def large_number(content: Content) -> Iterator[Observation]:
    """``100000 units`` or ``100 000 units``, read with a zero more or less: write ``100,000 units``."""
    message = _("Without commas, a zero more or less in this number is not seen.")
    if not is_english(content):
        return
    for passage, text in dose_texts(content):
        for found in _UNGROUPED.finditer(text):
            if re.search(r"\d{5}", found["number"]):
                yield _observe(
                    passage, found, message, _write(_grouped(found["number"]) + found["gap"] + found["unit"])
                )
        for found in _SPACED.finditer(text):
            number = re.sub(r"\s", ",", found["number"])
            yield _observe(passage, found, message, _write(number + found["gap"] + found["unit"]))


def thousand(content: Content) -> Iterator[Observation]:
    """``1000mg``: numbers from 1,000 are written with a comma, ``1,000mg``."""
    if not is_english(content):
        return
    for passage, text in dose_texts(content):
        for found in _UNGROUPED.finditer(text):
            is_year = found["form"] and re.fullmatch(r"(?:19|20)\d\d", found["number"])  # "the 2024 injection"
            if re.search(r"\d{4}", found["number"]) and not re.search(r"\d{5}", found["number"]) and not is_year:
                yield _observe(
                    passage,
                    found,
                    _("A number from 1,000 is easier to read with a comma."),
                    _write(_grouped(found["number"]) + found["gap"] + found["unit"]),
                )


_COMPARED = re.compile(
    rf"(?<![-=<>~])(?P<sign>[<>≤≥]=?)\s?(?P<dose>{NUMBER}\s?(?:{UNIT}|{FORM})(?:/\w{{1,20}}){{0,3}}){END}"
)
_IN_WORDS = {"<": "less than", ">": "more than", "≤": "up to", "≥": "at least", "<=": "up to", ">=": "at least"}


def comparison_sign(content: Content) -> Iterator[Observation]:
    """``<10mg``, read as 410mg or as its opposite: write ``less than 10mg``."""
    yield from _replace(
        content,
        _COMPARED,
        _("This sign can be taken for its opposite, or read as part of the number."),
        lambda found: f"{_IN_WORDS.get(found['sign'], _IN_WORDS[found['sign'][0]])} {found['dose']}",
    )


_BROKEN = re.compile(rf"(?<![\w.,])(?P<number>{NUMBER})[ \t]*\n\s*(?P<unit>{UNIT}|%){END}")


def broken_line(content: Content) -> Iterator[Observation]:
    """A number at the end of a line and its unit on the next: keep them on one line."""
    for passage, text in dose_texts(content):
        for found in _BROKEN.finditer(text):
            gap = " " if len(found["unit"]) > 3 else ""
            yield _observe(
                passage,
                found,
                _("The number stands on one line and its unit on the next."),
                _("Write “%(words)s” on one line.") % {"words": f"{found['number']}{gap}{found['unit']}"},
            )


RULES = (
    Rule("dose-leading-zero", Severity.BLOCKS, gettext_lazy("A dose such as .5mg"), _ISMP_AND_NHS, leading_zero),
    Rule("dose-trailing-zero", Severity.BLOCKS, gettext_lazy("A dose such as 5.0mg"), _ISMP, trailing_zero),
    Rule("dose-decimal-comma", Severity.BLOCKS, gettext_lazy("A dose such as 1,5mg"), _NHS, decimal_comma),
    Rule("dose-microgram", Severity.BLOCKS, gettext_lazy("A short form of microgram"), _ISMP_AND_NHS, microgram),
    Rule("dose-units", Severity.BLOCKS, gettext_lazy("A short form of units"), _ISMP, units),
    Rule("dose-cc", Severity.BLOCKS, gettext_lazy("The short form cc"), _ISMP, cubic_centimetres),
    Rule("dose-run-together", Severity.BLOCKS, gettext_lazy("Two numbers that run together"), _NHS, run_together),
    Rule("dose-run-into-name", Severity.BLOCKS, gettext_lazy("A dose that runs into a word"), _ISMP, run_into_name),
    Rule("dose-large-number", Severity.BLOCKS, gettext_lazy("A large number without commas"), _ISMP, large_number),
    Rule("dose-thousand", Severity.WARNS, gettext_lazy("A thousand without a comma"), _ISMP_AND_NHS, thousand),
    Rule(
        "dose-comparison-sign", Severity.BLOCKS, gettext_lazy("The sign < or > before a dose"), _ISMP, comparison_sign
    ),
    Rule("dose-broken-line", Severity.BLOCKS, gettext_lazy("A number parted from its unit"), _ISMP, broken_line),
)

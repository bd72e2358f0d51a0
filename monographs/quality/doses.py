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
from monographs.quality.blocks import without_addresses
from monographs.quality.findings import Observation, Rule, Severity
from monographs.quality.passages import Passage, is_english, passages

_NUMBER = r"(?:\d+(?:[.,]\d+)*|[.,]\d+)"
_TO = r"\s?(?:-|–|—|/|to\b|or\b|and\b)\s?"
_SHORT_MICROGRAM = r"(?:[mM][cC][gG]s?|[\u00b5\u03bcu][gG]|\u338d)"  # micro sign, Greek mu, the two letters in one
_UNIT = (
    r"(?:milligram(?:me)?s?|microgram(?:me)?s?|nanogram(?:me)?s?|kilogram(?:me)?s?|gram(?:me)?s?|millilit(?:re|er)s?"
    rf"|lit(?:re|er)s?|{_SHORT_MICROGRAM}|[mM][gG]|[mM][lL]|ng|kg|g|l|L|mmol|cc|[uU]nits?|IU|iu|I\.U\.|i\.u\.|[uU])"
)
_FORM = (
    r"(?:tablets?|capsules?|puffs?|drops?|sachets?|patch(?:es)?|spoonfuls?|suppositor(?:y|ies)|lozenges?|injections?"
    r"|vials?|inhalers?)"
)
_STRENGTH = r"%(?=\s?(?:w/[wv]|(?:\w+\s){0,2}(?:cream|gel|ointment|lotion|solution|drops|spray|shampoo|mouthwash)))"
_DOSE = re.compile(rf"(?<![\w.,]){_NUMBER}(?:{_TO}{_NUMBER})*\s?(?P<unit>{_UNIT}|{_FORM}|{_STRENGTH})(?![^\W_])")
_IN_A_LITRE = re.compile(r"\s?(?:/|per )\s?d?(?:[lL]\b|lit)")
_NUMBERS = re.compile(_NUMBER)

_ISMP = "ISMP List of Error-Prone Abbreviations, Symbols, and Dose Designations (2021)"
_NHS = "NHS digital service manual, content style guide"
_ISMP_AND_NHS = f"{_ISMP}; {_NHS}"


def _texts(content: Content) -> Iterator[tuple[Passage, str]]:
    for passage in passages(content):
        yield passage, without_addresses(passage.text)


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
    for passage, text in _texts(content):
        for dose in _DOSE.finditer(text):
            numbers = dose[0][: dose.start("unit") - dose.start()]
            if spared(dose, text) or not any(wrong(number) for number in _NUMBERS.findall(numbers)):
                continue
            instead = _NUMBERS.sub(lambda number: right(number[0]) if wrong(number[0]) else number[0], numbers)
            yield passage.observe(dose[0], message, _write(instead + dose["unit"]))


def _tells_precision(dose: re.Match, text: str) -> bool:
    """A body weight, a laboratory value or (in Dutch) a time of day: a zero at the end belongs there."""
    return dose["unit"] in {"kg", "u"} or _IN_A_LITRE.match(text, dose.end()) is not None


def _has_trailing_zero(number: str) -> bool:
    return re.fullmatch(r"[\d,]+\.\d*0", number) is not None


def _has_trailing_zero_abroad(number: str) -> bool:
    """As above where the comma is a decimal mark too; three digits may be a group of thousands there."""
    return re.fullmatch(r"\d+[.,](?!\d{3}$)\d*0", number) is not None


def _without_trailing_zero(number: str) -> str:
    return number.rstrip("0").rstrip(".,")


def leading_zero(content: Content) -> Iterator[Observation]:
    """``.5mg``, read as 5mg when the point is not seen: write ``0.5mg``."""
    message = _("Without a zero before the point, this dose can be read as ten times as much or more.")
    marks = "." if is_english(content) else ".,"
    yield from _numbers(content, lambda number: number[0] in marks, lambda number: f"0{number}", message)


def trailing_zero(content: Content) -> Iterator[Observation]:
    """``5.0mg``, read as 50mg when the point is not seen: write ``5mg``. Only before a unit of a dose."""
    message = _("With a zero at the end of the decimals, this dose can be read as ten times as much or more.")
    wrong = _has_trailing_zero if is_english(content) else _has_trailing_zero_abroad
    yield from _numbers(content, wrong, _without_trailing_zero, message, spared=_tells_precision)


_MICROGRAM = re.compile(
    rf"(?:(?<![\w.,])(?P<number>{_NUMBER}(?:{_TO}{_NUMBER})*)[\s-]?{_SHORT_MICROGRAM}"
    r"|(?<!\w)(?:mcgs?|MCG|[\u00b5\u03bc]g|\u338d))(?!\w)"
    r"(?P<form>[\s-]?(?:tablet|capsule|patch|inhaler|dose|puff|injection|spray|drop|solution)\w*)?"
)


def microgram(content: Content) -> Iterator[Observation]:
    """``mcg``, ``µg``, ``μg``, ``ug``: read as mg, a thousand times as much. Write "microgram" in full.

    An abbreviation that stands alone in brackets or quotation marks explains what packs say; it may stay.
    """
    english = is_english(content)
    for passage, text in _texts(content):
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
            yield passage.observe(
                found[0], _("This short form of microgram can be read as milligram, a thousand times as much."), instead
            )


_UNITS = re.compile(
    rf"(?<![\w.,])(?P<number>{_NUMBER}(?:{_TO}{_NUMBER})*(?:\s(?:thousand|million))?)\s?"
    r"(?:IU|iu|I\.U\.|i\.u\.|[uU])(?![\w-])"
)


def units(content: Content) -> Iterator[Observation]:
    """``10U`` or ``10 IU``, read as 100, as 104 or as "IV": write ``10 units``."""
    yield from _replace(
        content,
        _UNITS,
        _("A short form of units can be read as a 0, a 4 or as “IV”."),
        lambda found: f"{found['number']} {'unit' if found['number'] == '1' else 'units'}",
    )


_CC = re.compile(rf"(?<![\w.,])(?P<number>{_NUMBER}(?:{_TO}{_NUMBER})*)\s?(?:cc|c\.c\.)(?!\w)")


def cubic_centimetres(content: Content) -> Iterator[Observation]:
    """``5cc``, read as units: write ``5ml``."""
    yield from _replace(
        content, _CC, _("The short form cc can be read as units, or as 00."), lambda found: f"{found['number']}ml"
    )


def _replace(
    content: Content, pattern: re.Pattern, message: str, right: Callable[[re.Match], str]
) -> Iterator[Observation]:
    if not is_english(content):
        return
    for passage, text in _texts(content):
        for found in pattern.finditer(text):
            yield passage.observe(found[0], message, _write(right(found)))


_RUN_TOGETHER = re.compile(
    r"(?P<label>\b(?:day|week|month|year|step|stage|phase|age|aged|part|type|omega|number)\s)?"
    rf"(?<![\w.,/:-])(?P<count>\d+(?:{_TO}\d+)?)\s+(?P<dose>(?!0\d){_NUMBER}\s?{_UNIT}(?:/\w+)?)(?![^\W_])"
    rf"(?:\s(?P<form>{_FORM}))?",
    re.IGNORECASE,
)


def run_together(content: Content) -> Iterator[Observation]:
    """``1 or 2 200mg tablets``, where two numbers become one (2,200mg): put a word between them."""
    if not is_english(content):
        return
    for passage, text in _texts(content):
        for found in _RUN_TOGETHER.finditer(text):
            count, dose = found["count"], found["dose"]
            if found["label"]:
                instead = _write(f"{found['label']}{count}: {dose}{' ' + found['form'] if found['form'] else ''}")
            elif found["form"]:
                instead = _write(f"{count} {_plural(found['form'], count)} of {dose}")
            elif re.search(r"(?<!\d)\d{1,3}$", count) and re.match(r"\d{3}(?![\d.,])", dose):
                instead = _("Write “%(words)s”, or “%(number)s” if it is one number.") % {
                    "words": " ".join(f"{count} tablets of {dose}".split()),
                    "number": " ".join(f"{count},{dose}".split()),
                }
            else:
                instead = _write(f"{count} tablets of {dose}")
            yield passage.observe(found[0], _("Two numbers run together and can be read as one."), instead)


def _plural(form: str, count: str) -> str:
    if count == "1" or form.endswith("s"):
        return form
    if form.endswith("y"):
        return f"{form[:-1]}ies"
    return f"{form}es" if form.endswith("ch") else f"{form}s"


_UNGROUPED = re.compile(
    rf"(?<![\w.,])(?P<number>\d{{1,12}}(?:{_TO}\d{{1,12}})*)(?P<gap>\s?)(?P<unit>{_UNIT}|{_FORM})(?![^\W_])"
)
_SPACED = re.compile(rf"(?<![\w.,/-])(?P<number>\d{{1,3}}(?:\s000)+)(?P<gap>\s?)(?P<unit>{_UNIT}|{_FORM})(?![^\W_])")


def _grouped(number: str) -> str:
    return re.sub(r"\d{4,}", lambda digits: f"{int(digits[0]):,}", number)


def large_number(content: Content) -> Iterator[Observation]:
    """``100000 units`` or ``100 000 units``, read with a zero more or less: write ``100,000 units``."""
    message = _("Without commas, a zero more or less in this number is not seen.")
    if not is_english(content):
        return
    for passage, text in _texts(content):
        for found in _UNGROUPED.finditer(text):
            if re.search(r"\d{5}", found["number"]):
                yield passage.observe(
                    found[0], message, _write(_grouped(found["number"]) + found["gap"] + found["unit"])
                )
        for found in _SPACED.finditer(text):
            number = re.sub(r"\s", ",", found["number"])
            yield passage.observe(found[0], message, _write(number + found["gap"] + found["unit"]))


def thousand(content: Content) -> Iterator[Observation]:
    """``1000mg``: numbers from 1,000 are written with a comma, ``1,000mg``."""
    if not is_english(content):
        return
    for passage, text in _texts(content):
        for found in _UNGROUPED.finditer(text):
            if re.search(r"\d{4}", found["number"]) and not re.search(r"\d{5}", found["number"]):
                yield passage.observe(
                    found[0],
                    _("A number from 1,000 is easier to read with a comma."),
                    _write(_grouped(found["number"]) + found["gap"] + found["unit"]),
                )


_COMPARED = re.compile(
    rf"(?<![-=<>~])(?P<sign>[<>≤≥]=?)\s?(?P<dose>{_NUMBER}\s?(?:{_UNIT}|{_FORM})(?:/\w+)*)(?![^\W_])"
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


_BROKEN = re.compile(rf"(?<![\w.,])(?P<number>{_NUMBER})[ \t]*\n\s*(?P<unit>{_UNIT}|%)(?![^\W_])")


def broken_line(content: Content) -> Iterator[Observation]:
    """A number at the end of a line and its unit on the next: keep them on one line."""
    for passage, text in _texts(content):
        for found in _BROKEN.finditer(text):
            gap = " " if len(found["unit"]) > 3 else ""
            yield passage.observe(
                found[0],
                _("The number stands on one line and its unit on the next."),
                _("Write “%(words)s” on one line.") % {"words": f"{found['number']}{gap}{found['unit']}"},
            )


RULES = (
    Rule("dose-leading-zero", Severity.BLOCKS, gettext_lazy("A dose such as .5mg"), _ISMP_AND_NHS, leading_zero),
    Rule("dose-trailing-zero", Severity.BLOCKS, gettext_lazy("A dose such as 5.0mg"), _ISMP, trailing_zero),
    Rule("dose-microgram", Severity.BLOCKS, gettext_lazy("A short form of microgram"), _ISMP_AND_NHS, microgram),
    Rule("dose-units", Severity.BLOCKS, gettext_lazy("A short form of units"), _ISMP, units),
    Rule("dose-cc", Severity.BLOCKS, gettext_lazy("The short form cc"), _ISMP, cubic_centimetres),
    Rule("dose-run-together", Severity.BLOCKS, gettext_lazy("Two numbers that run together"), _NHS, run_together),
    Rule("dose-large-number", Severity.BLOCKS, gettext_lazy("A large number without commas"), _ISMP, large_number),
    Rule("dose-thousand", Severity.WARNS, gettext_lazy("A thousand without a comma"), _ISMP_AND_NHS, thousand),
    Rule(
        "dose-comparison-sign", Severity.BLOCKS, gettext_lazy("The sign < or > before a dose"), _ISMP, comparison_sign
    ),
    Rule("dose-broken-line", Severity.BLOCKS, gettext_lazy("A number parted from its unit"), _ISMP, broken_line),
)

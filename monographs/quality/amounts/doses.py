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
from monographs.quality.amounts.dose_advice import (
    ISMP,
    ISMP_AND_NHS,
    NHS,
    has_trailing_zero,
    observe,
    put_right,
    replace,
    with_commas,
    without_trailing_zero,
    write,
)
from monographs.quality.amounts.dose_words import (
    END,
    FORM,
    NUMBER,
    RANGE,
    SERIES,
    SHORT_MICROGRAM,
    SPACED,
    TO,
    UNIT,
    dose_texts,
)
from monographs.quality.findings import Observation, Rule, Severity
from monographs.quality.pieces.passages import is_english
from monographs.text.amounts.units import MEASURES, any_of

_DOSE = re.compile(rf"(?<![\d.,_])(?:(?<!\w)|(?=[.]\d)){SERIES}[\s-]?(?P<unit>{UNIT}|{FORM}|%){END}")
_APPLIED = r"(?:cream|gel|ointment|lotion|solution|drops|spray|shampoo|mouthwash)"
_STRENGTH_OF = re.compile(rf"\s?(?:w/[wv]|(?:\w+\s){{0,2}}{_APPLIED})")
_HAS_STRENGTH = re.compile(rf"{_APPLIED}\s?\(?$")
_IN_BLOOD_OR_URINE = re.compile(r"\s?(?:/|per )\s?(?:d?(?:[lL]\b|lit)|m?mol)")
_KILOGRAM = re.compile(any_of(MEASURES["kg"]), re.IGNORECASE)
_NUMBERS = re.compile(NUMBER)
_HAS_DECIMALS = re.compile(r"[.,]\d")


def _numbers(
    content: Content,
    wrong: Callable[[str], bool],
    right: Callable[[str], str],
    message: str,
    spared: Callable[[re.Match, str], bool] = lambda dose, text: False,
    otherwise: Callable[[re.Match, str], str] = lambda dose, text: "",
) -> Iterator[Observation]:
    """Each dose that holds a number with decimals which is ``wrong``, all such put ``right``; not those ``spared``.

    ``otherwise`` says what to do if the number means something else, or "".
    """
    for passage, text in dose_texts(content):
        if not _HAS_DECIMALS.search(text):  # nor is any number wrong, then: each is so by its decimals
            continue
        for dose in _DOSE.finditer(text):
            numbers = dose[0][: dose.start("unit") - dose.start()]
            if spared(dose, text) or not any(wrong(number) for number in _NUMBERS.findall(numbers)):
                continue
            instead = _NUMBERS.sub(lambda number: right(number[0]) if wrong(number[0]) else number[0], numbers)
            advice = f"{write(instead + dose['unit'])} {otherwise(dose, text)}"
            yield observe(passage, dose, message, advice.strip())


def _tells_precision(dose: re.Match, text: str) -> bool:
    """A body weight, a laboratory value, a share of people: a zero at the end may stay."""
    if dose["unit"] == "%":
        return not (_STRENGTH_OF.match(text, dose.end()) or _HAS_STRENGTH.search(text[: dose.start()][-20:]))
    return _KILOGRAM.fullmatch(dose["unit"]) or _IN_BLOOD_OR_URINE.match(text, dose.end())


def _has_trailing_zero_abroad(number: str) -> bool:
    """As above where the comma is a decimal mark too; three digits may be a group of thousands there."""
    return re.fullmatch(r"\d+[.,](?!\d{3}$)\d*0", number) is not None


def _ends_a_sentence(dose: re.Match, text: str) -> str:
    """ "At night.5mg is enough": the point may belong to the words before it."""
    if dose[0][0] != "." or not text[: dose.start()][-1:].isalpha():
        return ""
    return _("Or put a space after the full stop, if it is one.")


_NAKED = re.compile(
    r"(?P<before>\b(?:take|use|give|inject|swallow|drink|at|by|to|with|from|then|than|or|and|another|extra|only|dose)\s)"
    r"(?P<number>\.\d{1,12})(?!\d)",
    re.IGNORECASE,
)


def leading_zero(content: Content) -> Iterator[Observation]:
    """``.5mg``, read as 5mg when the point is not seen: write ``0.5mg``."""
    message = _("Without a zero before the point, this dose can be read as ten times as much or more.")
    marks = "." if is_english(content) else ".,"
    yield from _numbers(
        content, lambda number: number[0] in marks, lambda number: f"0{number}", message, otherwise=_ends_a_sentence
    )
    yield from replace(  # without a unit of its own: "take .5, then 1mg"
        content,
        _NAKED,
        message,
        lambda found: f"{found['before']}0{found['number']}",
        only_where=_HAS_DECIMALS,
        spared=lambda found, text: _DOSE.match(text, found.start("number")) is not None,
    )


def trailing_zero(content: Content) -> Iterator[Observation]:
    """``5.0mg``, read as 50mg when the point is not seen: write ``5mg``. Only before a unit of a dose."""
    message = _("With a zero at the end of the decimals, this dose can be read as ten times as much or more.")
    if is_english(content):
        yield from _numbers(
            content, has_trailing_zero, without_trailing_zero, message, _tells_precision, _may_be_thousands
        )
    else:
        yield from _numbers(
            content,
            _has_trailing_zero_abroad,
            without_trailing_zero,
            message,
            lambda dose, text: dose["unit"] == "u" or _tells_precision(dose, text),  # in Dutch a time of day
        )


def _may_be_thousands(dose: re.Match, text: str) -> str:
    """ "1.000 mg" is a thousand in a text that was written elsewhere."""
    thousands = re.match(r"[1-9]\d{0,2}(?:\.\d{3})+(?!\d)", dose[0])
    if not thousands:
        return ""
    return _("If thousands are meant, write “%(words)s”.") % {
        "words": thousands[0].replace(".", ",") + dose[0][thousands.end() :]
    }


_COMMA_IN_NUMBER = re.compile(r",\d")
_DECIMAL_COMMA = re.compile(
    rf"(?<![\w.,])(?P<number>\d{{1,3}}(?:,\d{{3}}){{0,3}},(?:\d\d?|\d{{4,12}}))"
    rf"(?P<unit>(?:{TO}{NUMBER})?[\s-]?(?:{UNIT}|{FORM}){END})"
)


def decimal_comma(content: Content) -> Iterator[Observation]:
    """``1,5mg`` in English, where a comma parts thousands: read as 15mg. Write ``1.5mg``."""
    if not is_english(content):
        return
    for passage, text in dose_texts(content):
        for found in _DECIMAL_COMMA.finditer(text) if _COMMA_IN_NUMBER.search(text) else ():
            whole, _comma, part = found["number"].rpartition(",")
            decimal = f"{whole}.{part}".rstrip("0").rstrip(".")
            yield observe(
                passage,
                found,
                _("In English a comma parts thousands, so this dose can be read as ten times as much or more."),
                _("Write “%(words)s” if it is one number; put a space after the comma if it is two.")
                % {"words": decimal + found["unit"]},
            )


_MAY_BE_MICROGRAM = re.compile("[cCu][gG]|[\u00b5\u338d]")  # every way has one of these
_MICROGRAM = re.compile(
    rf"(?:(?<![\w.,])(?P<number>{SPACED}|{RANGE})[\s-]?{SHORT_MICROGRAM}"
    rf"|(?<!\w)(?:mcgs?|MCG|\u00b5g|\u338d)){END}"
    r"(?P<form>[\s-]?(?:tablet|capsule|patch|inhaler|dose|puff|injection|spray|drop|solution)\w*)?"
)


def _explains(before: str, behind: str) -> bool:
    is_quoted = before[-1:] + behind in {'""', "“”", "‘’", "''"}
    return is_quoted or behind in set(")]") and re.search(r"(?i:micrograms?) ?[(\[]$", before[-15:]) is not None


def microgram(content: Content) -> Iterator[Observation]:
    """``mcg``, ``µg``, ``μg``, ``ug``: read as mg, a thousand times as much. Write "microgram" in full.

    An abbreviation in quotation marks, or in brackets behind the word, explains what packs say; it may stay.
    """
    english = is_english(content)
    for passage, text in dose_texts(content):
        for found in _MICROGRAM.finditer(text) if _MAY_BE_MICROGRAM.search(text) else ():
            if not found["number"] and _explains(text[: found.start()], text[found.end() : found.end() + 1]):
                continue
            if found.end() > len(passage.text):  # the unit stands in the column's head, and is found there
                continue
            if not english:
                instead = _("Write the word for microgram in full.")
            elif not found["number"]:
                instead = write("microgram" + (found["form"] or ""))
            else:
                number = put_right(with_commas(found["number"]))
                plural = "" if found["form"] or number == "1" else "s"
                instead = write(f"{number} microgram{plural}{found['form'] or ''}")
            message = _("This short form of microgram can be read as milligram, a thousand times as much.")
            yield observe(passage, found, message, instead)


_UNITS = re.compile(
    rf"(?<![\w.,])(?P<number>{SPACED}|{RANGE}(?:\s(?:thousand|million))?)[\s-]?"
    rf"(?:IUs?|iu|I\.U\.|i\.u\.|[uU]|(?P<mega>MI?U)){END}(?!-|\.\w)"
)


def _in_units(found: re.Match) -> str:
    number = put_right(with_commas(found["number"])) + (" million" if found["mega"] else "")
    return f"{number} {'unit' if number == '1' else 'units'}"


_NAMED = re.compile(
    r"\b(?:room|flat|ward|gate|bus|route|floor|level|bay|bed|unit|size|lot|batch|box|zone|row|desk|seat) $",
    re.IGNORECASE,
)


def units(content: Content) -> Iterator[Observation]:
    """``10U`` or ``10 IU``, read as 100, as 104 or as "IV": write ``10 units``."""
    yield from replace(
        content,
        _UNITS,
        _("A short form of units can be read as a 0, a 4 or as “IV”."),
        _in_units,
        spared=lambda found, text: _NAMED.search(text[: found.start()][-8:]) is not None,  # "ward 5U" is a place
    )


_MAY_BE_CC = re.compile(r"c\.?c|CC")
_CC = re.compile(rf"(?<![\w.,])(?P<number>{RANGE})[\s-]?(?:ccs?|CC|c\.c\.){END}")


def cubic_centimetres(content: Content) -> Iterator[Observation]:
    """``5cc``, read as units: write ``5ml``."""
    yield from replace(
        content,
        _CC,
        _("The short form cc can be read as units, or as 00."),
        lambda found: f"{put_right(found['number'])}ml",
        only_where=_MAY_BE_CC,
    )


RULES = (
    Rule("dose-leading-zero", Severity.BLOCKS, gettext_lazy("A dose such as .5mg"), ISMP_AND_NHS, leading_zero),
    Rule("dose-trailing-zero", Severity.BLOCKS, gettext_lazy("A dose such as 5.0mg"), ISMP, trailing_zero),
    Rule("dose-decimal-comma", Severity.BLOCKS, gettext_lazy("A dose such as 1,5mg"), NHS, decimal_comma),
    Rule("dose-microgram", Severity.BLOCKS, gettext_lazy("A short form of microgram"), ISMP_AND_NHS, microgram),
    Rule("dose-units", Severity.BLOCKS, gettext_lazy("A short form of units"), ISMP, units),
    Rule("dose-cc", Severity.BLOCKS, gettext_lazy("The short form cc"), ISMP, cubic_centimetres),
)

"""Doses that are misread for what stands beside the number: another number, a word, a sign, the end of a line.

Sources as in `monographs.quality.amounts.doses`.
"""

import re
from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from monographs.leaflets.content import Content
from monographs.quality.amounts.dose_advice import (
    ISMP,
    ISMP_AND_NHS,
    NHS,
    grouped,
    observe,
    plural,
    put_right,
    replace,
    with_commas,
    write,
)
from monographs.quality.amounts.dose_words import COUNT, END, FORM, NUMBER, SPACED, UNIT, WHOLE_RANGE, dose_texts
from monographs.quality.findings import Observation, Rule, Severity
from monographs.quality.pieces.passages import is_english
from monographs.text.amounts.units import MEASURES, any_of

_LETTER_BEFORE_DIGIT = re.compile(r"(?<=[A-Za-zÀ-ÿ])\d")
_RUN_INTO = re.compile(
    rf"(?<![\w.,/-])(?P<word>[A-Za-zÀ-ÿ]{{4,40}})(?P<dose>\d{{1,12}}(?:[.,]\d{{1,12}})?\s?{UNIT}{END})"
)


def run_into_name(content: Content) -> Iterator[Observation]:
    """``Inderal40mg``, whose l is read as a 1 (140mg): put a space between."""
    for passage, text in dose_texts(content):
        for found in _RUN_INTO.finditer(text) if _LETTER_BEFORE_DIGIT.search(text) else ():
            message = _("The last letter can be read as part of the number.")
            yield observe(passage, found, message, write(f"{found['word']} {found['dose']}"))


_LIQUID = re.compile(any_of(MEASURES["ml"], MEASURES["litre"], MEASURES["decilitre"]), re.IGNORECASE)
_TWO_NUMBERS = re.compile(r"\d\s+[.,\d]")
_RUN_TOGETHER = re.compile(
    r"(?P<label>\b(?:days?|weeks?|months?|years?|steps?|stages?|phases?|ages?|aged|parts?|types?|omega|numbers?|doses?"
    r"|grades?|groups?|rooms?|over|under)\s)?"
    rf"(?<![\w.,/:-])(?P<count>{COUNT})\s+(?P<dose>(?!0\d){NUMBER}[\s-]?(?P<unit>{UNIT})(?:/\w{{1,20}})?){END}"
    rf"(?:\s(?P<form>{FORM}){END})?",
    re.IGNORECASE,
)


def run_together(content: Content) -> Iterator[Observation]:
    """``1 or 2 200mg tablets``, where two numbers become one (2,200mg): put a word between them."""
    if not is_english(content):
        return
    for passage, text in dose_texts(content):
        for found in _RUN_TOGETHER.finditer(text) if _TWO_NUMBERS.search(text) else ():
            count, dose = found["count"], found["dose"]
            counted = "dose" if _LIQUID.fullmatch(found["unit"]) else "tablet"
            as_tablets = " ".join(f"{count} {plural(counted, count)} of {dose}".split())
            if found["label"]:
                instead = write(f"{found['label']}{count}: {dose}{' ' + found['form'] if found['form'] else ''}")
            elif found["form"]:
                instead = write(f"{count} {plural(found['form'], count)} of {dose}")
            elif re.search(r"(?<!\d)\d{1,3}$", count) and re.match(r"\d{3}(?![\d.,])", dose):
                instead = _("Write “%(words)s”, or “%(number)s” if it is one number.") % {
                    "words": as_tablets,
                    "number": " ".join(f"{count},{dose}".split()),
                }
            else:
                instead = _("Write “%(words)s” if that is meant, or part the numbers by a word.") % {
                    "words": as_tablets
                }
            yield observe(passage, found, _("Two numbers run together and can be read as one."), instead)


_FOUR_DIGITS = re.compile(r"\d{4}")
_LARGE = re.compile(r"\d(?:\d{4}|\s000)")
_UNGROUPED = re.compile(rf"(?<![\w.,])(?P<number>{WHOLE_RANGE})(?P<gap>\s?)(?P<unit>{UNIT}|(?P<form>{FORM})){END}")
_SPACED = re.compile(rf"(?<![\w.,/-])(?P<number>{SPACED})(?P<gap>\s?)(?P<unit>{UNIT}|{FORM}){END}")


def large_number(content: Content) -> Iterator[Observation]:
    """``100000 units`` or ``100 000 units``, read with a zero more or less: write ``100,000 units``."""
    message = _("Without commas, a zero more or less in this number is not seen.")
    if not is_english(content):
        return
    for passage, text in dose_texts(content):
        if not _LARGE.search(text):
            continue
        for found in _UNGROUPED.finditer(text):
            if re.search(r"\d{5}", found["number"]):
                yield observe(passage, found, message, write(grouped(found["number"]) + found["gap"] + found["unit"]))
        for found in _SPACED.finditer(text):
            yield observe(passage, found, message, write(with_commas(found["number"]) + found["gap"] + found["unit"]))


def thousand(content: Content) -> Iterator[Observation]:
    """``1000mg``: numbers from 1,000 are written with a comma, ``1,000mg``."""
    if not is_english(content):
        return
    for passage, text in dose_texts(content):
        for found in _UNGROUPED.finditer(text) if _FOUR_DIGITS.search(text) else ():
            is_year = found["form"] and re.fullmatch(r"(?:19|20)\d\d", found["number"])  # "the 2024 injection"
            if re.search(r"\d{4}", found["number"]) and not re.search(r"\d{5}", found["number"]) and not is_year:
                yield observe(
                    passage,
                    found,
                    _("A number from 1,000 is easier to read with a comma."),
                    write(grouped(found["number"]) + found["gap"] + found["unit"]),
                )


_COMPARED = re.compile(
    rf"(?<![-=<>~])(?P<sign>[<>≤≥]=?)\s?(?P<number>{NUMBER})(?P<unit>\s?(?:{UNIT}|{FORM})(?:/\w{{1,20}}){{0,3}}){END}"
)
_SIGN = re.compile("[<>≤≥]")
_IN_WORDS = {"<": "less than", ">": "more than", "≤": "up to", "≥": "at least", "<=": "up to", ">=": "at least"}


def comparison_sign(content: Content) -> Iterator[Observation]:
    """``<10mg``, read as 410mg or as its opposite: write ``less than 10mg``."""
    yield from replace(
        content,
        _COMPARED,
        _("This sign can be taken for its opposite, or read as part of the number."),
        lambda found: (
            f"{_IN_WORDS.get(found['sign'], _IN_WORDS[found['sign'][0]])} {put_right(found['number'])}{found['unit']}"
        ),
        only_where=_SIGN,
    )


_LINE_END = re.compile("\n")
_BROKEN = re.compile(rf"(?<![\w.,])(?P<number>{NUMBER})[ \t]*\n\s*(?P<unit>{UNIT}|%){END}")


def broken_line(content: Content) -> Iterator[Observation]:
    """A number at the end of a line and its unit on the next: keep them on one line."""
    for passage, text in dose_texts(content):
        for found in _BROKEN.finditer(text) if _LINE_END.search(text) else ():
            gap = " " if len(found["unit"]) > 3 else ""
            yield observe(
                passage,
                found,
                _("The number stands on one line and its unit on the next."),
                _("Write “%(words)s” on one line.") % {"words": f"{found['number']}{gap}{found['unit']}"},
            )


RULES = (
    Rule("dose-run-together", Severity.BLOCKS, gettext_lazy("Two numbers that run together"), NHS, run_together),
    Rule("dose-run-into-name", Severity.BLOCKS, gettext_lazy("A dose that runs into a word"), ISMP, run_into_name),
    Rule("dose-large-number", Severity.BLOCKS, gettext_lazy("A large number without commas"), ISMP, large_number),
    Rule("dose-thousand", Severity.WARNS, gettext_lazy("A thousand without a comma"), ISMP_AND_NHS, thousand),
    Rule("dose-comparison-sign", Severity.BLOCKS, gettext_lazy("The sign < or > before a dose"), ISMP, comparison_sign),
    Rule("dose-broken-line", Severity.BLOCKS, gettext_lazy("A number parted from its unit"), ISMP, broken_line),
)

"""What in a report makes no sense, or says who the patient is: in sentences, by field."""

import re

from django.utils import timezone
from django.utils.translation import gettext as _

from monographs.reactions.days import past
from monographs.reactions.models import SuspectedReaction
from monographs.text.amounts.dates import NotADay

_MOST_INITIALS = 5  # letters
_LETTERS = re.compile(r"[^\W\d_]+")
_OLDEST = {"a": 130, "mo": 1_560, "wk": 6_800, "d": 47_500, "h": 1_140_000}  # 130 years, in each unit
_DAYS = ("taken_from", "taken_until", "began_on", "ended_on")


def problems_of(reaction: SuspectedReaction) -> dict[str, str]:
    """Field → what is wrong with it. What is only missing is nothing wrong in a draft (`reactions.items`)."""
    found = {
        "patient_initials": _not_initials(reaction.patient_initials),
        "local_number": _is_a_birthday(reaction.local_number),
        **_of_age(reaction),
        **{name: _to_come(getattr(reaction, name)) for name in _DAYS},
    }
    if reaction.received_on and reaction.received_on > timezone.localdate():
        found["received_on"] = _("This day has not come yet.")
    for first, last in (("began_on", "ended_on"), ("taken_from", "taken_until")):
        if _is_before(getattr(reaction, last), getattr(reaction, first)):
            found[last] = _("This is before it began.")
    return {name: problem for name, problem in found.items() if problem}


def _not_initials(written: str) -> str:
    """A name in the field for initials: a word of three letters or more that is not in capitals, or many letters."""
    words = _LETTERS.findall(written)
    is_a_name = any(len(word) > 2 and word != word.upper() for word in words) or sum(map(len, words)) > _MOST_INITIALS
    return _("Please give initials only, such as A.B., and no name.") if is_a_name else ""


def _is_a_birthday(written: str) -> str:
    is_a_day = re.fullmatch(r"\s*(\d{1,2}[./ -]\d{1,2}[./ -]\d{2,4}|\d{4}[./ -]\d{1,2}[./ -]\d{1,2})\s*", written)
    return _("This looks like a date of birth. Please give a number of your own, or the age below.") if is_a_day else ""


def _of_age(reaction: SuspectedReaction) -> dict[str, str]:
    age, unit = reaction.patient_age, reaction.patient_age_unit
    if age is None:
        return {"patient_age": _("The unit is there, but not the age.")} if unit else {}
    if not unit:
        return {"patient_age_unit": _("Years, months, weeks, days or hours?")}
    if age > _OLDEST[unit]:
        return {"patient_age": _("Nobody grows so old. Check the age and its unit.")}
    if reaction.patient_age_group:  # D.2.3 is for where no age is given (Implementation Guide 5.01, p. 80)
        return {"patient_age_group": _("The age is given, so leave the age group empty.")}
    return {}


def _to_come(day: str) -> str:
    try:
        past(day)
    except NotADay as problem:
        return str(problem)
    return ""


def _is_before(one: str, other: str) -> bool:
    """Whether one day, month or year is surely before another."""
    shared = min(len(one), len(other))
    return bool(shared) and one[:shared] < other[:shared]

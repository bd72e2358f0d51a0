"""The clinic's telephone numbers: one field, one number; which can be dialled, and what is asked about on saving."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from monographs.text.amounts.telephones import COUNTRIES, Telephone, read

if TYPE_CHECKING:
    from monographs.clinics.models import Clinic

NUMBER_FIELDS = ("emergency_number", "other_emergency_number", "urgent_number", "phone")
"""Each takes exactly one number; words beside it are shown and not dialled."""

TEXT_FIELDS = ("out_of_hours", "crisis_lines", "reporting_address")
"""Each takes words with as many numbers as it likes."""

LONGEST_TEXT = 5_000  # characters of a field of `TEXT_FIELDS`


@dataclass(frozen=True)
class Dialled:
    """What patients can dial from one field: its ``label``, its numbers, and what looks like one and isn't linked."""

    label: str
    telephones: tuple[Telephone, ...]
    doubtful: tuple[str, ...]


def known_country(code: str) -> None:
    """A validator: the code of a country whose numbers we know."""
    if code not in COUNTRIES:
        raise ValidationError(
            _("“%(code)s” is no country's code. Give the two letters of ISO 3166, such as GB, IE, US or DE."),
            params={"code": code},
        )


def problem_of(value: str, country: str) -> str:
    """Why a field that takes one number can't keep this, in a sentence; "" for one number, and for nothing."""
    if not value.strip():
        return ""
    reading = read(value, country, is_field=True)
    shown = [telephone.shown for telephone in reading.telephones]
    if len(shown) > 1:
        return _(
            "This field takes one telephone number, so that one tap dials it; here are %(numbers)s. Leave one of them "
            "and put the others into a field of their own or into the out-of-hours advice."
        ) % {"numbers": _(" and ").join(f"“{number}”" for number in shown)}
    if reading.doubtful and shown:
        return _(
            "Beside the telephone number “%(number)s” stands “%(rest)s”, which can't be dialled. Leave one telephone "
            "number here; hours and other words about it may stay."
        ) % {"number": shown[0], "rest": reading.doubtful[0]}
    if reading.doubtful:
        return _(
            "“%(number)s” is no telephone number that can be dialled in this clinic's country (%(country)s). Write it "
            "with its area code (01632 960100) or as from abroad (+44 1632 960100)."
        ) % {"number": reading.doubtful[0], "country": country}
    if not shown:
        return _("There is no telephone number in “%(value)s”. Leave the field empty, or give one number.") % {
            "value": value
        }
    return ""


def problems_of(clinic: "Clinic", fields: Collection[str] = NUMBER_FIELDS) -> dict[str, str]:
    """A sentence for each of these fields that is not exactly one number."""
    found = {name: problem_of(getattr(clinic, name), clinic.country) for name in NUMBER_FIELDS if name in fields}
    is_asked = {"emergency_number", "other_emergency_number"} & set(fields)
    if is_asked and clinic.other_emergency_number and not clinic.emergency_number:
        found["other_emergency_number"] = _("Give the emergency number itself first; this one stands beside it.")
    return {name: sentence for name, sentence in found.items() if sentence}


def dialled(clinic: "Clinic", fields: Iterable[str] = (*NUMBER_FIELDS, *TEXT_FIELDS)) -> list[Dialled]:
    """What patients can dial from each of these fields that has anything like a number."""
    found = []
    for name in fields:
        reading = read(getattr(clinic, name), clinic.country, is_field=name in NUMBER_FIELDS)
        if reading.telephones or reading.doubtful:
            label = str(clinic._meta.get_field(name).verbose_name)
            found.append(Dialled(label, reading.telephones, reading.doubtful))
    return found

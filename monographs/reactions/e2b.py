"""A report as a row whose columns are elements of ICH E2B(R3).

Each element was looked up in the ICH E2B(R3) Implementation Guide, version 5.01 of 12 April 2013, section 3.4; the
pages are those printed there.

=============  ======  =================================================================================================
element        page    what it holds here
=============  ======  =================================================================================================
C.1.1          46      country, clinic and the report's number, joined by hyphens
C.1.2          47      when it was sent, to the second and with the offset from UTC; empty for a draft
C.1.3          48      1, spontaneous report
C.1.4          48      date first received, CCYYMMDD
C.1.9.1.r.1    52      who gave the reference number: the scheme that the clinic reports to
C.1.9.1.r.2    52      the reference number
C.2.r.3        60      the reporter's country, ISO 3166-1 alpha-2
C.2.r.4        61      the reporter's qualification, 1 to 5; UNK
C.2.r.5        61      1, the primary source: there is one
C.3.1          62      3, the sender is a health professional
C.3.2          33      the clinic's name
D.1            76      initials
D.1.1.1        76      the clinic's own number for the patient
D.2.2a, b      79      age and its unit, UCUM
D.2.3          80      age group, 0 to 6
D.5            81      sex, 1 or 2 (ISO 5218); UNK
E.i.1.1a, b    102     the reaction in the reporter's words, and their language, ISO 639-2
E.i.1.2        102     the same in English
E.i.3.2a–f     103–5   criteria of seriousness, each true or NI ("false" is no value of theirs)
E.i.4, E.i.5   105–6   when it began and ended, CCYYMMDD, CCYYMM or CCYY
E.i.7          107     outcome, 0 to 5; 0 is "unknown", and there is no nullFlavor
G.k.1          117     1, suspect
G.k.2.2        119     the product's name as the reporter gives it, else the medicine's
G.k.2.3.r.1    117–19  the active substance by its international name (INN)
G.k.4.r.4, 5   125     first and last taken
G.k.4.r.7      126     batch number
G.k.4.r.8      126     dose as text
H.1            140     what happened, in the clinic's words
=============  ======  =================================================================================================

UNK (unknown) and NI (no information) are nullFlavors (section 3.3.6, p. 37): codes for why a value is not there, none
of which is a value of its element. An element that may be left out and is not known is empty. It is no whole message to
EudraVigilance or the like: MedDRA codes (E.i.2.1), which need a licence and a coder, are the authority's work, and so
are C.1.5 to C.1.8.
"""

from collections.abc import Callable

from django.utils import timezone

from monographs.clinics.models import Clinic
from monographs.reactions.days import as_e2b
from monographs.reactions.models import SERIOUS, SuspectedReaction
from monographs.text.addresses import address

UNKNOWN, NO_INFORMATION = "UNK", "NI"
Column = Callable[[SuspectedReaction, Clinic], str]


def case_number(reaction: SuspectedReaction, clinic: Clinic) -> str:
    """C.1.1: country of the reporter, a name of the sender without hyphens, the report's number."""
    sender = address(clinic.name).replace("-", "")[:60] or "clinic"
    return f"{reaction.reporter_country or clinic.country}-{sender}-{reaction.pk}"


def _sent_at(reaction: SuspectedReaction, clinic: Clinic) -> str:
    return timezone.localtime(reaction.sent_at).strftime("%Y%m%d%H%M%S%z") if reaction.sent_at else ""


def _scheme(reaction: SuspectedReaction, clinic: Clinic) -> str:
    return clinic.reporting_name if reaction.reference_number else ""


def _language(reaction: SuspectedReaction, clinic: Clinic) -> str:
    return reaction.reporter_language if reaction.reaction else ""


def _product(reaction: SuspectedReaction, clinic: Clinic) -> str:
    return reaction.product or _substance(reaction, clinic)


def _substance(reaction: SuspectedReaction, clinic: Clinic) -> str:
    return reaction.medicine.name if reaction.medicine else ""


def _always(value: str) -> Column:
    return lambda reaction, clinic: value


def _field(name: str, *, otherwise: str = "") -> Column:
    def column(reaction: SuspectedReaction, clinic: Clinic) -> str:
        value = getattr(reaction, name)
        return otherwise if value in (None, "") else str(value)

    return column


def _day(name: str) -> Column:
    return lambda reaction, clinic: as_e2b(getattr(reaction, name))


def _criterion(name: str) -> Column:
    return lambda reaction, clinic: "true" if getattr(reaction, name) else NO_INFORMATION


COLUMNS: dict[str, Column] = {
    "C.1.1": case_number,
    "C.1.2": _sent_at,
    "C.1.3": _always("1"),
    "C.1.4": _day("received_on"),
    "C.1.9.1.r.1": _scheme,
    "C.1.9.1.r.2": _field("reference_number"),
    "C.2.r.3": _field("reporter_country"),
    "C.2.r.4": _field("reporter_qualification", otherwise=UNKNOWN),
    "C.2.r.5": _always("1"),
    "C.3.1": _always("3"),
    "C.3.2": lambda reaction, clinic: clinic.name,
    "D.1": _field("patient_initials"),
    "D.1.1.1": _field("local_number"),
    "D.2.2a": _field("patient_age"),
    "D.2.2b": _field("patient_age_unit"),
    "D.2.3": _field("patient_age_group"),
    "D.5": _field("patient_sex", otherwise=UNKNOWN),
    "E.i.1.1a": _field("reaction"),
    "E.i.1.1b": _language,
    "E.i.1.2": _field("reaction_in_english"),
    **{f"E.i.3.2{letter}": _criterion(name) for letter, name in zip("abcdef", SERIOUS, strict=True)},
    "E.i.4": _day("began_on"),
    "E.i.5": _day("ended_on"),
    "E.i.7": _field("outcome"),
    "G.k.1": _always("1"),
    "G.k.2.2": _product,
    "G.k.2.3.r.1": _substance,
    "G.k.4.r.4": _day("taken_from"),
    "G.k.4.r.5": _day("taken_until"),
    "G.k.4.r.7": _field("batch"),
    "G.k.4.r.8": _field("dose"),
    "H.1": _field("narrative"),
}
"""Element → what it holds, in the order of the guide."""


def row(reaction: SuspectedReaction, clinic: Clinic) -> list[str]:
    """The report's values in the order of `COLUMNS`."""
    return [column(reaction, clinic) for column in COLUMNS.values()]

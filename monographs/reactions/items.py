"""What a report must have before it can be sent, and what else is asked for: met or missing.

The four minimum items: EMA, Guideline on good pharmacovigilance practices, Module VI (Rev. 2), section VI.B.2, after
ICH E2D; ICH E2B(R3) Implementation Guide 5.01, section 3.3.1, p. 32. Any one of several facts makes a patient
identifiable (initials, a number, age, age group, sex). A reporter is identifiable by what they are (the clinic can
confirm that there is such a person), and a report is not valid without their qualification and country.

Of a medicine under additional monitoring (▼) the brand and the batch are asked for as well: any reaction to it is to
be reported, with the product's brand (MHRA, "Template wording for call for reporting sections", 4 April 2023), and
where it is biological, its batch, or that it was asked for in vain (the same module, section VI.B.3).
"""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from monographs.reactions.models import SuspectedReaction


@dataclass(frozen=True)
class Item:
    """One thing that is asked for: its name in words, whether it is there, and what would do."""

    name: str
    is_met: bool
    what_does: str


def minimum(reaction: SuspectedReaction) -> list[Item]:
    """The four items without which nothing is sent."""
    return [
        Item(_("an identifiable patient"), _has_patient(reaction),
             _("initials, your own number, age, age group or sex: one is enough")),
        Item(_("an identifiable reporter"), bool(reaction.reporter_qualification and reaction.reporter_country),
             _("who reports it, and their country")),
        Item(_("a suspect medicine"), bool(reaction.medicine_id or reaction.product.strip()),
             _("the medicine, or the product’s name")),
        Item(_("a suspected reaction"), bool(reaction.reaction.strip()),
             _("what happened, in a few words")),
    ]  # fmt: skip


def more_asked(reaction: SuspectedReaction) -> list[Item]:
    """What is asked for beside them of a medicine under additional monitoring; nothing of any other."""
    if not (reaction.medicine and reaction.medicine.is_under_additional_monitoring):
        return []
    return [
        Item(_("the brand"), bool(reaction.product.strip()), _("the product’s name as it stands on the pack")),
        Item(_("the batch number"), bool(reaction.batch.strip()), _("on the pack, after LOT")),
    ]


def missing(items: list[Item]) -> str:
    """The names of what is not there, in a row; "" if everything is."""
    names = [item.name for item in items if not item.is_met]
    return pgettext("between the items of a list", ", ").join(names)


def _has_patient(reaction: SuspectedReaction) -> bool:
    return reaction.patient_age is not None or any(
        getattr(reaction, name).strip()
        for name in ("patient_initials", "local_number", "patient_age_group", "patient_sex")
    )

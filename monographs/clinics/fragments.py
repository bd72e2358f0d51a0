"""What stands in the slots of published pages (`text.markup.finished.slots`) for this clinic, in each language."""

import json
from collections.abc import Mapping
from functools import lru_cache

from django.conf import settings
from django.utils import translation

from monographs.clinics.models import Clinic
from monographs.text.markup.finished.slots import CARE_SLOTS
from monographs.text.markup.finished.telephone_links import linked
from monographs.text.markup.markdown import care_heading, direction
from monographs.text.order.in_order import in_order


def fragments_in(language: str, clinic: Clinic) -> dict[str, str]:
    """Slot → finished HTML in one language: the headings of care cards, the clinic's number in them a link."""
    numbers = {"emergency": clinic.emergency_number, "today": clinic.urgent_number}
    with translation.override(language):
        return {
            kind: in_order(
                care_heading(kind, linked(numbers[kind], clinic.country, is_field=True)), direction(language)
            )
            for kind in CARE_SLOTS
        }


def all_fragments(clinic: Clinic) -> dict[str, dict[str, str]]:
    """The same in every language of ``settings.LANGUAGES``."""
    return {language: fragments_in(language, clinic) for language, _name in settings.LANGUAGES}


def stored_fragments(stored: str | None, language: str, clinic: Clinic) -> Mapping[str, str]:
    """Those of one language from a row's ``fragments``.

    What is not among them is made now from ``clinic``: a language or slot that came with a later program, until the
    next migration has a row made with it (`actions.keep_details`), or a database that has no row yet.
    """
    found = _read(stored).get(language, {}) if stored else {}
    return found if found.keys() >= set(CARE_SLOTS) else {**fragments_in(language, clinic), **found}


@lru_cache(maxsize=20)
def _read(stored: str) -> dict[str, dict[str, str]]:
    return json.loads(stored)

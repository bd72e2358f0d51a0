"""The gate at every door (form, submit, import): the checks with the severities that this clinic has chosen."""

import datetime as dt
from collections.abc import Mapping
from functools import lru_cache

from django.utils import timezone
from django.utils.translation import get_language

from monographs.clinics.models import the_clinic
from monographs.leaflets.content import Content
from monographs.quality.findings import Finding, Severity
from monographs.quality.held_against.editions import easy_read_numbers
from monographs.quality.held_against.translated import translated, without_source
from monographs.quality.rules import BY_NAME, check


def findings_for(
    content: Content,
    *,
    source: Content | None = None,
    full: Content | None = None,
    severities: Mapping[str, str] | None = None,
) -> list[Finding]:
    """All findings, those that block first. ``source`` is what a translation was made from, ``full`` what the standard
    edition beside an easy-read leaflet says (`review.findings`). ``severities`` are those that the clinic has chosen,
    for a caller who has read them in the same turn.

    A choice that can't be made (for a rule that is no more, or silence where a rule usually blocks) is passed
    over, however it came into the database.
    """
    chosen = (the_clinic().quality_severities if severities is None else severities).items()
    tuned = [(name, severity) for name, severity in chosen if name in BY_NAME and severity in BY_NAME[name].choices]
    found = _found(content, tuple(sorted(tuned)), timezone.localdate(), get_language())
    against = list(_against(content, source, get_language())) if content.made_from else []
    if content.is_easy_read and full:
        against += _beside(content, full, get_language())
    return sorted([*against, *found], key=lambda finding: finding.severity != Severity.BLOCKS)


@lru_cache(maxsize=64)
def _found(
    content: Content, tuned: tuple[tuple[str, str], ...], today: dt.date, language: str | None
) -> tuple[Finding, ...]:
    """Remembered for the texts looked at last: nothing but these four decides what is found."""
    return tuple(check(content, severities=dict(tuned)))


@lru_cache(maxsize=64)
def _against(content: Content, source: Content | None, language: str | None) -> tuple[Finding, ...]:
    """What differs from the source of a translation."""
    return tuple(translated(content, source)) if source else (without_source(content),)


@lru_cache(maxsize=64)
def _beside(content: Content, full: Content, language: str | None) -> tuple[Finding, ...]:
    """What an easy-read leaflet says in numbers and the full one does not."""
    return tuple(easy_read_numbers(content, full))

"""The whole record, from the ledger's beginning to the last leaflet's rows."""

from collections.abc import Callable, Iterator
from functools import partial

from django.db import transaction

from monographs.audit.models import Entry
from monographs.audit.record import lock_ledger
from monographs.audit.verify import Altered, Head, check_ledger
from monographs.beginnings import Begins
from monographs.clinics.verify import check_clinic
from monographs.leaflets.models import Leaflet
from monographs.operations.verify.alerts import check_alerts
from monographs.operations.verify.decisions import check_decisions
from monographs.operations.verify.derived import (
    check_approval_instants,
    check_behind,
    check_folding,
    check_index,
    check_keys,
    check_passages,
    check_showings,
    check_standing,
    check_standing_as_shown,
)
from monographs.operations.verify.fact_checks import check_fact_checks
from monographs.operations.verify.names import check_names
from monographs.operations.verify.publications import check_cancellations, check_publications
from monographs.operations.verify.reactions import check_reactions
from monographs.operations.verify.recorded import Recorded, number_in
from monographs.operations.verify.replies import check_moderation, check_replies
from monographs.operations.verify.revisions import check_reviews, check_revisions
from monographs.operations.verify.together import check_judgements


def rows_to_check() -> int:
    """About how many steps `check_history` takes, for a progress bar."""
    return Entry.objects.count() + 1 + len(_leaflets())


def check_history(known: Head | None = None) -> Iterator[Head]:
    """Check the ledger, the clinic, then every leaflet; yields the ledger's head so far after each step.

    Raises `Altered`. Nothing is locked while it reads. What looks wrong in one of these is looked at again with
    writers held back, so that a verb at work in the meantime is not taken for a change behind its back.
    """
    head = Head()
    for head in check_ledger(known):
        yield head
    _check(check_clinic)
    yield head
    for leaflet in _leaflets():
        _check(partial(check_leaflet, leaflet))
        yield head
    _check(check_alerts)
    _check(check_reactions)
    _check(check_judgements)
    check_folding()
    check_keys()
    _check(check_names)
    check_index()


def _leaflets() -> list[int]:
    """Ids of all leaflets that are there or have a history."""
    prefix = f"{Leaflet._meta.model_name}/"
    recorded = Entry.objects.filter(Begins("subject", prefix)).order_by().values_list("subject", flat=True).distinct()
    there = Leaflet.objects.order_by().values_list("pk", flat=True)
    return sorted({*there, *(number_in(subject) for subject in recorded)})


def check_leaflet(leaflet: int) -> None:
    """Everything on record of one leaflet, which may be gone itself, and what follows from it."""
    recorded = Recorded(leaflet)
    check_revisions(leaflet, recorded)
    check_reviews(leaflet, recorded)
    check_decisions(leaflet, recorded)
    check_publications(leaflet, recorded)
    check_cancellations(leaflet, recorded)
    check_moderation(leaflet, recorded)
    check_replies(leaflet, recorded)
    check_fact_checks(leaflet, recorded)
    # What follows from all this comes behind it: a record that was altered is to be named, not what follows from it.
    check_approval_instants(leaflet)
    check_standing(leaflet)
    check_showings(leaflet)
    check_behind(leaflet)
    check_standing_as_shown(leaflet)
    check_passages(leaflet)


def _check(part: Callable[[], None]) -> None:
    try:
        part()
    except Altered:
        with transaction.atomic():
            lock_ledger()
            part()

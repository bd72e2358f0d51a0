"""Keeping note of searches that found nothing, so that staff learn which leaflet or name is wanted."""

import datetime as dt
import logging
import re

from django.db import DatabaseError, transaction
from django.db.models import F

from monographs.search.models import MOST, MissedSearch
from monographs.text.letters.folding import fold

LONGEST = 60  # characters; a medicine's name is shorter, a letter to the clinic is not
MOST_WORDS = 5
_PERSONAL = re.compile(r"@|(?:\d[\s.-]?){5}")  # an e-mail address; a telephone or patient's number

logger = logging.getLogger(__name__)


def note_missed(query: str, *, at: dt.datetime) -> bool:
    """Count a search (`names.tidy_query`) that found nothing; whether it was kept.

    What can't be the name of a medicine, or may tell of a person, is not kept. A reader's page never fails by this.
    """
    folded = fold(query)
    if not _may_be_a_name(folded):
        return False
    try:
        with transaction.atomic():
            _count(folded, query, at=at)
    except DatabaseError:
        logger.warning("A search that found nothing could not be counted.", exc_info=True)
        return False
    return True


def forget_missed(*, at: dt.datetime) -> int:
    """Take out what nobody has looked for in a long time; how many."""
    count, _by_model = MissedSearch.objects.forgotten(at).delete()
    return count


def _may_be_a_name(folded: str) -> bool:
    letters = sum(character.isalpha() for character in folded)
    is_short = len(folded) <= LONGEST and len(folded.split()) <= MOST_WORDS
    return letters >= 3 and is_short and not _PERSONAL.search(folded)


def _count(folded: str, query: str, *, at: dt.datetime) -> None:
    known = MissedSearch.objects.filter(folded=folded)
    if known.update(count=F("count") + 1, query=query[:LONGEST], last_at=at):
        return
    if MissedSearch.objects.count() >= MOST:  # the least wanted gives way
        MissedSearch.objects.order_by("count", "last_at").first().delete()
    row = MissedSearch(folded=folded, query=query[:LONGEST], last_at=at)
    MissedSearch.objects.bulk_create([row], ignore_conflicts=True)  # of two first searches at once one is counted

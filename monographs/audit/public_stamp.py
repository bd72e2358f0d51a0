"""The public stamp: it changes when, and only when, what the public sees may have changed."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Min, QuerySet, Subquery
from django.utils import timezone

from monographs.audit.models import Entry


def newest_public(at: dt.datetime | None = None) -> QuerySet[Entry]:
    """The one entry that the stamp is made of, as a query (to be joined into another).

    It is the newest in effect at ``at``; a scheduled entry counts from its instant.
    """
    return Entry.objects.public(at or timezone.now())[:1]


@dataclass(frozen=True)
class PublicStamp:
    """The stamp at one instant, and when it changes by itself: the next scheduled instant, or None."""

    value: str
    changes_at: dt.datetime | None


def read_stamp(at: dt.datetime) -> PublicStamp:
    """The stamp as of ``at``, in one query (two while nothing public has happened yet).

    It names two entries: the one that came into effect last, which changes when a scheduled instant comes, and the one
    that was written last, which changes with each act even where the clock of the machine that wrote stands behind
    another's, or ahead of it.
    """
    public = Entry.objects.filter(is_public=True)
    coming = public.filter(effective_at__gt=at)
    # In effect or not: what an act changes at once shows, though the clock that dated it was ahead of ours.
    written_last = public.order_by("-position").values("position")[:1]
    entry = (
        newest_public(at)
        .annotate(
            last=Subquery(written_last), next=Subquery(coming.order_by("effective_at").values("effective_at")[:1])
        )
        .values_list("hash", "last", "next")
        .first()
    )
    if not entry:
        return PublicStamp("", coming.aggregate(first=Min("effective_at"))["first"])
    newest, last, changes_at = entry
    return PublicStamp(f"{newest}-{last}", changes_at)

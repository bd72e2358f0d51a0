"""The public stamp: it changes when, and only when, what the public sees may have changed."""

import datetime as dt

from django.db.models import QuerySet
from django.utils import timezone

from monographs.audit.models import Entry


def newest_public(at: dt.datetime | None = None) -> QuerySet[Entry]:
    """The one entry that the stamp is made of, as a query (to be joined into another).

    It is the newest in effect at ``at``; a scheduled entry counts from its instant.
    """
    return Entry.objects.public(at or timezone.now())[:1]

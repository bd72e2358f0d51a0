"""The title under which patients know a leaflet: the published one, never the draft's."""

import datetime as dt

from django.db.models import OuterRef, Subquery

from monographs.publication.showings import Showing


def last_title(at: dt.datetime, *, leaflet: str = "leaflet") -> Subquery:
    """For the leaflet in column ``leaflet`` the title of the version that patients read last, up to ``at``.

    A leaflet that is withdrawn keeps the title it had; one that was never shown has NULL.
    """
    rows = Showing.objects.up_to(at).filter(leaflet=OuterRef(leaflet)).order_by("-starts_at", "-pk")
    return Subquery(rows.values("title")[:1])

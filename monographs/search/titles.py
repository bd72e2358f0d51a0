"""The title under which patients know a leaflet: the published one, never the draft's."""

import datetime as dt

from django.db.models import OuterRef, Subquery

from monographs.publication.models import Publication
from monographs.publication.showings import title_in


def last_title(at: dt.datetime, *, leaflet: str = "leaflet") -> Subquery:
    """For the leaflet in column ``leaflet`` the title of the version that patients read last, up to ``at``.

    A leaflet that is withdrawn keeps the title it had; one that was never shown has NULL.
    """
    shown = Publication.objects.versions(at).filter(leaflet=OuterRef(leaflet)).order_by("-effective_from", "-pk")
    return Subquery(shown.values(title=title_in("revision__content_json"))[:1])

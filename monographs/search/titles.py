"""The title under which patients know a leaflet: the published one, never the draft's."""

import datetime as dt

from django.db.models import F, JSONField, OuterRef, Subquery
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast

from monographs.publication.models import Publication


def title_in(content_json: str) -> KeyTextTransform:
    """The title inside a column of revision content, as an expression: ``title_in("revision__content_json")``."""
    return KeyTextTransform("title", Cast(F(content_json), JSONField()))


def last_title(at: dt.datetime, *, leaflet: str = "leaflet") -> Subquery:
    """For the leaflet in column ``leaflet`` the title of the version that patients read last, up to ``at``.

    A leaflet that is withdrawn keeps the title it had; one that was never shown has NULL.
    """
    shown = Publication.objects.versions(at).filter(leaflet=OuterRef(leaflet)).order_by("-effective_from", "-pk")
    return Subquery(shown.values(title=title_in("revision__content_json"))[:1])

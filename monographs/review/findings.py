"""The quality gate at every door: what is found in a text, a translation held against what it was made from, and an
easy-read leaflet against the full one."""

from collections.abc import Mapping

from django.db.models import F

from monographs.leaflets.content import Content
from monographs.leaflets.editions import full_leaflet
from monographs.leaflets.models import Leaflet
from monographs.quality.findings import Finding
from monographs.quality.gate import findings_for
from monographs.review.models import SHOWN, Review, State
from monographs.revisions.actions import newest_revision
from monographs.revisions.made_from import source_of


def findings_of(content: Content, leaflet: Leaflet, *, severities: Mapping[str, str] | None = None) -> list[Finding]:
    """All findings in a text of this leaflet, those that block first; a query for a translation and some for an
    easy-read leaflet, besides what `findings_for` asks, which is told ``severities``."""
    full = _full_text(leaflet) if content.is_easy_read else None
    return findings_for(content, source=source_of(content), full=full, severities=severities)


def _full_text(leaflet: Leaflet) -> Content | None:
    """What the standard edition beside an easy-read leaflet says: the text that is approved or scheduled for release,
    else what patients read or read last, else the draft; None where there is no such leaflet."""
    full = full_leaflet(leaflet)
    if not full:
        return None
    reviews = Review.objects.filter(leaflet=full, state__in=(State.APPROVED, *SHOWN)).select_related("revision")
    review = reviews.order_by(F("released_from").desc(nulls_first=True), "-pk").first()
    revision = review.revision if review else newest_revision(full)
    return revision.content if revision else None

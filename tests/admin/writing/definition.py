"""Where leaflets stand by their definition, from revisions, reviews and the timeline alone."""

from django.utils import timezone

from monographs.leaflets.models import Leaflet
from monographs.publication.models import Kind, Publication
from monographs.review.models import Review, State
from monographs.revisions.models import Revision

_IN_REVIEW = {State.WAITING: "waiting", State.APPROVED: "approved", State.SENT_BACK: "sent-back"}


def stands_by_definition(leaflet: Leaflet) -> str:
    """A key of `STANDS`."""
    now, here = timezone.now(), {"leaflet": leaflet}
    newest = Revision.objects.filter(**here).order_by("-number").first()
    review = Review.objects.filter(**here).active_first().first()
    current = Publication.objects.current(now).filter(**here).first()
    pending = Publication.objects.pending(now).filter(**here, revision__isnull=False).order_by("-pk").first()
    if not newest:
        return "empty"
    if Review.objects.emergency(now).filter(**here).exists():
        return "emergency"
    if review and review.state in _IN_REVIEW:
        return _IN_REVIEW[review.state]
    if pending and pending.digest == newest.digest:
        return "scheduled"
    if not current:
        return "draft"
    if not current.revision_id:
        return "withdrawn" if current.kind == Kind.WITHDRAWAL else "expired"
    return "published" if current.digest == newest.digest else "changed"

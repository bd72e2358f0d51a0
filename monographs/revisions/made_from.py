"""The very text that a translation was made from."""

from monographs.leaflets.content import Content
from monographs.revisions.models import Revision


def source_of(content: Content) -> Content | None:
    """What the source said in the revision as of which this is made; None for what is no translation."""
    revision = source_revision(content)
    return revision.content if revision else None


def source_revision(content: Content) -> Revision | None:
    """That revision itself."""
    made_from = content.made_from
    if not made_from:
        return None
    return (
        Revision.objects.filter(leaflet__slug=made_from.leaflet, number=made_from.revision)
        .select_related("leaflet")
        .first()
    )

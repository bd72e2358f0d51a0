"""What happens to leaflets before there is a revision."""

from django.conf import settings
from django.utils.text import slugify
from django.utils.translation import gettext as _

from monographs.audit.record import act, record
from monographs.leaflets.models import Edition, Leaflet
from monographs.leaflets.standing import Standing, folded_title
from monographs.medicines.models import Medicine
from monographs.refusals import Conflict, Unacceptable
from monographs.staff.models import StaffMember
from monographs.staff.rules import check_permission


def usual_slug(medicine: Medicine, language: str, edition: str) -> str:
    """``baclofen``, ``baclofen-ar``, ``baclofen-ar-easy-read``."""
    parts = [medicine.slug]
    if language != "en":
        parts.append(language)
    if edition != Edition.STANDARD:
        parts.append(edition)
    return slugify("-".join(parts))


@act
def start_leaflet(
    medicine: Medicine,
    *,
    by: StaffMember | None,
    language: str = "en",
    edition: str = Edition.STANDARD,
    title: str = "",
    slug: str = "",
    made_from: tuple[Leaflet, int] | None = None,
) -> Leaflet:
    """An empty leaflet; a translation is ``made_from`` another one, as of the revision of that number.

    Raises NotAllowed, Unacceptable for an unknown language, Conflict where there is one already.
    """
    if by:
        check_permission(by, "add_leaflet", _("You may not start leaflets."))
    if language not in dict(settings.LANGUAGES):
        raise Unacceptable(
            _("“%(code)s” is not a language of this site. It has: %(codes)s.")
            % {"code": language, "codes": ", ".join(dict(settings.LANGUAGES))}
        )
    slug = slug or usual_slug(medicine, language, edition)
    if Leaflet.objects.filter(medicine=medicine, language=language, edition=edition).exists():
        raise Conflict(_("%(medicine)s has a leaflet in this language and edition already.") % {"medicine": medicine})
    if Leaflet.objects.filter(slug=slug).exists():
        raise Conflict(_("Another leaflet has the address “%(slug)s” already.") % {"slug": slug})
    source, source_revision = made_from or (None, None)
    leaflet = Leaflet.objects.create(
        medicine=medicine,
        language=language,
        edition=edition,
        slug=slug,
        title=title or medicine.name,
        source=source,
        source_revision=source_revision,
    )
    Standing.objects.create(leaflet=leaflet, folded=folded_title(leaflet.title))
    record("leaflet.started", by=by, about=leaflet)
    return leaflet

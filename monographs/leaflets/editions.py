"""The two editions of a leaflet: what the edition adds to the title, so that an easy-read leaflet is never taken for
the full one, and which leaflet the full one is."""

from functools import lru_cache

from django.utils import translation
from django.utils.translation import gettext as _

from monographs.leaflets.models import Edition, Leaflet
from monographs.text.letters.folding import fold


def is_easy_read(edition: str) -> bool:
    return edition == Edition.EASY_READ


def full_leaflet(leaflet: Leaflet) -> Leaflet | None:
    """The standard leaflet of the same medicine and language, if there is one."""
    return Leaflet.objects.filter(
        medicine=leaflet.medicine_id, language=leaflet.language, edition=Edition.STANDARD
    ).first()


def titled(title: str, edition: str, language: str) -> str:
    """The title as it stands where the other edition may stand beside it: ``"Baclofen (easy read)"``, in the leaflet's
    own ``language``; a title that says so itself, or is that of a standard leaflet, as it is."""
    if edition == Edition.STANDARD or not title:
        return title
    pattern, words = _easy_read_in(language)
    return title if words in fold(title) else pattern % {"title": title}


@lru_cache(maxsize=50)
def _easy_read_in(language: str) -> tuple[str, str]:
    with translation.override(language):
        pattern = _("%(title)s (easy read)")
    return pattern, fold((pattern % {"title": ""}).strip(" ()（）"))

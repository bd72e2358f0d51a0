"""Addresses that are typed from memory: the leaflet's own in capitals, or a medicine's name right behind the site's."""

import datetime as dt
from urllib.parse import unquote

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from monographs.publication.shown.showings import Showing
from monographs.reading.languages.addresses import language_and_rest, leaflet_address
from monographs.reading.public import PRIVATE
from monographs.search.named.a_to_z import in_our_language_first
from monographs.search.named.names import How, NameAnswer
from monographs.search.shown.hits import ABSENT, Hit


def in_small_letters(request: HttpRequest, at: dt.datetime) -> HttpResponse | None:
    """From ``/leaflets/BACLOFEN/`` to ``/leaflets/baclofen/``, for good, if it has a page; behind ``/ar/`` too."""
    folder, _slash, slug = _behind_the_language(request.path).rpartition("/")
    small = slug.lower()
    if folder != "leaflets" or slug == small or not _may_be_slug(small):
        return None
    language = Showing.objects.at(at).filter(leaflet__slug=small).values_list("leaflet__language", flat=True).first()
    return _to(small, language, permanent=True) if language else None


def by_name(request: HttpRequest, found: NameAnswer) -> HttpResponse | None:
    """From ``/lioresal/`` to the leaflet on baclofen: where the address is a name of one medicine that has a leaflet.

    ``found`` is what names say to the address's words.
    """
    medicines = [medicine for medicine in found.found if medicine.hits]
    if "/" in _behind_the_language(unquote(request.path)) or found.how != How.NAME or len(medicines) != 1:
        return None
    best = _best(medicines[0].hits)
    return _to(best.slug, best.language, permanent=False)


def _best(leaflets: tuple[Hit, ...]) -> Hit:
    """One that can be read rather than a notice; of these in the language of the address."""
    return min(in_our_language_first(leaflets), key=lambda leaflet: leaflet.in_effect in ABSENT)


def _may_be_slug(text: str) -> bool:
    return text.isascii() and text.replace("-", "").replace("_", "").isalnum()


def _behind_the_language(path: str) -> str:
    language, rest = language_and_rest(path)
    return (rest if language else path).strip("/")


def _to(slug: str, language: str, *, permanent: bool) -> HttpResponse:
    """Nobody keeps it: the leaflet may be another's tomorrow."""
    response = redirect(leaflet_address(slug, language), permanent=permanent)
    response["Cache-Control"] = PRIVATE
    return response

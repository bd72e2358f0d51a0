"""A leaflet that somebody looks for in a language which it may not have: ``/ar/leaflets/baclofen/``.

Where the medicine has a leaflet in that language, that one. Where it has none, the leaflet as it is, in a frame that
says so in the reader's language, and whom to ask.
"""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import translation
from django.utils.safestring import SafeString

from monographs.paper.setting.typefaces import can_set
from monographs.publication.models import Page
from monographs.reading.alerts.pages import alerts_above
from monographs.reading.behind import is_hidden, without_hidden
from monographs.reading.languages.addresses import address, language_of_the_address, permanent_address
from monographs.reading.languages.switch import InLanguage, origin_of, pages_of_medicine, switch
from monographs.reading.patterns import pattern
from monographs.reading.public import PRIVATE, Site, public_page, show_filled
from monographs.reading.shown import article, is_late_at, other_edition, page_of
from monographs.templatetags.leaflet_language import marked_in_order, spoken


@public_page
def leaflet_from(request: HttpRequest, site: Site, slug: str) -> HttpResponse:
    """Readers of ``/ar/…`` are led on to the Arabic leaflet of this one's medicine; else they get the frame."""
    page, wanted = page_of(slug, site.at), language_of_the_address()
    page.relatives = without_hidden(page.relatives, site, but=slug)
    leaflet = page.publication.leaflet
    known = pages_of_medicine(page.relatives, slug)
    if leaflet.language == wanted:
        return _led_to(slug, permanent=True)
    if wanted in known or not page.publication.revision_id or is_hidden(page, site):
        return _led_to(known[wanted].slug if wanted in known else slug, permanent=False)
    here = InLanguage(wanted, address("leaflet-elsewhere", slug))
    others = [InLanguage(code, permanent_address(each.slug)) for code, each in known.items()]
    with translation.override(leaflet.language):
        text = _as_it_is(page, request, site)
    words = {
        "alerts": alerts_above(site, leaflet.medicine_id),
        "text": text,
        "speaks": spoken(leaflet.language, wanted),
        "title": marked_in_order(page.title, wanted),
        "slug": slug,
        "origin": origin_of(request),
        "languages": switch([here, *others]),
    }
    return show_filled("reading/in_another_language.html", words, site=site)


def _as_it_is(page: Page, request: HttpRequest, site: Site) -> SafeString:
    """The leaflet, from its title to its disclaimer, in its own language, which is the active one."""
    language = page.publication.leaflet.language
    shape = {
        "same_clinic": site.same_clinic,
        "language": language,
        "is_overdue": is_late_at(page.publication, site),
        "has_pdf": can_set(language),
    }
    words = {**article(page, request, site), **other_edition(page)}
    return pattern("reading/article.html").filled(words, shape, clinic=site.clinic)


def _led_to(slug: str, *, permanent: bool) -> HttpResponse:
    """Nobody keeps it: another leaflet may be shown tomorrow."""
    response = redirect("leaflet-read", slug, permanent=permanent)
    response["Cache-Control"] = PRIVATE
    return response

"""The leaflet as patients read it now: three queries, however long it is."""

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.utils import translation

from monographs.paper.setting.typefaces import can_set
from monographs.publication.models import Page
from monographs.reading.alerts.pages import alerts_above
from monographs.reading.behind import hidden, is_hidden, without_hidden
from monographs.reading.languages.addresses import address
from monographs.reading.languages.switch import leaflet_words
from monographs.reading.machines.on_the_page import for_machines
from monographs.reading.public import Site, public_page, show, show_filled
from monographs.reading.replies.form import form_words
from monographs.reading.replies.hours import hours_words, why_closed
from monographs.reading.replies.thread import address_of_older, as_html, find_shown, read_thread
from monographs.reading.shown import article, is_late_at, notice, other_edition, page_of


@public_page(uses=["answer"])
def leaflet(request: HttpRequest, site: Site, slug: str) -> HttpResponse:
    page = page_of(slug, site.at)
    if not page.publication.revision_id:
        return withdrawn(request, site, page)
    if is_hidden(page, site):
        return hidden(page, site)
    page.relatives = without_hidden(page.relatives, site, but=slug)
    leaflet = page.publication.leaflet
    thread = read_thread(leaflet.pk)
    answer_to = None if page.no_replies else find_shown(leaflet.pk, request.GET.get("answer", ""))
    is_late = is_late_at(page.publication, site)
    with translation.override(leaflet.language):
        words = {
            **article(page, request, site),
            "alerts": alerts_above(site, leaflet.medicine_id),
            **other_edition(page),
            **for_machines(page, request, site),
            **form_words(leaflet, page.publication.pk, site.hour, answer_to=answer_to),
            **hours_words(site),
            "together": f"{address('together')}?{urlencode({'m': page.publication.revision.heading.medicine.name})}",
            "no_replies": why_closed(site, page.no_replies),
            "replies": as_html(
                thread.replies, page.publication, clinic_name=site.clinic.name, is_closed=bool(page.no_replies)
            ),
            "older": address_of_older(slug, thread),
            **leaflet_words(request, page.relatives, slug),
        }
    shape = {"is_overdue": is_late, "has_pdf": can_set(leaflet.language)}
    return show_filled("reading/leaflet.html", words, site=site, language=leaflet.language, **shape)


def withdrawn(request: HttpRequest, site: Site, page: Page) -> HttpResponse:
    """The notice, under the leaflet's own address.

    The status is 200, not 410 Gone: the address has something to say that a patient must read, some phones
    and proxies put their own error page over a 410, and the leaflet may come back. ``noindex`` keeps the
    notice out of search engines; the earlier versions stay reachable, each under a warning.
    """
    leaflet = page.publication.leaflet
    with translation.override(leaflet.language):
        context = {**notice(page, site), "alerts": alerts_above(site, leaflet.medicine_id)}
    return show("reading/withdrawn.html", context, site=site, language=leaflet.language)

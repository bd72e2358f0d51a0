"""The leaflet as patients read it now: three queries, however long it is."""

from functools import partial
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.utils.safestring import SafeString

from monographs.paper.setting.typefaces import can_set
from monographs.publication.models import Page
from monographs.reading.alerts.pages import alerts_above
from monographs.reading.behind import hidden, is_hidden, without_hidden
from monographs.reading.languages.addresses import address
from monographs.reading.languages.switch import leaflet_words
from monographs.reading.machines.on_the_page import for_machines
from monographs.reading.public import Site, public_page, show, show_filled, speaking, unless_as_before
from monographs.reading.replies.form import form_words
from monographs.reading.replies.hours import hours_words, why_closed
from monographs.reading.replies.thread import Thread, address_of_older, as_html, find_shown, read_thread
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
    with speaking(leaflet.language):
        alerts = alerts_above(site, leaflet.medicine_id)
        make = partial(_with_replies, request, site, page, thread, alerts)
        if page.behind:
            return make()  # the notes about what is behind are read besides
        return unless_as_before(request, site, (page.told, page.relatives, alerts, thread.told, thread.has_older), make)


def _with_replies(request: HttpRequest, site: Site, page: Page, thread: Thread, alerts: SafeString) -> HttpResponse:
    """The whole page, in the active language, which is the leaflet's."""
    publication, leaflet = page.publication, page.publication.leaflet
    around = article(page, request, site)
    answer_to = None if page.no_replies else find_shown(leaflet.pk, request.GET.get("answer", ""))
    words = {
        **around,
        "alerts": alerts,
        **other_edition(page),
        **for_machines(page, around["origin"], site),
        **form_words(leaflet, publication.pk, site.hour, answer_to=answer_to),
        **hours_words(site),
        "together": f"{address('together')}?{urlencode({'m': publication.revision.heading.medicine.name})}",
        "no_replies": why_closed(site, page.no_replies),
        "replies": as_html(thread.replies, publication, clinic_name=site.clinic.name, is_closed=bool(page.no_replies)),
        "older": address_of_older(leaflet.slug, thread),
        **leaflet_words(request, page.relatives, leaflet.slug),
    }
    shape = {"is_overdue": is_late_at(publication, site), "has_pdf": can_set(leaflet.language)}
    return show_filled("reading/leaflet.html", words, site=site, language=leaflet.language, **shape)


def withdrawn(request: HttpRequest, site: Site, page: Page) -> HttpResponse:
    """The notice, under the leaflet's own address.

    The status is 200, not 410 Gone: the address has something to say that a patient must read, some phones
    and proxies put their own error page over a 410, and the leaflet may come back. ``noindex`` keeps the
    notice out of search engines; the earlier versions stay reachable, each under a warning.
    """
    leaflet = page.publication.leaflet
    with speaking(leaflet.language):
        context = {**notice(page, site), "alerts": alerts_above(site, leaflet.medicine_id)}
    return show("reading/withdrawn.html", context, site=site, language=leaflet.language)

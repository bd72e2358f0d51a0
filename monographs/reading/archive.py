"""Earlier versions: what patients read, and from when until when."""

import datetime as dt
import re
from dataclasses import dataclass, replace

from django.db.models import Subquery
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import translation

from monographs.clinics.models import ClinicDetails
from monographs.leaflets.editions import titled
from monographs.paper.typefaces import can_set
from monographs.publication.models import Page, Publication
from monographs.publication.showings import Showing
from monographs.reading.alerts import alerts_above
from monographs.reading.leaflet import article, ready
from monographs.reading.public import Site, public_page, show


@dataclass(frozen=True)
class Period:
    """One row of the timeline, its end (``until`` is None for what is shown now) and the title it bore."""

    publication: Publication
    until: dt.datetime | None
    title: str


def timeline(slug: str, at: dt.datetime) -> list[Period]:
    """What the leaflet showed up to ``at``, newest first, in one query. Raises Http404 if that is nothing.

    What is scheduled, cancelled or void is not in it.
    """
    rows = Showing.objects.up_to(at).filter(leaflet__slug=slug).select_related("publication__leaflet")
    periods = [Period(row.publication, row.until(at), row.title) for row in rows.order_by("-starts_at", "-pk")]
    if not periods:
        raise Http404
    return periods


@public_page
def versions(request: HttpRequest, site: Site, slug: str) -> HttpResponse:
    periods = timeline(slug, site.at)
    newest, leaflet = periods[0].publication, periods[0].publication.leaflet
    title = titled(periods[0].title, leaflet.edition, leaflet.language)
    context = {"periods": periods, "current": newest, "title": title, "slug": slug}
    language = leaflet.language
    return show("reading/versions.html", {**context, "has_pdf": can_set(language)}, site=site, language=language)


@dataclass(frozen=True)
class Version:
    """One version with its page, ``current`` (what the leaflet shows now), and ``site`` with the clinic's details as
    patients read them last in it."""

    page: Page
    period: Period
    current: Publication
    site: Site


def find_version(site: Site, slug: str, number: str) -> Version:
    """The version at a permanent address. Raises Http404."""
    numbers = re.fullmatch(r"([1-9][0-9]{0,5})(?:\.([1-9][0-9]{0,5}))?", number)
    if not numbers:
        raise Http404
    major, minor = int(numbers[1]), int(numbers[2] or 0)
    periods = timeline(slug, site.at)
    period = next((p for p in periods if (p.publication.major, p.publication.minor) == (major, minor)), None)
    if not period:
        raise Http404
    last_read = period.until - dt.timedelta.resolution if period.until else site.at
    fragments = Subquery(ClinicDetails.objects.in_effect(last_read).values("fragments"))
    pages = Page.objects.filter(publication=period.publication, compiled_at__lte=site.at).annotate(fragments=fragments)
    page = ready(pages).latest("pk")
    return Version(page, period, periods[0].publication, replace(site, fragments=page.fragments))


@public_page
def version(request: HttpRequest, site: Site, slug: str, number: str) -> HttpResponse:
    """One version at its permanent address, under a banner that says what it is now.

    One that was replaced names the clinic's numbers as patients read them last.
    """
    found = find_version(site, slug, number)
    language = found.page.publication.leaflet.language
    with translation.override(language):
        words = article(found.page, request, found.site)
        words["alerts"] = alerts_above(site, found.page.publication.leaflet.medicine_id)
    context = {**words, "period": found.period, "current": found.current, "slug": slug}
    return show("reading/version.html", context, site=site, language=language)

"""Earlier versions: what patients read, and from when until when."""

import datetime as dt
import re
from dataclasses import dataclass, replace
from itertools import pairwise

from django.db.models import Subquery
from django.http import Http404, HttpRequest, HttpResponse

from monographs.clinics.models import ClinicDetails
from monographs.publication.models import Page, Publication
from monographs.reading.leaflet import ready, shown
from monographs.reading.public import Site, public_page, show
from monographs.search.titles import last_title


@dataclass(frozen=True)
class Period:
    """One row of the timeline and its end: ``until`` is None for what is shown now; ``next`` replaced it."""

    publication: Publication
    until: dt.datetime | None
    next: Publication | None


def timeline(slug: str, at: dt.datetime) -> list[Period]:
    """What the leaflet showed up to ``at``, newest first, in one query. Raises Http404 if that is nothing.

    What is scheduled, cancelled or void is not in it.
    """
    rows = list(
        Publication.objects.in_effect(at)
        .filter(leaflet__slug=slug)
        .select_related("leaflet")
        .annotate(title=last_title(at))
        .order_by("effective_from", "pk")
    )
    if not rows:
        raise Http404
    return [
        Period(row, following.effective_from if following else None, following)
        for row, following in pairwise([*rows, None])
    ][::-1]


@public_page
def versions(request: HttpRequest, site: Site, slug: str) -> HttpResponse:
    periods = timeline(slug, site.at)
    newest = periods[0].publication
    context = {"periods": periods, "current": newest, "title": newest.title, "slug": slug}
    return show("reading/versions.html", context, site=site, language=newest.leaflet.language)


@public_page
def version(request: HttpRequest, site: Site, slug: str, number: str) -> HttpResponse:
    """One version at its permanent address, under a banner that says what it is now.

    One that was replaced names the clinic's numbers as patients read them last.
    """
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
    pages = Page.objects.newest(site.at).filter(publication=period.publication).annotate(fragments=fragments)
    page = ready(pages, site.at).get()
    leaflet = shown(page, request, replace(site, fragments=page.fragments))
    context = {"leaflet": leaflet, "period": period, "current": periods[0].publication, "slug": slug}
    return show("reading/version.html", context, site=site, language=page.publication.leaflet.language)

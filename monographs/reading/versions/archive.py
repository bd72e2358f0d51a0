"""Earlier versions: what patients read, and from when until when."""

import datetime as dt
import re
from dataclasses import dataclass, replace

from django.db.models import F, Q, QuerySet, Subquery
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import translation

from monographs.clinics.models import ClinicDetails
from monographs.leaflets.editions import titled
from monographs.paper.setting.typefaces import can_set
from monographs.publication.models import Page, Publication
from monographs.publication.relatives import Relative, relatives
from monographs.publication.shown.behind import behind_at
from monographs.publication.shown.showings import Showing
from monographs.reading.alerts.pages import alerts_above
from monographs.reading.behind import hides, source_words, without_hidden
from monographs.reading.languages.switch import switch_beside
from monographs.reading.page_cache.marks import do_not_keep
from monographs.reading.public import Site, public_page, show
from monographs.reading.shown import article, ready
from monographs.reading.versions.compared import differences
from monographs.refusals import Busy

ON_A_PAGE = 50  # versions
_MOST_PAGES = 10_000  # what asks for more asks for nothing that could be
_NUMBER = re.compile(r"([1-9][0-9]{0,5})(?:\.([1-9][0-9]{0,5}))?")
_A_MOMENT = 0.2  # seconds that a version's page waits for what changed since


@dataclass(frozen=True)
class Period:
    """One row of the timeline, its end (``until`` is None for what is shown now) and the title it bore; ``behind`` are
    the parts of it that are behind now, and ``is_hidden`` says whether the clinic does not show it for that.
    ``relatives`` are the leaflets of its medicine that are shown now."""

    publication: Publication
    until: dt.datetime | None
    title: str
    behind: tuple[str, ...]
    is_hidden: bool
    relatives: tuple[Relative, ...]

    @property
    def is_readable(self) -> bool:
        """Whether it is a text that readers may follow, if it is shown now: neither a notice nor hidden."""
        return bool(self.publication.revision_id) and not self.is_hidden


def shown_by(slug: str, at: dt.datetime) -> QuerySet[Showing]:
    """What the leaflet showed up to ``at``, newest first. What is scheduled, cancelled or void is not in it."""
    rows = Showing.objects.up_to(at).filter(leaflet__slug=slug).select_related("publication__leaflet")
    return rows.annotate(shown_leaflets=F("leaflet__medicine__shown_leaflets")).order_by("-starts_at", "-pk")


def period(row: Showing, site: Site) -> Period:
    """Of a row of `shown_by`."""
    leaflet, behind = row.publication.leaflet, behind_at(row.behind, site.at)
    return Period(
        row.publication,
        row.until(site.at),
        titled(row.title, leaflet.edition, leaflet.language),
        behind,
        hides(leaflet, behind, site),
        relatives(row.shown_leaflets, site.at),
    )


@public_page
def versions(request: HttpRequest, site: Site, slug: str, page: int = 1) -> HttpResponse:
    """What it said and when, newest first, a page at a time. Each page has one address."""
    first = (page - 1) * ON_A_PAGE
    if not 0 < page <= _MOST_PAGES or request.path != _page_address(slug, page):
        raise Http404
    rows = list(shown_by(slug, site.at)[first : first + ON_A_PAGE + 1])
    if not rows:
        raise Http404
    newest = period(rows[0] if page == 1 else shown_by(slug, site.at)[0], site)
    leaflet = newest.publication.leaflet
    language = leaflet.language
    with translation.override(language):
        above = {
            "alerts": alerts_above(site, leaflet.medicine_id),
            "languages": switch_beside(without_hidden(newest.relatives, site, but=slug), slug, "leaflet-versions"),
        }
    context = {
        **above,
        "periods": [period(row, site) for row in rows[:ON_A_PAGE]],
        "current": newest.publication,
        "is_readable": newest.is_readable,
        "is_hidden": newest.is_hidden,
        "title": newest.title,
        "slug": slug,
        "page": page,
        "previous": _page_address(slug, page - 1) if page > 1 else None,
        "next": _page_address(slug, page + 1) if len(rows) > ON_A_PAGE else None,
    }
    return show("reading/versions.html", {**context, "has_pdf": can_set(language)}, site=site, language=language)


def _page_address(slug: str, page: int) -> str:
    return (
        reverse("leaflet-versions", args=[slug]) if page == 1 else reverse("leaflet-versions-page", args=[slug, page])
    )


@dataclass(frozen=True)
class Version:
    """One version with its page, ``current`` (what the leaflet shows now), and ``site`` with the clinic's details as
    patients read them last in it."""

    page: Page
    period: Period
    current: Period
    site: Site

    @property
    def about(self) -> dict[str, object]:
        """What `reading/about_version.html` needs of what it is now."""
        context = {"period": self.period, "current": self.current.publication, "is_readable": self.current.is_readable}
        return context | (source_words(self.page) if self.period.is_hidden else {})


def find_periods(slug: str, number: str, site: Site) -> tuple[Period, Period]:
    """The version of this number, and what the leaflet shows now, both with their texts, in one query however long its
    past. Raises Http404."""
    numbers = _NUMBER.fullmatch(number)
    if not numbers:
        raise Http404
    major, minor = int(numbers[1]), int(numbers[2] or 0)
    is_wanted = Q(publication__major=major, publication__minor=minor)
    rows = shown_by(slug, site.at).filter(is_wanted | Q(ends_at__gt=site.at))
    rows = list(rows.select_related("publication__revision"))
    found = next((row for row in rows if (row.publication.major, row.publication.minor) == (major, minor)), None)
    if not found:
        raise Http404
    return period(found, site), period(rows[0], site)


def find_version(site: Site, slug: str, number: str) -> Version:
    """The version at a permanent address. Raises Http404."""
    found, current = find_periods(slug, number, site)
    last_read = found.until - dt.timedelta.resolution if found.until else site.at
    fragments = Subquery(ClinicDetails.objects.in_effect(last_read).values("fragments"))
    pages = Page.objects.filter(publication=found.publication, compiled_at__lte=site.at).annotate(fragments=fragments)
    page = ready(pages).latest("pk")
    page.behind, page.relatives = found.behind, found.relatives
    return Version(page, found, current, replace(site, fragments=page.fragments))


def changed_since(found: Version, *, patience: float | None = None) -> str:
    """What of it changed since that counts most, as HTML: for one that was replaced by what is shown now, else "".

    Raises Busy where others are being compared for longer than ``patience``.
    """
    if not (found.period.until and found.current.is_readable):
        return ""
    return differences(found.period.publication.revision, found.current.publication.revision, patience=patience).first


@public_page
def version(request: HttpRequest, site: Site, slug: str, number: str) -> HttpResponse:
    """One version at its permanent address, under a banner that says what it is now and what changed since.

    One that was replaced names the clinic's numbers as patients read them last. One that is shown now and is behind its
    source says so as the leaflet does.
    """
    found = find_version(site, slug, number)
    language = found.page.publication.leaflet.language
    is_told = True
    with translation.override(language):
        words = article(found.page, request, found.site)
        words["alerts"] = alerts_above(site, found.page.publication.leaflet.medicine_id)
        words["languages"] = switch_beside(without_hidden(found.period.relatives, site, but=slug), slug)
        try:
            since = changed_since(found, patience=_A_MOMENT)
        except Busy:
            since, is_told = "", False  # the link to all changes stands there all the same
    context = {**words, **found.about, "slug": slug, "changed_since": since}
    response = show("reading/version.html", context, site=site, language=language)
    return response if is_told else do_not_keep(response)

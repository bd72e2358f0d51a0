"""What all pages for patients share: the clinic, one instant, and no trace of who reads.

Public pages are rendered without the request, so nothing in a template can touch a session, a user or a
CSRF token; that is why they never set a cookie and every cache may keep them: ours (`reading.page_cache`, which also
makes their ETags) and those on the way.
"""

import datetime as dt
import functools
import hashlib
from collections.abc import Callable, Hashable, Iterable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, replace

from django.db.models import DateTimeField, QuerySet, Subquery, TextField
from django.db.models.functions import Cast
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.translation import get_language
from django.views.decorators.csrf import csrf_exempt

from monographs.alerts.standing import AlertsShown
from monographs.clinics.fragments import stored_fragments
from monographs.clinics.models import Clinic, ClinicDetails
from monographs.prepared import Given, Prepared, instance
from monographs.reading.languages.addresses import language_of_the_address
from monographs.reading.page_cache.marks import (
    MADE_UNDER,
    WAS_MADE_OF,
    as_before,
    mark_made_of,
    mark_page,
    mark_view,
)
from monographs.reading.page_cache.stamps import program_state
from monographs.reading.patterns import pattern
from monographs.text.markup.finished.slots import filled
from monographs.text.markup.markdown import direction

PUBLIC = "public, max-age=0, must-revalidate"  # every cache may keep it, and asks each time whether it still holds
PRIVATE = "no-store"


@dataclass(frozen=True)
class Site:
    """What every page needs: the clinic, the one instant ``at`` that the page shows, and as they are stored the
    clinic's ``fragments`` (None: not yet) and the safety ``alerts`` (for `alerts.shown`). ``same_clinic`` is equal for
    two pages with the same details of the clinic."""

    clinic: Clinic
    at: dt.datetime
    fragments: str | None = None
    alerts: str | None = None
    same_clinic: tuple[str, ...] | None = None

    @property
    def hour(self) -> int:
        return hour_of(self.at)

    @functools.cached_property
    def zone(self) -> dt.tzinfo:
        """The site's time zone; asked once, for all moments of a page."""
        return timezone.get_current_timezone()

    def day_of(self, moment: dt.datetime) -> dt.date:
        """The day in the site's time zone on which a moment is."""
        return moment.astimezone(self.zone).date()

    def assembled(self, html: str, language: str) -> str:
        """The body of a compiled page with the clinic's details in its slots."""
        return filled(html, stored_fragments(self.fragments, language, self.clinic))


def hour_of(at: dt.datetime) -> int:
    """Whole hours since 1970: what reply forms are signed with, so that pages stay the same for an hour."""
    return int(at.timestamp()) // 3600


def _find() -> QuerySet:
    fragments = ClinicDetails.objects.in_effect(Given("at", DateTimeField())).values("fragments")
    alerts = AlertsShown.objects.values(as_stored=Cast("alerts", TextField()))[:1]
    return Clinic.objects.order_by("pk").values_list(*_columns(), Subquery(fragments), Subquery(alerts))[:1]


@functools.cache
def _columns() -> tuple[str, ...]:
    return tuple(field.attname for field in Clinic._meta.concrete_fields)


_found = Prepared(_find)


def read_site(at: dt.datetime | None = None) -> Site:
    """The clinic, its fragments as of ``at`` (default: now) and the safety alerts, in one query."""
    at = at or timezone.now()
    for *columns, fragments, alerts in _found.rows(at=at):
        return Site(instance(Clinic, _columns(), columns), at, fragments, alerts, tuple(map(str, columns)))
    return Site(Clinic(), at)


class _SiteUnderStamp:
    """The `Site` of the pages that are kept under one public stamp: looked up for the first of them."""

    def __init__(self):
        self._known = "", None

    def now(self, stamp: str) -> Site:
        """``stamp``: "" where the page is not kept, or nothing public has happened yet."""
        known, site = self._known
        if not stamp or stamp != known:
            site = read_site()
            self._known = stamp, site
            return site
        return replace(site, at=timezone.now())


_under_stamp = _SiteUnderStamp()


def site_for(request: HttpRequest) -> Site:
    """What the page, or the form, of this request needs of the site now: as it is kept under the public stamp that the
    request names (`marks.MADE_UNDER`), else looked up."""
    return _under_stamp.now(request.META.get(MADE_UNDER, ""))


PublicView = Callable[..., HttpResponse]


def public_page(view: PublicView | None = None, *, uses: Iterable[str] = ()) -> PublicView:
    """A page that depends on its address and the public stamp alone. The view gets ``(request, site, …)``.

    Of the query it may read the names in ``uses``; a page that was asked for with one of them is made anew each time.
    Whatever else it reads must move the stamp when it changes (`audit.record`, ``is_public``). An answer of which the
    view has said who may keep it is left as it is. An address that begins with a language (`reading.languages`) has
    made it the active one; the view is not given it.
    """
    if view is None:
        return functools.partial(public_page, uses=uses)

    @csrf_exempt
    @functools.wraps(view)
    def page(request: HttpRequest, *args, language: str = "", **kwargs) -> HttpResponse:
        if request.method not in ("GET", "HEAD"):
            return HttpResponseNotAllowed(["GET", "HEAD"])
        response = view(request, site_for(request), *args, **kwargs)
        if response.status_code == 200 and "Cache-Control" not in response:
            response["Cache-Control"] = PUBLIC
            mark_page(response)
        return response

    mark_view(page, uses)
    return page


def unless_as_before(
    request: HttpRequest, site: Site, parts: tuple[object, ...], make: Callable[[], HttpResponse]
) -> HttpResponse:
    """The page that ``make`` makes; or word for the page cache that the one it knows was made of the same ``parts``.

    Most public acts are about another page: then this one is read from the database, and neither written nor compressed
    anew. ``parts`` have a ``repr`` that says all of them. With the clinic, the address, the hour and the day they must
    be all that the page depends on: what ``make`` reads from the database besides must be what never changes.
    """
    made_of = _digest(program_state(), _digest_of_clinic(site.same_clinic, site.fragments), *parts)
    if request.META.get(WAS_MADE_OF) == made_of:
        return as_before()
    response = make()
    mark_made_of(response, made_of)
    return response


def _digest(*parts: object) -> str:
    return hashlib.sha256(repr(parts).encode("utf-8", "surrogatepass")).hexdigest()


_digest_of_clinic = functools.lru_cache(maxsize=4)(_digest)  # the same for all pages


def speaking(language: str) -> AbstractContextManager:
    """``translation.override``, which costs as much as some look-ups, where that language is not the active one."""
    return nullcontext() if language == get_language() else translation.override(language)


def show(template: str, context: dict, *, site: Site, language: str | None = None, status: int = 200) -> HttpResponse:
    """Render a public page in ``language`` (a leaflet's own, else that of its address)."""
    language = language or language_of_the_address()
    with speaking(language):
        shared = {"clinic": site.clinic, "same_clinic": site.same_clinic}
        html = render_to_string(template, {**shared, "language": language, "direction": direction(language), **context})
    return HttpResponse(html, status=status)


def show_filled(
    template: str, words: dict[str, object], *, site: Site, language: str | None = None, **shape: Hashable
) -> HttpResponse:
    """The same, of a template that was rendered before: the ``words`` are put in (`reading.patterns`)."""
    language = language or language_of_the_address()
    shape |= {"same_clinic": site.same_clinic, "language": language, "direction": direction(language)}
    with speaking(language):
        return HttpResponse(pattern(template).filled(words, shape, clinic=site.clinic))

"""What all pages for patients share: the clinic, one instant, caching, and no trace of who reads.

Public pages are rendered without the request, so nothing in a template can touch a session, a user or a
CSRF token; that is why they never set a cookie and every cache on the way may keep them.
"""

import datetime as dt
import functools
from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings
from django.db.models import Subquery
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.cache import get_conditional_response
from django.views.decorators.csrf import csrf_exempt

from monographs.audit.public_stamp import newest_public
from monographs.clinics.models import Clinic
from monographs.reading.caching import PUBLIC, body_tag, stamp_tag
from monographs.text.markup.markdown import direction


@dataclass(frozen=True)
class Site:
    """What every page needs: the clinic, the public stamp, and the one instant ``at`` that the page shows."""

    clinic: Clinic
    stamp: str
    at: dt.datetime

    @property
    def hour(self) -> int:
        """Whole hours since 1970: what reply forms are signed with, so that pages stay the same for an hour."""
        return int(self.at.timestamp()) // 3600


def read_site(at: dt.datetime | None = None) -> Site:
    """The clinic and the stamp as of ``at`` (default: now), in one query."""
    at = at or timezone.now()
    stamp = Subquery(newest_public(at).values("hash"))
    clinic = Clinic.objects.annotate(stamp=stamp).first() or Clinic()
    return Site(clinic, getattr(clinic, "stamp", None) or "empty", at)


PublicView = Callable[..., HttpResponse]


def public_page(view: PublicView) -> PublicView:
    """A page that depends on the public stamp and its address alone. The view gets ``(request, site, …)``.

    Answers 304 after the one query of `read_site` to a reader who has the page as it stands.
    """
    return _page(view, is_stamped=True)


def public_list(view: PublicView) -> PublicView:
    """A page that also shows what the stamp does not follow (names of medicines): its ETag is made of what it says."""
    return _page(view, is_stamped=False)


def _page(view: PublicView, *, is_stamped: bool) -> PublicView:
    @csrf_exempt
    @functools.wraps(view)
    def page(request: HttpRequest, *args, **kwargs) -> HttpResponse:
        if request.method not in ("GET", "HEAD"):
            return HttpResponseNotAllowed(["GET", "HEAD"])
        site = read_site()
        if is_stamped:
            tag = stamp_tag(request, clinic=site.clinic, stamp=site.stamp, hour=site.hour)
            response = get_conditional_response(request, etag=tag) or view(request, site, *args, **kwargs)
        else:
            response = view(request, site, *args, **kwargs)
            tag = body_tag(response)
            if response.status_code == 200:
                response = get_conditional_response(request, etag=tag, response=response)
        if response.status_code in (200, 304):
            response["ETag"] = tag
            response["Cache-Control"] = PUBLIC
        return response

    return page


def show(template: str, context: dict, *, site: Site, language: str | None = None, status: int = 200) -> HttpResponse:
    """Render a public page in ``language`` (a leaflet's own, else the site's)."""
    language = language or settings.LANGUAGE_CODE
    with translation.override(language):
        html = render_to_string(
            template, {"clinic": site.clinic, "language": language, "direction": direction(language), **context}
        )
    return HttpResponse(html, status=status)

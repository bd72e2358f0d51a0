"""Which language a page speaks follows from its address: English for the staff, readers' pages as `reading.languages`
says.

Not Django's `LocaleMiddleware`: it looks at cookies and at Accept-Language, and with an unprefixed language of the site
it gives that to the staff's pages as well (Django 5.2). Django's own words for its admin are there in half in Urdu and
Welsh, and ours for the staff in English alone, so the staff's pages are English, from left to right, whatever the site.
"""

from collections.abc import Callable, Iterable, Iterator

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.urls import get_script_prefix
from django.utils import translation
from django.utils.encoding import escape_uri_path

from monographs.reading.languages.addresses import language_and_rest, one_address
from monographs.reading.public import PRIVATE

STAFF_LANGUAGE = "en"


class LanguageOfTheAddress:
    """Activates it for the time of the request, and leads from other ways of writing a language to the one address."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path_info.startswith("/admin/"):
            with translation.override(STAFF_LANGUAGE):
                response = self.get_response(request)
            if response.streaming and not response.is_async:
                response.streaming_content = _spoken(response.streaming_content)
            return response
        if request.method in ("GET", "HEAD") and (instead := one_address(request.path_info)):
            return _led_to(instead, request)
        language, _rest = language_and_rest(request.path_info)
        with translation.override(language or settings.LANGUAGE_CODE):
            return self.get_response(request)


def _led_to(path: str, request: HttpRequest) -> HttpResponse:
    query = request.META.get("QUERY_STRING", "")
    address = f"{get_script_prefix().rstrip('/')}{escape_uri_path(path)}"
    response = HttpResponsePermanentRedirect(f"{address}?{query}" if query else address)
    response["Cache-Control"] = PRIVATE
    return response


def _spoken(parts: Iterable[bytes]) -> Iterator[bytes]:
    """A file for the staff that is made while it is sent, when the request's own language is over."""
    parts = iter(parts)
    while True:
        with translation.override(STAFF_LANGUAGE):
            part = next(parts, None)
        if part is None:
            return
        yield part

"""How a refusal looks at the door: a page in plain words with the right status, never a 500."""

import logging
from collections.abc import Callable

from django.db import IntegrityError, connection
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _

from monographs.audit.context import has_acted
from monographs.audit.record import refusal_of
from monographs.refusals import Busy, Conflict, NoRoom, TooMany
from monographs.trouble import has_hung_up

_log = logging.getLogger(__name__)
_READ = {"utf-8", "utf8", "us-ascii", "ascii"}  # character sets of requests


class RefusalMiddleware:
    """Turns a `Refused` that no view answered into a page that says what happened and what to do next.

    So is what only the database refused, by a constraint or a guard: then the records do not fit together, or a verb
    has a hole, and the log names it.

    A page that only reads is made once more where PostgreSQL ended its connection in the middle: another may well work.
    What writes is never done twice.

    Also gives words to 405 answers, which Django sends empty, keeps those pages of the staff out of caches that Django
    itself doesn't (a refusal, the change of a password), and refuses a request in another character set than UTF-8: in
    some (UTF-7, "hex") what arrives is no text that could be kept, or can't be read at all.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if (request.content_params or {}).get("charset", "utf-8").strip("'\"").lower() not in _READ:
            request.encoding = "utf-8"
            return self._refused(request, _("Please send text as %(charset)s.") % {"charset": "UTF-8"}, 415)
        response = self.get_response(request)
        if response.status_code == 405 and not response.streaming and not response.content:
            response.content = render_to_string("405.html")
        if response.status_code == Busy.status:  # where a view shows the refusal in its own page
            response.headers.setdefault("Retry-After", str(Busy.retry_after))
        if _is_staff_page(request) and "Cache-Control" not in response:
            add_never_cache_headers(response)
        return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        is_read_only = request.method in ("GET", "HEAD") and not has_acted() and not connection.in_atomic_block
        if not (is_read_only and has_hung_up(exception)):
            return self._answer(request, exception)
        connection.close()
        try:
            return _once_more(request)
        except Exception as again:
            if answer := self._answer(request, again):
                return answer
            raise

    def _answer(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        refusal = refusal_of(exception)
        if isinstance(refusal, NoRoom) and request.method in ("GET", "HEAD"):
            return None  # who only reads sent nothing that could be kept: `reading.errors` answers
        if refusal:
            response = self._refused(request, str(refusal), refusal.status, details=refusal.details)
            if isinstance(refusal, TooMany):
                response["Retry-After"] = str(refusal.retry_after)
            return response
        if isinstance(exception, IntegrityError):
            _log.error("The database refused what %s wrote.", request.path, exc_info=exception)
            sentence = _("This does not fit with what is on record, so it was refused.")
            return self._refused(request, sentence, Conflict.status)
        return None

    def _refused(self, request: HttpRequest, sentence: str, status: int, **context: object) -> HttpResponse:
        context = {"sentence": sentence, "is_staff_page": _is_staff_page(request), **context}
        response = render(request, "refused.html", context, status=status)
        if status == Busy.status:
            response["Retry-After"] = str(Busy.retry_after)
        return response


def _once_more(request: HttpRequest) -> HttpResponse:
    view, arguments, named = request.resolver_match
    response = view(request, *arguments, **named)
    return response.render() if hasattr(response, "render") else response


def _is_staff_page(request: HttpRequest) -> bool:
    return request.path.startswith("/admin/")

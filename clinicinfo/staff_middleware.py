"""Middleware that only the staff's pages need: what is known to be a page for patients passes it by.

A public page is made without the request (`monographs.reading.public`), so a session, a log-in or a message could not
get into it; looking for them is left out. An address that is not known to be one, a form of the patients' included,
gets all of them, and so does every request with another method than GET and HEAD.
"""

from collections.abc import Awaitable

from django.contrib.auth.middleware import AuthenticationMiddleware
from django.contrib.messages.middleware import MessageMiddleware
from django.http import HttpRequest, HttpResponse
from django.utils.functional import SimpleLazyObject

from monographs.operations.requests.sessions import StaffSessionMiddleware
from monographs.reading.page_cache.marks import query_names_at
from monographs.staff.sessions.whose import whose


class _PassedBy:
    def __call__(self, request: HttpRequest) -> HttpResponse | Awaitable[HttpResponse]:
        if request.method in ("GET", "HEAD") and query_names_at(request.path_info) is not None:
            return self.get_response(request)
        return super().__call__(request)


class Session(_PassedBy, StaffSessionMiddleware):
    """`StaffSessionMiddleware`."""


class Authentication(_PassedBy, AuthenticationMiddleware):
    """Django's, but ``request.user`` comes with the session."""

    def process_request(self, request: HttpRequest) -> None:
        super().process_request(request)
        request.user = SimpleLazyObject(lambda: whose(request))


class Messages(_PassedBy, MessageMiddleware):
    """Django's: what is said on the next page."""

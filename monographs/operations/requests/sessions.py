"""Sessions of the staff, where the database can't take them at the moment."""

import logging

from django.contrib.sessions.exceptions import SessionInterrupted
from django.contrib.sessions.middleware import SessionMiddleware
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from monographs.audit.record import refusal_of
from monographs.operations.requests.refusals import RefusalMiddleware

_log = logging.getLogger(__name__)


class StaffSessionMiddleware(SessionMiddleware):
    """Django's, but what was done is answered as done.

    A session is written after the view has answered, and a verb's act is on record by then. If the database fails just
    for the session (its disk is full, another writer is too slow, it went away), only the green sentence of success is
    lost. A log-in is nothing without its session, and is refused.
    """

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        try:
            return super().process_response(request, response)
        except (OperationalError, InterfaceError, SessionInterrupted) as error:
            trouble = _trouble(error)
            if not trouble:
                raise
            if request.path not in {reverse("admin:login"), reverse("mfa_authenticate")}:
                _log.error("A session could not be written: %s", trouble)
                return response
            refusal = refusal_of(trouble)
            if not refusal:
                raise
            return RefusalMiddleware(self.get_response).process_exception(request, refusal)


def _trouble(error: BaseException | None) -> OperationalError | InterfaceError | None:
    """Django takes any failure of writing a known session for its removal by somebody else; was it the database's?"""
    while error and not isinstance(error, OperationalError | InterfaceError):
        error = error.__cause__ or error.__context__
    return error

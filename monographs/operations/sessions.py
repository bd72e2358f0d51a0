"""Sessions of the staff, where the database can't take them at the moment."""

import logging

from django.contrib.sessions.exceptions import SessionInterrupted
from django.contrib.sessions.middleware import SessionMiddleware
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from monographs.audit.record import refusal_of
from monographs.refusals import Refused

_log = logging.getLogger(__name__)


class StaffSessionMiddleware(SessionMiddleware):
    """Django's, but what was done is answered as done.

    A session is written after the view has answered, and a verb's act is on record by then. If the disk is full or
    another writer too slow just for the session, only the green sentence of success is lost. A log-in is nothing
    without its session, and fails.
    """

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        try:
            return super().process_response(request, response)
        except (OperationalError, SessionInterrupted) as error:
            reason = _reason(error)
            if not reason:
                raise
            if request.path == reverse("admin:login"):
                raise reason from error
            _log.error("A session could not be written: %s", reason)
            return response


def _reason(error: BaseException | None) -> Refused | None:
    """Django takes any failure of writing a known session for its removal by somebody else; what was it?"""
    while error:
        if refusal := refusal_of(error):
            return refusal
        error = error.__cause__ or error.__context__
    return None

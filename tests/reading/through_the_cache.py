"""A browser that meets the site as a server does: through the page cache, which Django's own test client passes by."""

import contextlib
import datetime as dt
import time

from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from clinicinfo.pages_handler import FormsHandler, PagesHandler
from monographs.audit.public_stamp import PublicStamp, read_stamp
from monographs.operations.requests.as_utf8 import ServerRequest
from monographs.reading.page_cache.layer import PageCache
from monographs.reading.page_cache.stamps import Known, known_at


class StampsAtOnce:
    """Look-ups in the test's own thread and transaction, each time anew; ``fails`` is the database that is away."""

    def __init__(self, read=read_stamp):
        self.read, self.fails, self.last = read, False, None

    def current(self) -> Known | None:
        if self.fails:
            return None
        at = timezone.now()
        self.last = known_at(self.read(at), began=time.monotonic(), at=at)
        return self.last


def fixed(value: str, changes_at: dt.datetime | None = None):
    """A look-up that always finds this."""
    return lambda at: PublicStamp(value, changes_at)


def layer(**options) -> PageCache:
    """The page cache around Django, as `clinicinfo.wsgi` has it."""
    django = WSGIHandler()
    django.request_class = ServerRequest
    usual = {"most_bytes": 10_000_000, "stamps": StampsAtOnce(), "for_pages": PagesHandler()}
    usual |= {"for_forms": FormsHandler()}
    return PageCache(django, **{**usual, **options})


class Reader(Client):
    """Django's test client with the page cache in front; forms go through it, too."""

    def __init__(self, cache: PageCache | None = None, **defaults):
        super().__init__(**defaults)
        self.cache = cache or layer()

    def request(self, **request) -> HttpResponse:
        environ, started = {"HTTP_HOST": "testserver", **self._base_environ(**request)}, []
        with _connection_stays():
            chunks = self.cache(environ, lambda status, headers, exc_info=None: started.append((status, headers)))
            try:
                body = b"".join(chunks)
            finally:
                getattr(chunks, "close", lambda: None)()
        [(status, headers)] = started
        response = HttpResponse(body, status=int(status[:3]))
        del response["Content-Type"]
        for name, value in headers:
            if name.lower() == "set-cookie":
                response.cookies.load(value)
            else:
                response[name] = value
        return response


@contextlib.contextmanager
def _connection_stays():
    """A test's transaction is not a connection that a request left behind."""
    request_started.disconnect(close_old_connections)
    request_finished.disconnect(close_old_connections)
    try:
        yield
    finally:
        request_started.connect(close_old_connections)
        request_finished.connect(close_old_connections)

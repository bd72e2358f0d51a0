"""The layer around a small WSGI application, without Django's pages and without a database."""

import threading
import time
from collections import Counter

from django.http import HttpResponse

from monographs.reading.page_cache.layer import PageCache
from monographs.reading.page_cache.marks import WAS_MADE_OF, as_before, do_not_keep, mark_made_of, mark_page
from monographs.reading.page_cache.pages import Validity
from monographs.reading.page_cache.stamps import Known

BODY = b"<p>Take 5 mg once a day.</p>" * 100


class Stamps:
    """A stamp that a test sets; ``None`` is a database that does not answer."""

    def __init__(self, stamp: str = "first"):
        self.last = None
        self.set(stamp)

    def set(self, stamp: str | None, *, hour: int = 1, day: str = "2026-11-28", changes_at: float = float("inf")):
        self.now = None
        if stamp:
            self.now = self.last = Known(
                Validity(stamp, hour, day),
                began=time.monotonic(),
                at=time.time(),
                until=float("inf"),
                changes_at=changes_at,
            )

    def current(self) -> Known | None:
        return self.now


class Application:
    """Answers every address, counts who was asked for what, and keeps what it was told."""

    def __init__(self):
        self.asked = Counter()
        self.told, self.closed = [], 0
        self.headers = {"Content-Security-Policy": "img-src 'self'; default-src 'none'", "Cache-Control": "public"}
        self.status, self.body, self.marks = 200, BODY, (mark_page,)
        self.gate: threading.Event | None = None
        self.made_of, self.made = "", 0

    def __call__(self, environ, start_response):
        self.asked[environ["PATH_INFO"]] += 1
        self.told.append(environ)
        if self.gate:
            self.gate.wait(10)
        response = as_before() if self.made_of and environ[WAS_MADE_OF] == self.made_of else self._make()
        for mark in self.marks:
            mark(response)
        response.close = self._close  # Django's own looks after the database's connections
        start_response(f"{self.status} Whatever", list(response.items()))
        return response

    def _make(self):
        self.made += 1
        response = HttpResponse(self.body, status=self.status, headers=self.headers)
        mark_made_of(response, self.made_of)
        return response

    def _close(self):
        self.closed += 1


class One:
    """The answer: ``status``, ``headers`` by name in small letters, ``body``."""

    def __init__(self, cache: PageCache, path: str = "/page/", method: str = "GET", query: str = "", **environ: str):
        asked = {
            "REQUEST_METHOD": method,
            "PATH_INFO": path,
            "QUERY_STRING": query,
            "SCRIPT_NAME": "",
            "SERVER_NAME": "clinic.example",
            "SERVER_PORT": "8000",
            "SERVER_PROTOCOL": "HTTP/1.1",
            "HTTP_HOST": "clinic.example",
            "wsgi.url_scheme": "http",
            **environ,
        }
        self.environ = asked
        chunks = cache(asked, self._start)
        self.body = b"".join(chunks)

    def _start(self, status, headers, exc_info=None):
        self.status = int(status[:3])
        self.headers = {name.lower(): value for name, value in headers}
        assert len(self.headers) == len(headers), "a header twice"


def around(application: Application, stamps: Stamps | None = None, *, most_bytes: int = 1_000_000) -> PageCache:
    """Every path but those under /admin/ is a public page that uses ``answer``."""
    names = frozenset({"answer"})
    return PageCache(
        application,
        most_bytes=most_bytes,
        stamps=stamps or Stamps(),
        query_names_at=lambda path: None if path.startswith("/admin/") else names,
    )


one_of_many = do_not_keep

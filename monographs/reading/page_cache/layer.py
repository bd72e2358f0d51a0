"""The layer itself: which requests it answers, what it keeps, and who renders a page that several want at once.

What it leaves alone goes to Django as it came: other methods than GET and HEAD, requests with a body, and every address
that is not one of the public pages (`reading.public.public_page`). A form that a reader sends is told the public stamp
(`marks.readers_form`). So nothing of the staff's is touched, and addresses
that do not exist fill nothing. ``Range`` is not honoured, as before: whoever asks for a part gets the whole (RFC 9110
section 14.2).
"""

import threading
from collections.abc import Callable, Iterable

from django.conf import settings
from django.core.handlers.wsgi import get_path_info

from monographs.reading.page_cache.marks import MADE_UNDER, query_names_at, readers_form_at
from monographs.reading.page_cache.pages import Environ, Headers, Page, StartResponse, Validity, uses
from monographs.reading.page_cache.rendering import Application, Rendered
from monographs.reading.page_cache.stamps import Known, Stamps
from monographs.reading.page_cache.store import Address, Store

PATIENCE = 1.0  # seconds that a reader waits for another's rendering of the same page, before its own patience begins
_LONGEST_QUERY = 500  # characters
_USUAL_PORTS = {"", "80", "443"}


class Flight:
    """One rendering on its way, and what those who wait for it get: None if it may not be kept."""

    def __init__(self):
        self.has_landed = threading.Event()
        self.page: Page | None = None


class PageCache:
    """A WSGI application around another. ``most_bytes`` bounds what one process keeps. ``for_pages`` is asked for pages
    in its place, and ``for_forms`` given what readers send: applications that answer these as the other would.

    ``query_names_at`` says of a path which names of the query its page uses, or None where no public page can be.
    """

    def __init__(
        self,
        application: Application,
        *,
        most_bytes: int,
        for_pages: Application | None = None,
        for_forms: Application | None = None,
        stamps: Stamps | None = None,
        query_names_at: Callable[[str], frozenset[str] | None] = query_names_at,
    ):
        self.application, self._for_pages = application, for_pages or application
        self._for_forms = for_forms or application
        self.store = Store(most_bytes)
        self.stamps = stamps or Stamps()
        self._query_names_at = query_names_at
        self._flights: dict[tuple[Address, Validity], Flight] = {}
        self._lock = threading.Lock()
        self._proxy_header, self._https = settings.SECURE_PROXY_SSL_HEADER or ("", "")

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        known = self.known(environ, start_response)
        return self._find(environ, start_response) if known is None else known

    def known(self, environ: Environ, start_response: StartResponse) -> list[bytes] | None:
        """The answer, if it is a page that is kept and holds. Else None, and ``start_response`` was not called.

        Of ``environ`` it needs the method, scheme, mount, path, query and the headers of the request.
        """
        if not _may_be_a_page(environ):
            return None
        query, address = environ.get("QUERY_STRING", ""), self._address_of(environ)
        page = self.store.get(address)
        if not page or (query and page.uses(query)):
            return None
        known = self.stamps.current()
        if known and known.validity == page.validity:
            return self._answer(address, page, environ, start_response)
        if not known and self._still_holds(page, self.stamps.last):
            return page.answer(environ, start_response, _marks(self.stamps.last))
        return None

    def _address_of(self, environ: Environ) -> Address:
        scheme = environ["wsgi.url_scheme"]
        if self._proxy_header and (told := environ.get(self._proxy_header)) is not None:
            scheme = "https" if told.partition(",")[0].strip() == self._https else "http"  # as Django reads it
        return scheme, environ.get("HTTP_HOST", ""), environ.get("SCRIPT_NAME", ""), environ.get("PATH_INFO", "")

    def _answer(self, address: Address, page: Page, environ: Environ, start_response: StartResponse) -> list[bytes]:
        answer = page.answer(environ, start_response)
        if page.has_grown:
            self.store.put(address, page)
        return answer

    def _still_holds(self, page: Page, known: Known | None) -> bool:
        """Whether nothing public is known to have happened since the page was made: only its hour or day went by."""
        return bool(known) and page.validity.stamp == known.validity.stamp and not known.is_overtaken()

    # --- A page that is not known, or not as it stands now ---

    def _find(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        names = self._query_names_at(get_path_info(environ)) if _may_be_a_page(environ) else None
        if names is None:
            return self._left_alone(environ, start_response)
        query = environ.get("QUERY_STRING", "")
        is_plain = not query or not uses(query, names)
        known = self.stamps.current() if is_plain and _is_usual_host(environ) else None
        if not known:
            rendered = self._render(environ, query=query)
            if not rendered.is_page:
                return self._refused(rendered, environ, start_response)
            return rendered.page(names, None).answer(environ, start_response)
        address = self._address_of(environ)
        old = self.store.get(address)
        page, rendered = self._render_once(address, known.validity, names, environ)
        if page:
            return self._answer(address, page, environ, start_response)
        if rendered.is_page:
            return rendered.page(names, None).answer(environ, start_response)
        if rendered.status >= 500 and old and self._still_holds(old, known):
            return old.answer(environ, start_response, _marks(known))
        return self._refused(rendered, environ, start_response)

    def _left_alone(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        if environ["REQUEST_METHOD"] != "POST" or not readers_form_at(get_path_info(environ)):
            return self.application(environ, start_response)
        known = self.stamps.current()
        environ[MADE_UNDER] = known.validity.stamp if known else ""
        return self._for_forms(environ, start_response)

    def _render_once(
        self, address: Address, validity: Validity, names: frozenset[str], environ: Environ
    ) -> tuple[Page | None, Rendered | None]:
        """The page, rendered by one of those who want it now; where it may not be kept, by each, side by side."""
        with self._lock:
            flight = self._flights.get((address, validity))
            is_first = flight is None
            if is_first:
                flight = self._flights[address, validity] = Flight()
        if not is_first:
            flight.has_landed.wait(PATIENCE)
            return (flight.page, None) if flight.page else self._rendered(address, validity, names, environ)
        try:
            flight.page, rendered = self._rendered(address, validity, names, environ)
            return flight.page, rendered
        finally:
            with self._lock:
                del self._flights[address, validity]
            flight.has_landed.set()

    def _rendered(
        self, address: Address, validity: Validity, names: frozenset[str], environ: Environ
    ) -> tuple[Page | None, Rendered]:
        old = self.store.get(address)
        was_made_of = old.made_of if old and old.is_of_the_time(validity) else ""
        rendered = self._render(environ, stamp=validity.stamp, was_made_of=was_made_of)
        if rendered.is_as_before:
            page, page.validity = old, validity
        elif rendered.may_be_kept:
            page = rendered.page(names, validity)
        else:
            return None, rendered
        self.store.put(address, page)
        return page, rendered

    def _render(self, environ: Environ, **how: str) -> Rendered:
        return Rendered(self._for_pages, environ, proxy_header=self._proxy_header, **how)

    def _refused(self, rendered: Rendered, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        """What is no page. Where the site leads elsewhere, the whole question counts: it may go into the answer."""
        if 300 <= rendered.status < 400:
            return self.application(environ, start_response)
        return rendered.send(environ, start_response)


def _may_be_a_page(environ: Environ) -> bool:
    if environ["REQUEST_METHOD"] not in ("GET", "HEAD") or _has_body(environ):
        return False
    return len(environ.get("QUERY_STRING", "")) <= _LONGEST_QUERY


def _has_body(environ: Environ) -> bool:
    return environ.get("CONTENT_LENGTH", "") not in ("", "0") or "HTTP_TRANSFER_ENCODING" in environ


def _is_usual_host(environ: Environ) -> bool:
    """Django takes a host with any port; only the usual ones count here, or a page could be kept 65,535 times."""
    host = environ.get("HTTP_HOST", "")
    port = host.rpartition(":")[2] if ":" in host and not host.endswith("]") else ""
    # In small letters, as browsers send it: Django takes any, and each spelling would be kept.
    return bool(host) and host == host.lower() and port in {*_USUAL_PORTS, environ.get("SERVER_PORT")}


def _marks(known: Known) -> Headers:
    """What says that the page may have been overtaken (RFC 9211; RFC 9111 section 5.1): how many seconds ago it was
    last known to hold."""
    age = int(known.age())
    return [("Age", str(age)), ("Cache-Status", f'clinicinfo; hit; ttl=-{age}; detail="database does not answer"')]

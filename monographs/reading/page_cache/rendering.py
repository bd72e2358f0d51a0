"""Asking the application for a page, with nothing of the reader in the question."""

import io
from collections.abc import Callable, Iterable

from monographs.reading.page_cache.encodings import IDENTITY, chosen, compress
from monographs.reading.page_cache.marks import (
    MADE_UNDER,
    WAS_MADE_OF,
    is_as_before,
    is_public_page,
    made_of,
    may_be_kept,
)
from monographs.reading.page_cache.pages import Environ, Headers, Page, StartResponse, Validity

Application = Callable[[Environ, StartResponse], Iterable[bytes]]

# All that a public page may depend on. No cookie, no address of a reader, no word of a browser.
_HANDED_ON = {"SERVER_NAME", "SERVER_PORT", "SERVER_PROTOCOL", "SCRIPT_NAME", "PATH_INFO", "HTTP_HOST"}
_SHORT = 500  # bytes of an answer that is not compressed
_TELL_READERS_APART = {"set-cookie", "www-authenticate"}


class Rendered:
    """What the application answered to a GET of this address with this query; ``stamp`` and ``was_made_of`` are
    `marks.MADE_UNDER` and `marks.WAS_MADE_OF`."""

    def __init__(
        self,
        application: Application,
        environ: Environ,
        *,
        query: str = "",
        proxy_header: str = "",
        stamp: str = "",
        was_made_of: str = "",
    ):
        asked = {
            name: value
            for name, value in environ.items()
            if name in _HANDED_ON or name == proxy_header or name.startswith("wsgi.")
        }
        asked |= {"REQUEST_METHOD": "GET", "QUERY_STRING": query, "wsgi.input": io.BytesIO()}
        asked |= {MADE_UNDER: stamp, WAS_MADE_OF: was_made_of}
        response = application(asked, self._start)
        try:
            self.body = b"".join(response)
        finally:
            if hasattr(response, "close"):
                response.close()
        self.is_page = self.status == 200 and is_public_page(response) and not self._tells_readers_apart()
        self.may_be_kept = self.is_page and may_be_kept(response)
        self.is_as_before = bool(was_made_of) and is_as_before(response)
        self._made_of = made_of(response)

    def _start(self, status: str, headers: Headers, exc_info: object = None) -> None:
        self.status_line, self.headers = status, list(headers)
        self.status = int(status[:3])

    def _tells_readers_apart(self) -> bool:
        named = {name.lower(): value.lower() for name, value in self.headers}
        return bool(named.keys() & _TELL_READERS_APART) or named.get("vary", "accept-encoding") != "accept-encoding"

    def page(self, query_names: frozenset[str], validity: Validity | None) -> Page:
        return Page(self.headers, self.body, query_names=query_names, validity=validity, made_of=self._made_of)

    def send(self, environ: Environ, start_response: StartResponse) -> list[bytes]:
        """Hand on what is no page for everybody: an address that does not exist, a failure."""
        body, headers = self.body, list(self.headers)
        if len(body) > _SHORT and not any(name.lower() == "content-encoding" for name, _value in headers):
            encoding = chosen(environ.get("HTTP_ACCEPT_ENCODING", ""))
            body = compress(body, encoding)
            headers = [(name, value) for name, value in headers if name.lower() not in ("content-length", "vary")]
            headers += [("Content-Length", str(len(body))), ("Vary", "Accept-Encoding")]
            if encoding != IDENTITY:
                headers.append(("Content-Encoding", encoding))
        start_response(self.status_line, headers)
        return [body] if environ["REQUEST_METHOD"] == "GET" else []

"""One page as bytes, and how it answers a request: encodings, ETags, 304, HEAD."""

import functools
import hashlib
import re
from collections.abc import Callable
from http.client import responses
from typing import NamedTuple
from urllib.parse import unquote_plus

from monographs.reading.page_cache.encodings import IDENTITY, chosen, compress, decompress

Environ = dict[str, object]
StartResponse = Callable[..., object]
Headers = list[tuple[str, str]]

_OVERHEAD = 2_000  # bytes that a page takes beside its bodies: headers, tags, its place in the store
_LONGEST_CONDITION = 4_000  # characters of If-None-Match
_OF_THE_BODY = {"content-length", "content-encoding", "content-type", "etag", "vary"}
_TAG = re.compile(r'(W/)?("[^"]*")')


class Validity(NamedTuple):
    """What a kept page depends on beside its address: two pages of one validity and address are the same page.

    ``hour`` is that of the reply form's token, ``day`` the date in the site's time zone, which overdue notices follow.
    """

    stamp: str
    hour: int
    day: str


def uses(query: str, names: frozenset[str]) -> bool:
    """Whether a query string has a field of one of these names."""
    return any(unquote_plus(part.partition("=")[0]) in names for part in query.split("&"))


class Representation(NamedTuple):
    """A page in one encoding, finished: of ``headers`` the first ``shared`` go into a 304, too."""

    body: bytes
    tag: str
    headers: Headers
    shared: int


class Page:
    """A page as it was made once: headers, and a body in each encoding that somebody asked for.

    Safe for several threads: what they make twice is the same. ``query_names`` are the names of the query that the
    page depends on; ``validity`` is None where it must not be kept; ``made_of`` is `marks.made_of`.
    """

    __slots__ = (
        "_content_type", "_finished", "_headers", "_plain", "has_grown", "made_of", "query_names", "validity",
        "was_asked_for",
    )  # fmt: skip

    def __init__(
        self,
        headers: Headers,
        body: bytes,
        *,
        query_names: frozenset[str],
        validity: Validity | None,
        made_of: str = "",
    ):
        self.query_names, self.validity, self.made_of = query_names, validity, made_of
        self._content_type = [_pair(name, value) for name, value in headers if name.lower() == "content-type"]
        self._headers = [_pair(name, value) for name, value in headers if name.lower() not in _OF_THE_BODY]
        self._headers.append(_pair("Vary", "Accept-Encoding"))
        self._plain: bytes | None = body  # until somebody has asked for a compressed one
        self._finished: dict[str, Representation] = {}  # what was asked for
        self.has_grown = False  # since it was weighed
        self.was_asked_for = False  # since the store last looked

    @property
    def weight(self) -> int:
        """The memory it takes, in bytes."""
        bodies = (known.body for known in list(self._finished.values()))
        return _OVERHEAD + len(self._plain or b"") + sum(map(len, bodies))

    def is_of_the_time(self, validity: Validity) -> bool:
        """Whether it was made for the same hour and day."""
        return bool(self.validity) and self.validity[1:] == validity[1:]

    def uses(self, query: str) -> bool:
        """Whether this query string makes it another page."""
        return uses(query, self.query_names)

    def answer(self, environ: Environ, start_response: StartResponse, marks: Headers = []) -> list[bytes]:  # noqa: B006
        """Answer a GET or HEAD. ``marks`` are further headers, of this answer and not of the page."""
        encoding = chosen(environ.get("HTTP_ACCEPT_ENCODING", ""))
        body, tag, headers, shared = self._finished.get(encoding) or self._begin(encoding)
        if "HTTP_IF_MATCH" in environ and not _is_named(tag, environ["HTTP_IF_MATCH"], is_strong=True):
            return _without_body(412, [*headers[:shared], *marks], start_response)
        if "HTTP_IF_NONE_MATCH" in environ and _is_named(tag, environ["HTTP_IF_NONE_MATCH"]):
            return _without_body(304, [*headers[:shared], *marks], start_response)
        start_response("200 OK", [*headers, *marks])  # a list of its own: the server may change it (PEP 3333)
        return [body] if environ["REQUEST_METHOD"] == "GET" else []

    def _begin(self, encoding: str) -> Representation:
        """The page in an encoding that nobody asked for yet: compressed now.

        The plain bytes are let go when only compressed ones are wanted: three pages then fit where one did.
        """
        plain = self._plain  # another thread may let it go now
        if plain is None:
            plain = self._unpacked()
        known = self._finished[encoding] = self._finish(compress(plain, encoding), encoding)
        self._plain = None
        self.has_grown = True
        return known

    def _unpacked(self) -> bytes:
        encoding, known = next(iter(list(self._finished.items())))
        return decompress(known.body, encoding)

    def _finish(self, body: bytes, encoding: str) -> Representation:
        tag = self._tag(body)
        headers = [*self._headers, ("ETag", tag), *self._content_type, ("Content-Length", str(len(body)))]
        if encoding != IDENTITY:
            headers.append(_pair("Content-Encoding", encoding))
        return Representation(body, tag, headers, shared=len(self._headers) + 1)

    def _tag(self, body: bytes) -> str:
        """A strong tag, for these bytes under these headers (RFC 9110 section 8.8.3): a proxy that is told "304" keeps
        the headers it has, so a page whose headers changed must have another."""
        digest = hashlib.sha256(repr((self._headers, self._content_type)).encode())
        digest.update(body)
        return f'"{digest.hexdigest()[:27]}"'


@functools.lru_cache(maxsize=256)
def _pair(name: str, value: str) -> tuple[str, str]:
    """One header. Pages share those that are alike: a thousand copies would each be fetched from far memory."""
    return name, value


def _is_named(tag: str, condition: str, *, is_strong: bool = False) -> bool:
    """Whether a list of tags, or ``*``, names this one. A tag called weak counts unless the comparison is strong
    (RFC 9110 section 8.8.3.2)."""
    if condition == tag or condition.strip() == "*":
        return True
    if len(condition) > _LONGEST_CONDITION:
        return False
    return any(known == tag and not (is_strong and weak) for weak, known in _TAG.findall(condition))


def _without_body(status: int, headers: Headers, start_response: StartResponse) -> list[bytes]:
    if status != 304:
        headers = [*headers, ("Content-Length", "0")]
    start_response(f"{status} {responses[status]}", headers)
    return []

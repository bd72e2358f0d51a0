"""A known page without the rest of the server's way: what gunicorn makes of a request for an application that may be
any, and checks in the answer of one it does not know, costs more than a page that is kept finished.

gunicorn still reads and judges the request; only what comes after is left out, and only where nothing of it is needed.
The answer is the same to the letter (`tests/operations/test_at_once.py` compares them).
"""

from collections.abc import Callable

from gunicorn import util
from gunicorn.http.message import Request
from gunicorn.http.wsgi import SERVER

Known = Callable[[dict, Callable], "list[bytes] | None"]
"""As a WSGI application, but None, and nothing said, where it has no finished answer."""

_UNUSUAL = {"CONTENT-LENGTH", "TRANSFER-ENCODING", "SCRIPT_NAME", "PATH_INFO", "EXPECT"}  # gunicorn acts on these


def answer_at_once(known: Known, req: Request) -> bytes | None:
    """The bytes that answer a plain GET or HEAD on a connection that is kept; None where gunicorn is to answer."""
    environ = _plain_environ(req)
    if environ is None:
        return None
    told: list = []
    body = known(environ, lambda *status_and_headers: told.extend(status_and_headers))
    if body is None:
        return None
    status, headers = told
    lines = [
        f"HTTP/1.1 {status}",
        f"Server: {SERVER}",
        f"Date: {util.http_date()}",
        "Connection: keep-alive",
        *(f"{name}: {value}" for name, value in headers),
    ]
    return b"".join([("\r\n".join(lines) + "\r\n\r\n").encode("latin-1"), *body])


def _plain_environ(req: Request) -> dict[str, str] | None:
    """What a known page depends on (PEP 3333's names); None for a request that is more than plain."""
    if req.method not in ("GET", "HEAD") or req.version != (1, 1) or req.should_close():
        return None
    if "%" in req.path:
        return None
    environ = {
        "REQUEST_METHOD": req.method,
        "wsgi.url_scheme": req.scheme,
        "SCRIPT_NAME": "",
        "PATH_INFO": req.path,
        "QUERY_STRING": req.query,
    }
    for name, value in req.headers:
        key = "HTTP_" + name.replace("-", "_")
        if name in _UNUSUAL or key in environ:  # said twice: gunicorn puts them together
            return None
        environ[key] = value
    return environ

"""No framework at all on the same server: an empty answer, and one with the headers and bytes of a page."""

from collections.abc import Callable

_HEADERS = [
    ("Cache-Control", "public, max-age=0, must-revalidate"),
    ("X-Frame-Options", "DENY"),
    ("Content-Security-Policy", "; ".join(f"{name}-src 'self'" for name in ("default", "img", "script", "style"))),
    ("X-Content-Type-Options", "nosniff"),
    ("Referrer-Policy", "same-origin"),
    ("Cross-Origin-Opener-Policy", "same-origin"),
    ("Vary", "Accept-Encoding"),
    ("ETag", '"25e03ace9fcdde7d7a36feb7ded"'),
    ("Content-Type", "text/html; charset=utf-8"),
    ("Content-Encoding", "gzip"),
]  # fmt: skip


def application(environ: dict, start_response: Callable[..., object]) -> list[bytes]:
    """``/3000/`` is a page of 3,000 bytes; any other address is empty."""
    size = environ["PATH_INFO"].strip("/")
    body = bytes(int(size)) if size.isdigit() else b""
    start_response("200 OK", [*(_HEADERS if body else []), ("Content-Length", str(len(body)))])
    return [body]

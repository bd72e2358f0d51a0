"""How long a cache in front of the site (`deploy/nginx.conf`) may show a public page by itself.

Until the second ends in which the site looked up what holds. So the site's own page cache and nginx together are never
more than one second behind, whoever answers, and a page that many people read costs one request a second.
"""

import time
from collections.abc import Callable, Iterable

StartResponse = Callable[..., object]


class KeptByProxy:
    """A WSGI application around another: gives public pages ``X-Accel-Expires: @SECOND``, which nginx takes off again.

    ``looked_at`` gives the instant, in seconds since 1970, whose state the next answer shows or a later one does;
    without a page cache that is now. The clocks of the two machines must agree, if they are two: by as much as nginx's
    is behind, pages are shown longer.
    """

    def __init__(self, application: Callable, *, looked_at: Callable[[], float] = time.time):
        self._application, self._looked_at = application, looked_at

    def __call__(self, environ: dict, start_response: StartResponse) -> Iterable[bytes]:
        return self._application(environ, self._telling(start_response))

    def known(self, environ: dict, start_response: StartResponse) -> list[bytes] | None:
        """As the application's own (`reading.page_cache.layer.PageCache.known`)."""
        return self._application.known(environ, self._telling(start_response))

    def _telling(self, start_response: StartResponse) -> StartResponse:
        second = int(self._looked_at())  # before the page is made

        def start(status: str, headers: list[tuple[str, str]], exc_info: object = None) -> object:
            if _may_be_kept(status, dict(headers)):
                # First: nginx 1.22 does not believe it after a Cache-Control that says no.
                headers = [("X-Accel-Expires", f"@{second}"), *headers]
            return start_response(status, headers, *([exc_info] if exc_info else []))

        return start


def _may_be_kept(status: str, named: dict[str, str]) -> bool:
    """A page: public, but never without asking whether it still holds; so no picture. Names of headers are spelt as
    Django does.

    Not if it says that it may have been overtaken: nginx would go on saying so after each later 304.
    """
    control = named.get("Cache-Control", "")
    if not (control.startswith("public") and "max-age=0" in control):
        return False
    return status.startswith("304") or (status.startswith("200") and "Cache-Status" not in named)

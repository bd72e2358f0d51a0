"""Django as the page cache asks it for a page, or hands it a form that a reader sent: with the middleware alone that
either needs.

The cache asks for addresses of public pages only, by GET, without a reader's cookies, address or headers
(`monographs.reading.page_cache.rendering`). What looks for a session, a form's token, a file or the encodings of a
browser finds nothing there; each of them would cost every page a part of what the page itself costs. Nor is a reader's
form a file, has a session or Django's own token (`marks.readers_form`).
"""

from collections.abc import Callable

from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.http import HttpRequest
from django.urls import ResolverMatch

from monographs.operations.requests.as_utf8 import ServerRequest
from monographs.reading.page_cache.marks import public_page_at, readers_form_at

_IS_NO_READERS = {
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "clinicinfo.staff_middleware.Session",
    "django.middleware.csrf.CsrfViewMiddleware",
    "clinicinfo.staff_middleware.Authentication",
    "allauth.account.middleware.AccountMiddleware",
    "clinicinfo.staff_middleware.Messages",
}
_FINDS_NOTHING = {
    *_IS_NO_READERS,
    "django.middleware.gzip.GZipMiddleware",
    "monographs.operations.requests.field_limits.FieldLimitMiddleware",  # the cache takes no query so long, and no body
}


class PagesHandler(WSGIHandler):
    """Django's, with all other middleware of the settings."""

    request_class = ServerRequest
    left_out = _FINDS_NOTHING
    known_at: Callable[[str], ResolverMatch | None] = staticmethod(public_page_at)

    def load_middleware(self, is_async: bool = False) -> None:
        """Called once, before any request."""
        everything = settings.MIDDLEWARE
        settings.MIDDLEWARE = [name for name in everything if name not in self.left_out]
        try:
            super().load_middleware(is_async)
        finally:
            settings.MIDDLEWARE = everything

    def resolve_request(self, request: HttpRequest) -> ResolverMatch:
        """Django's, of addresses at which the cache has found a page or a form already."""
        request.resolver_match = match = self.known_at(request.path_info) or super().resolve_request(request)
        return match


class FormsHandler(PagesHandler):
    """The same for a form that a reader sent: with its fields counted, and a page that is told of it compressed."""

    left_out = _IS_NO_READERS
    known_at = staticmethod(readers_form_at)

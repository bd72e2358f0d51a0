"""What browsers may do with our pages: one Content-Security-Policy for all of them (W3C, CSP Level 3)."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

HEADER = "Content-Security-Policy"


class BrowserPolicyMiddleware:
    """Writes the policy of the settings (`CONTENT_SECURITY_POLICY`, directive → sources) into every answer.

    It is the same for all answers, so it is put together once. Django's own pages for programmers, which have styles in
    them, go without (404 and 500 while DEBUG is on).
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response
        directives = settings.CONTENT_SECURITY_POLICY.items()
        self.policy = "; ".join(sorted(f"{directive} {sources}" for directive, sources in directives))

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if not (settings.DEBUG and response.status_code in (404, 500)):
            response.headers.setdefault(HEADER, self.policy)
        return response

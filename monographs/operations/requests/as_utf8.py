"""Requests as a server hands them to Django, read as UTF-8 whatever character set they claim to be in."""

from django.core.handlers.asgi import ASGIRequest
from django.core.handlers.wsgi import WSGIRequest
from django.utils.http import parse_header_parameters


class _ReadAsUtf8:
    """Django would decode with any codec that Python knows: "hex" fails before a view or middleware could answer.

    `RefusalMiddleware` tells the sender; here nothing is refused.
    """

    def _set_content_type_params(self, meta: dict[str, str]) -> None:
        self.content_type, self.content_params = parse_header_parameters(meta.get("CONTENT_TYPE", ""))


class ServerRequest(_ReadAsUtf8, WSGIRequest):
    """For `clinicinfo.wsgi`."""


class AsyncServerRequest(_ReadAsUtf8, ASGIRequest):
    """For `clinicinfo.asgi`."""

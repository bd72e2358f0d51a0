"""Of the current request: its network address, for the ledger, and whether an act of it is on record."""

from collections.abc import Callable
from contextvars import ContextVar

from django.conf import settings
from django.http import HttpRequest, HttpResponse

current_address: ContextVar[str] = ContextVar("current_address", default="")
_has_acted: ContextVar[bool] = ContextVar("has_acted", default=False)


def note_act() -> None:
    """An act is on record now. Told by `audit.record.act`, after the commit."""
    _has_acted.set(True)


def has_acted() -> bool:
    """Whether this request has put anything on record: then nobody may be told that nothing was done."""
    return _has_acted.get()


def client_address(request: HttpRequest) -> str:
    """The client's address: the connection's own, or the one that the last trusted proxy saw.

    With ``TRUSTED_PROXIES = n`` it is the n-th address from the right of X-Forwarded-For; what stands
    further left was written by the client and is not believed.
    """
    told = request.META.get("HTTP_X_FORWARDED_FOR", "")  # `request.headers` would read all of them for this one
    hops = [hop.strip() for hop in told.split(",") if hop.strip()]
    if settings.TRUSTED_PROXIES and len(hops) >= settings.TRUSTED_PROXIES:
        return hops[-settings.TRUSTED_PROXIES]
    return request.META.get("REMOTE_ADDR", "")


class AddressMiddleware:
    """Makes the client's address known to `audit.record` while a request is answered, and begins with no act done."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        address, acted = current_address.set(client_address(request)[:45]), _has_acted.set(False)
        try:
            return self.get_response(request)
        finally:
            current_address.reset(address)
            _has_acted.reset(acted)

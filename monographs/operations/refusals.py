"""How a refusal looks at the door: a page in plain words with the right status, never a 500."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from monographs.refusals import Refused


class RefusalMiddleware:
    """Turns a `Refused` that no view answered into a page that says what happened and what to do next."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, Refused):
            return None
        context = {
            "sentence": str(exception),
            "details": exception.details,
            "is_staff_page": request.path.startswith("/admin/"),
        }
        return render(request, "refused.html", context, status=exception.status)

"""How large a request may be, and how many fields it may have: few at the patients' doors, at the staff's as many as a
leaflet's form needs."""

from collections.abc import Callable
from urllib.parse import parse_qsl

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent
from django.http import HttpRequest, HttpResponse
from django.http.request import UnreadablePostError
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from monographs.leaflets.form_size import MOST_FIELDS, MOST_PARTS, MOST_PUBLIC_FIELDS

MOST_BYTES = 16 * 1024 * 1024
"""Of a request: more than the largest picture (`admin.frame.images.LARGEST_FILE`), which is told of its own limit.
`deploy/nginx.conf` has the same."""


class FieldLimitMiddleware:
    """Refuses what is too large or has too many fields before anything of it is read.

    Django has one limit for all addresses (`DATA_UPLOAD_MAX_NUMBER_FIELDS`), which the staff's largest form decides.
    A form that is larger still is answered with a sentence and the words that were typed into it.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        is_staff_page = request.path.startswith("/admin/")
        if _length(request) > MOST_BYTES:
            return _too_large(request, is_staff_page=is_staff_page)
        most = MOST_FIELDS if is_staff_page else MOST_PUBLIC_FIELDS
        if request.META.get("QUERY_STRING", "").count("&") >= most:
            raise TooManyFieldsSent(f"More than {most} fields in an address.")
        if request.method != "POST":
            return self.get_response(request)
        try:
            count = _fields_of(request)
        except (RequestDataTooBig, UnreadablePostError):
            return self.get_response(request)  # is answered where somebody reads it
        if count > most and is_staff_page:
            return _too_many(request, count)
        if count > most:
            raise TooManyFieldsSent(f"More than {most} fields in a form.")
        return self.get_response(request)


def _length(request: HttpRequest) -> int:
    told = request.META.get("CONTENT_LENGTH") or "0"
    return int(told) if told.isascii() and told.isdigit() else 0  # Django reads nothing then


def _too_large(request: HttpRequest, *, is_staff_page: bool) -> HttpResponse:
    """413; what was sent stays unread, so nobody can fill the memory or the disk with it."""
    sentence = _("What was sent is larger than %(size)s MB, so it was not taken.") % {"size": MOST_BYTES // 1024**2}
    context = {"sentence": sentence, "is_staff_page": is_staff_page}
    return HttpResponse(render_to_string("refused.html", context), status=413)  # with the request it would be read


def _fields_of(request: HttpRequest) -> int:
    if request.content_type == "application/x-www-form-urlencoded":
        return request.body.count(b"&") + 1
    if request.content_type == "multipart/form-data" and not request.path.startswith("/admin/"):
        return request.body.lower().count(b"content-disposition:")
    return 0  # the staff's pictures are not read into memory; Django counts the fields beside them


def _too_many(request: HttpRequest, count: int) -> HttpResponse:
    """400, and the longer texts that were sent, to be copied."""
    sentence = _(
        "This form has %(count)s fields; at most %(most)s can be sent at once, and a leaflet can have %(parts)s "
        "sections and %(parts)s sources."
    ) % {"count": f"{count:,}", "most": f"{MOST_FIELDS:,}", "parts": MOST_PARTS}
    posted = parse_qsl(request.body.decode(errors="replace")) if count <= 10 * MOST_FIELDS else []
    texts = [
        value for name, value in posted if "password" not in name.lower() and (len(value) > 24 or " " in value.strip())
    ]
    context = {"sentence": sentence, "is_staff_page": True, "texts": texts}
    return render(request, "admin/too_many_fields.html", context, status=400)

"""The symbols of easy-read leaflets, each under its name."""

import hashlib

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_safe

from monographs.text.markup.rules.symbols import NAMES, drawing


@require_safe
def symbol(request: HttpRequest, name: str) -> HttpResponse:
    """One drawing. It never changes (`text.markup.rules.symbols`), so browsers may keep it for a year."""
    if name not in NAMES:
        raise Http404
    data = drawing(name)
    tag = f'"{hashlib.sha256(data).hexdigest()}"'
    response = get_conditional_response(request, etag=tag, response=HttpResponse(data, content_type="image/svg+xml"))
    response["ETag"] = tag
    response["Cache-Control"] = "public, max-age=31536000, immutable"
    return response

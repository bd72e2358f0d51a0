"""Pictures in leaflets: only what our own upload made, under a name made of its bytes."""

import re

from django.core.files.storage import default_storage
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_safe

TYPES = {"png": "image/png", "jpg": "image/jpeg", "webp": "image/webp"}


@require_safe
def image(request: HttpRequest, path: str) -> HttpResponse:
    """A picture by its SHA-256. The name changes with the bytes, so browsers may keep it for a year."""
    name = re.fullmatch(r"leaflet-images/([0-9a-f]{64})\.(png|jpg|webp)", path)
    if not name:
        raise Http404
    try:
        with default_storage.open(path) as file:
            data = file.read()
    except FileNotFoundError as error:
        raise Http404 from error
    tag = f'"{name[1]}"'
    response = get_conditional_response(request, etag=tag, response=HttpResponse(data, content_type=TYPES[name[2]]))
    response["ETag"] = tag
    response["Cache-Control"] = "public, max-age=31536000, immutable"
    return response

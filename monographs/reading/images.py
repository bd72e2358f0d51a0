"""Pictures in leaflets: only what our own upload made, under a name made of its bytes, and only all of it."""

from pathlib import Path

from django.core.files.storage import default_storage
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_safe

from monographs.files.digests import Checked, NotWhole
from monographs.files.pictures import TYPES, PictureName

_checked = Checked()


@require_safe
def image(request: HttpRequest, path: str) -> HttpResponse:
    """A picture by its SHA-256. The name changes with the bytes, so browsers may keep it for a year.

    One that was cut is as good as missing: its alternative text is read, and the next visit finds it mended.
    """
    name = PictureName.parse(path)
    if not name:
        raise Http404
    try:
        data = _checked.read(Path(default_storage.path(path)), name.digest)
    except (FileNotFoundError, NotWhole) as error:
        raise Http404 from error
    tag = f'"{name.digest}"'
    response = get_conditional_response(request, etag=tag, response=HttpResponse(data, content_type=TYPES[name.ending]))
    response["ETag"] = tag
    response["Cache-Control"] = "public, max-age=31536000, immutable"
    return response

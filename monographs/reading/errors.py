"""When there is no such page: help rather than a dead end."""

from urllib.parse import unquote

from django.http import HttpRequest, HttpResponse

from monographs.reading.caching import PRIVATE
from monographs.reading.index import alphabet
from monographs.reading.public import read_site, show
from monographs.search.names import nearest

_OUR_WORDS = {"leaflets", "a-z", "search", "versions", "reply", "media", "admin"}


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """The 404 page: a search box, leaflets whose names are near the address, the A–Z and the clinic's telephone."""
    site = read_site()
    context = {"near": nearest(words_in(request.path), site.at), "letters": alphabet(site.at)}
    response = show("404.html", context, site=site, status=404)
    response["Cache-Control"] = PRIVATE
    return response


def words_in(path: str) -> str:
    """What somebody who typed this address may have looked for: ``"/leaflets/ibuprophen/" → "ibuprophen"``."""
    parts = [part for part in unquote(path).split("/") if part and part.lower() not in _OUR_WORDS]
    words = parts[0].rsplit(".", 1)[0] if parts else ""
    return " ".join(words.replace("-", " ").replace("_", " ").split())

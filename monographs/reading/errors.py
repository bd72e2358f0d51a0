"""When a page can't be had: help rather than a dead end."""

import sys
from urllib.parse import unquote

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

from monographs.audit.context import has_acted
from monographs.reading.languages.addresses import offered
from monographs.reading.public import PRIVATE, read_site, show
from monographs.reading.ways_in.elsewhere import by_name, in_small_letters
from monographs.reading.ways_in.index import alphabet
from monographs.search.named.a_to_z import letters
from monographs.search.named.names import answer
from monographs.trouble import is_saved_perhaps, is_trouble, sentence_about

RETRY_AFTER = 30  # seconds
_MOST_NEAR = 5  # leaflets on the page of an address that is not there
_OUR_WORDS = {"leaflets", "alerts", "a-z", "search", "versions", "reply", "media", "admin"}


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Where the address is known by another one, that; else the 404 page: a search box, leaflets whose names are near
    the address, the A–Z and the clinic's telephone."""
    site = read_site()
    found = answer(words_in(request.path), site.at)
    if request.method in ("GET", "HEAD"):
        elsewhere = in_small_letters(request, site.at) or by_name(request, found)
        if elsewhere:
            return elsewhere
    context = {"near": found.hits[:_MOST_NEAR], "letters": alphabet(letters(site.at))}
    response = show("404.html", context, site=site, status=404)
    response["Cache-Control"] = PRIVATE
    return response


def server_error(request: HttpRequest) -> HttpResponse:
    """Something failed: 503 if the database does not answer or is kept busy by somebody else, otherwise 500.

    Nothing is asked of the database for either page. The first has what was typed into a form of the staff. After a 503
    browsers and monitors may try again by themselves after `RETRY_AFTER` (RFC 9110 section 15.6.4).
    """
    error = sys.exception()
    if is_trouble(error):
        context = {
            "request": request,
            "sentence": sentence_about(error, has_acted=has_acted()),
            "was_sending": request.method == "POST",
            "is_saved_perhaps": has_acted() or is_saved_perhaps(error),
        }
        response = HttpResponse(render_to_string("503.html", context), status=503)
        response["Retry-After"] = str(RETRY_AFTER)
    else:
        response = HttpResponse(render_to_string("500.html"), status=500)
    response["Cache-Control"] = PRIVATE
    return response


def words_in(path: str) -> str:
    """What somebody who typed this address may have looked for: ``"/leaflets/ibuprophen/" → "ibuprophen"``."""
    ours = _OUR_WORDS.union(offered())
    parts = [part for part in unquote(path).split("/") if part and part.lower() not in ours]
    words = parts[0].rsplit(".", 1)[0] if parts else ""
    return " ".join(words.replace("-", " ").replace("_", " ").split())

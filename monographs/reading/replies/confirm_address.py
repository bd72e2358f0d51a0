"""Whoever reads the mailbox says that its address is theirs.

The link in our letter leads to a button and not to the reply: until the button is pressed nobody knows whose mailbox it
is, and whoever mistyped an address wrote about their health.
"""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.utils import translation
from django.views.decorators.csrf import csrf_exempt

from monographs.audit.turns import READERS
from monographs.comments.afterwards import writers
from monographs.comments.models import Comment, ReplyWriter
from monographs.comments.sender.secret import is_confirmation
from monographs.reading.public import PRIVATE, read_site, show

_MOST = 10**12  # a number of a reply


@csrf_exempt
def confirm(request: HttpRequest, number: int, token: str) -> HttpResponse:
    """A button (GET), because programs follow links, too; the address is confirmed (POST). Nothing here tells which
    leaflet or reply it is about."""
    if request.method not in ("GET", "HEAD", "POST"):
        return HttpResponseNotAllowed(["GET", "HEAD", "POST"])
    comment = Comment.objects.select_related("leaflet").filter(pk=number).first() if number < _MOST else None
    now = writers.newest(comment) if comment and comment.seal else None  # the letter may speak of the words before
    writer = ReplyWriter.objects.filter(comment=now).first() if now else None
    if not writer or not is_confirmation(token, comment, writer.email):
        raise Http404
    if request.method == "POST" and not writer.confirmed_at:
        with READERS.one():
            writers.confirm(now)
        response = HttpResponseRedirect(request.path)
        response.status_code = 303  # See Other (RFC 9110 section 15.4.4): reloading sends nothing again
    else:
        language = comment.leaflet.language or settings.LANGUAGE_CODE
        with translation.override(language):
            context = {"is_confirmed": bool(writer.confirmed_at)}
            response = show("comments/confirm.html", context, site=read_site(), language=language)
    response["Cache-Control"] = PRIVATE
    response["Referrer-Policy"] = "no-referrer"
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response

"""The page behind a letter's link for no more letters. Asking for it is a POST; to look at it changes nothing.

Mail programs send the POST by themselves where a reader clicks on "unsubscribe" (RFC 8058), and scanners of mail follow
every link by GET: so GET shows a button. Nobody logs in, no cookie is needed, and the answer leads nowhere else
(section 3.1: a redirected POST may arrive as a GET).
"""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.views.decorators.csrf import csrf_exempt

from monographs.mail.unsubscribing import KINDS, find, has_unsubscribed, subscribe_again, unsubscribe
from monographs.reading.public import PRIVATE, read_site, show


@csrf_exempt
def unsubscribe_page(request: HttpRequest, token: str) -> HttpResponse:
    """A button (GET), or no more letters (POST; with ``again``: letters after all). 404 for a link that is not ours.

    Exempt from Django's CSRF check, which needs a cookie: the link itself says who may.
    """
    if request.method not in ("GET", "HEAD", "POST"):
        return HttpResponseNotAllowed(["GET", "HEAD", "POST"])
    wish = find(token)
    if not wish:
        raise Http404
    if request.method == "POST":
        (subscribe_again if "again" in request.POST else unsubscribe)(wish)
    context = {"what": KINDS[wish.kind], "is_unsubscribed": has_unsubscribed(wish), "is_done": request.method == "POST"}
    response = show("reading/unsubscribe.html", context, site=read_site(), language=wish.language)
    response["Cache-Control"] = PRIVATE
    response["X-Robots-Tag"] = "noindex"
    return response

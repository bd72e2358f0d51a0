"""A reader reports a reply, without a log-in; and is told at an address of their own what was decided."""

import re

from django.core.signing import BadSignature, Signer
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from monographs.audit.turns import READERS
from monographs.comments.arrival.intake import is_cry_for_help
from monographs.comments.models import Comment
from monographs.comments.objections.reports import Report, Why
from monographs.comments.objections.reports import report as make_report
from monographs.leaflets.models import Leaflet
from monographs.reading.public import PRIVATE, Site, hour_of, read_site, show
from monographs.reading.replies.thread import address_of, find_shown
from monographs.refusals import Conflict, Refused, Unacceptable

HOURS = 24  # a form stays good this long
_SIGNER = Signer(salt="monographs.reading.replies.report")
_KEY = re.compile(r"[A-Za-z0-9_-]{20,40}")


@csrf_exempt
def report_reply(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """The form (GET), and what was sent with it (POST). Exempt from Django's CSRF check, which needs a cookie."""
    if request.method not in ("GET", "HEAD", "POST"):
        return HttpResponseNotAllowed(["GET", "HEAD", "POST"])
    leaflet = Leaflet.objects.filter(slug=slug).first()
    reply = leaflet and find_shown(leaflet.pk, str(number))
    if not reply or reply.staff_id:
        raise Http404
    site = read_site()
    with translation.override(leaflet.language):
        refusal = None
        if request.method == "POST":
            try:
                return _private(_taken(request, reply, site.hour))
            except Refused as refused:
                refusal = refused
        return _private(_form(request, site, reply, leaflet, refusal))


def report_told(request: HttpRequest, key: str) -> HttpResponse:
    """What became of one report, for who has its address."""
    if request.method not in ("GET", "HEAD"):
        return HttpResponseNotAllowed(["GET", "HEAD"])
    found = Report.objects.filter(key=key).select_related("comment__leaflet").first() if _KEY.fullmatch(key) else None
    if not found:
        raise Http404
    leaflet = found.comment.leaflet
    context = {
        "report": found,
        "is_cry": is_cry_for_help(found.words, language=leaflet.language),
        "title": leaflet.title,
        "slug": leaflet.slug,
        "reply_address": address_of(leaflet.slug, found.comment_id) if found.comment.place else "",
    }
    return _private(show("comments/report_told.html", context, site=read_site(), language=leaflet.language))


def _taken(request: HttpRequest, reply: Comment, hour: int) -> HttpResponse:
    sent = request.POST
    _check_token(sent.get("token", ""), reply, hour)
    with READERS.one():
        made = make_report(reply, why=sent.get("why", ""), words=sent.get("words", ""))
    response = HttpResponseRedirect(reverse("report-told", args=[made.key]))
    response.status_code = 303  # See Other (RFC 9110 section 15.4.4): reloading sends nothing again
    return response


def _check_token(token: str, reply: Comment, hour: int) -> None:
    """Raise Unacceptable unless we made it for this reply, Conflict if it is older than `HOURS`."""
    try:
        number, made = _SIGNER.unsign(token).split("-")
    except BadSignature as error:
        raise Unacceptable(
            _("We could not tell where this form came from. Your text is still here. Please send it again.")
        ) from error
    if number != str(reply.pk) or not 0 <= hour - int(made) <= HOURS:
        raise Conflict(_("This form was open for too long. Your text is still here. Please send it again."))


def _form(request: HttpRequest, site: Site, reply: Comment, leaflet: Leaflet, refusal: Refused | None) -> HttpResponse:
    context = {
        "reply": reply,
        "title": leaflet.title,
        "slug": leaflet.slug,
        "reply_address": address_of(leaflet.slug, reply.pk),
        "token": _SIGNER.sign(f"{reply.pk}-{hour_of(timezone.now())}"),
        "reasons": Why.choices,
        "chosen": request.POST.get("why", ""),
        "words": request.POST.get("words", ""),
        "sentence": str(refusal) if refusal else "",
        "is_cry": bool(refusal) and is_cry_for_help(request.POST.get("words", ""), language=leaflet.language),
    }
    status = refusal.status if refusal else 200
    return show("comments/report.html", context, site=site, language=leaflet.language, status=status)


def _private(response: HttpResponse) -> HttpResponse:
    response["Cache-Control"] = PRIVATE
    response["X-Robots-Tag"] = "noindex"
    response["Referrer-Policy"] = "no-referrer"
    return response

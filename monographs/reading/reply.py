"""A reader sends a reply. No cookie, no script; nothing they wrote is ever lost."""

import datetime as dt
import logging

from django.conf import settings
from django.db import DatabaseError, InterfaceError
from django.db.models import SlugField
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from monographs.audit.turns import READERS
from monographs.comments import actions as comments
from monographs.comments.models import Comment
from monographs.leaflets.models import Leaflet
from monographs.prepared import Given, Prepared, instance
from monographs.publication.models import Page
from monographs.reading.leaflet import page_of
from monographs.reading.public import PRIVATE, Site, hour_of, public_page, read_site, show
from monographs.reading.reply_form import check_token, form_words
from monographs.reading.thread import find_shown
from monographs.refusals import Busy, Refused, Unacceptable
from monographs.trouble import is_saved_perhaps, is_trouble, sentence_about

_log = logging.getLogger(__name__)
BAIT = "website"  # a field that people don't see and form-filling robots do


@csrf_exempt
def leaflet_reply(request: HttpRequest, slug: str) -> HttpResponse:
    """Take a reply (POST), then lead the reader to a page that thanks for it.

    Exempt from Django's CSRF check, which needs a cookie: there is no log-in here that a foreign site could
    abuse, and the signed token keeps out posts that never saw the form.
    """
    if request.method in ("GET", "HEAD"):
        return HttpResponseRedirect(reverse("leaflet-read", args=[slug]) + "#leave-a-reply")
    if request.method != "POST":
        return HttpResponseNotAllowed(["GET", "HEAD", "POST"])
    try:
        response = _take(request, slug)
    except (DatabaseError, InterfaceError) as error:
        if not is_trouble(error):
            raise
        _log.error("A reply could not be taken: %s", type(error).__name__)
        response = _words_back(request, slug, error)
    if response.status_code == Busy.status:
        response["Retry-After"] = str(Busy.retry_after)
    response["Cache-Control"] = PRIVATE
    return response


def _take(request: HttpRequest, slug: str) -> HttpResponse:
    """A reply that is taken asks only which leaflet it is for; the page around the form is looked for if it is not."""
    leaflet, at = _leaflet_of(slug), timezone.now()
    with translation.override(leaflet.language or settings.LANGUAGE_CODE):
        try:
            _submit(request, leaflet, at)
        except Refused as refusal:
            return _form_again(request, leaflet, at, refusal)
        response = HttpResponseRedirect(reverse("leaflet-reply-sent", args=[slug]))
        response.status_code = 303  # See Other (RFC 9110 section 15.4.4): reloading sends nothing again
        return response


def _leaflet_of(slug: str) -> Leaflet:
    found = next(_LEAFLET.rows(slug=slug), None)
    if not found:
        raise Http404
    return instance(Leaflet, _OF_LEAFLET, found)


_OF_LEAFLET = ("id", "slug", "language", "title")
_LEAFLET = Prepared(lambda: Leaflet.objects.filter(slug=Given("slug", SlugField())).values_list(*_OF_LEAFLET)[:1])


def _words_back(request: HttpRequest, slug: str, error: Exception) -> HttpResponse:
    """The database is in trouble: the reader gets the text back on a page that asks nothing of it."""
    usual = _("We cannot take it at the moment. Please keep your text, and send it again in a minute.")
    context = {
        "sentence": sentence_about(error, usual=usual),
        "is_saved_perhaps": is_saved_perhaps(error),
        "typed_body": request.POST.get("body", ""),
        "slug": slug,
        "is_away": True,
    }
    return show("comments/not_sent.html", context, site=Site(None, timezone.now()), status=Busy.status)


@public_page
def reply_sent(request: HttpRequest, site: Site, slug: str) -> HttpResponse:
    """Thanks for a reply, and the way back. It says nothing of the reply, so it is the same page for everybody."""
    page = page_of(slug, site.at)
    language = page.publication.leaflet.language
    return show("comments/sent.html", {"title": page.title, "slug": slug}, site=site, language=language)


def _submit(request: HttpRequest, leaflet: Leaflet, at: dt.datetime) -> None:
    words = request.POST
    check_token(words.get("token", ""), leaflet, hour_of(at))
    if words.get(BAIT):
        raise Unacceptable(
            _("A field that must stay empty was filled in. We emptied it. If you are a person, please send again.")
        )
    wanted = words.get("parent", "")
    parent = _answered(request, page_of(leaflet.slug, at)) if wanted else None
    if wanted and not parent:
        raise Unacceptable(
            _("The reply that you answer is not here any more. Send again to make yours a reply of its own.")
        )
    with READERS.one():
        comments.submit(leaflet, body=words.get("body", ""), name=words.get("name", ""), parent=parent)


def _answered(request: HttpRequest, page: Page) -> Comment | None:
    """Only what stands on the page can be answered, and quoted in a form: not what stood under a hidden reply."""
    return find_shown(page.publication.leaflet_id, request.POST.get("parent", ""))


def _form_again(request: HttpRequest, leaflet: Leaflet, at: dt.datetime, refusal: Refused) -> HttpResponse:
    site, page, words = read_site(at), page_of(leaflet.slug, at), request.POST
    body, name, answer_to = words.get("body", ""), words.get("name", ""), _answered(request, page)
    no_replies = page.no_replies and page.no_replies.sentence()
    context = {
        "sentence": no_replies or str(refusal),
        **form_words(leaflet, site.hour, body=body, name=name, answer_to=answer_to),
        "title": page.title,
        "slug": leaflet.slug,
        "is_open": bool(page.publication.revision_id) and not page.no_replies,
        "no_replies": no_replies,
    }
    return show("comments/not_sent.html", context, site=site, language=leaflet.language, status=refusal.status)

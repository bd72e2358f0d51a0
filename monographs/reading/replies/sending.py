"""A reader sends a reply. No cookie, no script; nothing they wrote is ever lost."""

import logging
from functools import lru_cache

from django.conf import settings
from django.db import DatabaseError, InterfaceError
from django.db.models import SlugField
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.urls import get_script_prefix, reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from monographs.audit.turns import READERS
from monographs.comments.arrival.actions import take_in
from monographs.comments.arrival.intake import is_cry_for_help, look_at
from monographs.comments.arrival.known import Known, columns
from monographs.comments.models import Comment
from monographs.comments.sender.consent import contact_of
from monographs.comments.sender.secret import secret_of
from monographs.leaflets.models import Leaflet
from monographs.prepared import Given, Prepared, instance
from monographs.publication.models import Page
from monographs.reading.behind import is_hidden
from monographs.reading.page_cache.marks import readers_form
from monographs.reading.public import PRIVATE, Site, public_page, show, site_for, speaking
from monographs.reading.replies.form import Typed, check_token, form_words, typed_words, with_time_to_wait, wrong_field
from monographs.reading.replies.hours import hours_words, why_closed
from monographs.reading.replies.steps import look_once_more
from monographs.reading.replies.thread import find_shown
from monographs.reading.shown import page_of
from monographs.refusals import Busy, Conflict, Refused, Unacceptable
from monographs.trouble import is_saved_perhaps, is_trouble, sentence_about

_log = logging.getLogger(__name__)
BAIT = "website"  # a field that people don't see and form-filling robots do


@readers_form
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
    response["Cache-Control"] = PRIVATE
    return response


def _take(request: HttpRequest, slug: str) -> HttpResponse:
    """A reply that is taken asks only which leaflet it is for; the page around the form is looked for if it is not."""
    site, (leaflet, known) = site_for(request), _leaflet_of(slug)
    with speaking(leaflet.language or settings.LANGUAGE_CODE):
        try:
            return _sent(request, leaflet, site, known)
        except Refused as refusal:
            return _form_again(request, leaflet, site, refusal)


def _leaflet_of(slug: str) -> tuple[Leaflet, Known]:
    """With what the reply will be held against, in one query."""
    found = next(_LEAFLET.rows(slug=slug), None)
    if not found:
        raise Http404
    count = len(_OF_LEAFLET)
    return instance(Leaflet, _OF_LEAFLET, found[:count]), Known.of(*found[count:])


_OF_LEAFLET = ("id", "slug", "language", "edition", "title")
_LEAFLET = Prepared(
    lambda: Leaflet.objects.filter(slug=Given("slug", SlugField())).values_list(*_OF_LEAFLET, *columns())[:1]
)


def _words_back(request: HttpRequest, slug: str, error: Exception) -> HttpResponse:
    """The database is in trouble: the reader gets the text back, in a form to be sent again, on a page that asks
    nothing of it."""
    usual = _("We cannot take it at the moment. Please keep your text, and send it again in a minute.")
    typed = Typed.of(request.POST)
    context = {
        **typed_words(typed),
        "sentence": sentence_about(error, usual=usual),
        "is_saved_perhaps": is_saved_perhaps(error),
        "is_cry": is_cry_for_help(typed.body, typed.name, language=settings.LANGUAGE_CODE),
        "token": request.POST.get("token", ""),
        "answers_only": request.POST.get("parent", ""),
        "slug": slug,
        "is_away": True,
    }
    response = show("comments/not_sent.html", context, site=Site(None, timezone.now()), status=Busy.status)
    response["Retry-After"] = str(Busy.retry_after)
    return response


@public_page
def reply_sent(request: HttpRequest, site: Site, slug: str) -> HttpResponse:
    """Thanks for a reply, and the way back. It says nothing of the reply, so it is the same page for everybody."""
    page = page_of(slug, site.at)
    language = page.publication.leaflet.language
    with translation.override(language):
        context = {"title": page.title, "slug": slug, **hours_words(site)}
    return show("comments/sent.html", context, site=site, language=language)


def _sent(request: HttpRequest, leaflet: Leaflet, site: Site, known: Known) -> HttpResponse:
    """Keep it, and lead its writer to the page that only they know; or ask them first to look once more."""
    sent, typed = request.POST, Typed.of(request.POST)
    publication = check_token(sent.get("token", ""), leaflet, site.hour)
    if sent.get(BAIT):
        raise Unacceptable(
            _("A field that must stay empty was filled in. We emptied it. If you are a person, please send again.")
        )
    if closed := why_closed(site):
        raise Conflict(closed)
    wanted = sent.get("parent", "")
    parent = _answered(request, page_of(leaflet.slug, site.at)) if wanted else None
    if wanted and not parent:
        raise Unacceptable(
            _("The reply that you answer is not here any more. Send again to make yours a reply of its own.")
        )
    contact = contact_of(typed.email, typed.agreed)
    incoming = look_at(typed.body, typed.name, language=leaflet.language, clinic=site.clinic, known=known)
    answering = _that_answers(leaflet, site)
    asked = look_once_more(incoming, leaflet=answering, looked=sent.get("looked", ""), at=site.at)
    if asked:
        return _asked_first(asked, leaflet, publication, site, typed, parent)
    with READERS.one():
        comment = take_in(leaflet, incoming, parent=parent, publication=publication, contact=contact)
    response = HttpResponseRedirect(secret_of(comment).join(_around_own(get_script_prefix())))
    response.status_code = 303  # See Other (RFC 9110 section 15.4.4): reloading sends nothing again
    return response


@lru_cache(maxsize=10)
def _around_own(_mount: str) -> list[str]:
    """What stands before and behind the word that only its writer knows, in the address that thanks for a reply."""
    return reverse("reply-sent", args=["-"]).rsplit("-", 1)


def _that_answers(leaflet: Leaflet, site: Site) -> Leaflet | None:
    """The leaflet whose sentences may answer; none of a translation that the clinic hides."""
    is_kept_back = site.clinic.hides_stale_translations and is_hidden(page_of(leaflet.slug, site.at), site)
    return None if is_kept_back else leaflet


def _asked_first(
    asked: dict, leaflet: Leaflet, publication: int, site: Site, typed: Typed, parent: Comment | None
) -> HttpResponse:
    context = {
        **form_words(leaflet, publication, site.hour, typed=typed, answer_to=parent),
        **asked,
        "title": page_of(leaflet.slug, site.at).title,
        "slug": leaflet.slug,
        "to": reverse("leaflet-reply", args=[leaflet.slug]),
    }
    return show("comments/before_sending.html", context, site=site, language=leaflet.language)


def _answered(request: HttpRequest, page: Page) -> Comment | None:
    """Only what stands on the page can be answered, and quoted in a form: not what stood under a hidden reply."""
    return find_shown(page.publication.leaflet_id, request.POST.get("parent", ""))


def _form_again(request: HttpRequest, leaflet: Leaflet, site: Site, refusal: Refused) -> HttpResponse:
    """The form with all that was typed. Whoever cries for help is shown where it is, whatever was wrong with the
    form."""
    page, typed = page_of(leaflet.slug, site.at), Typed.of(request.POST)
    publication = page.publication
    no_replies = why_closed(site, page.no_replies)
    context = {
        "sentence": no_replies or str(refusal),
        **form_words(leaflet, publication.pk, site.hour, typed=typed, answer_to=_answered(request, page)),
        **wrong_field(refusal),
        **hours_words(site),
        "title": page.title,
        "slug": leaflet.slug,
        "is_cry": is_cry_for_help(typed.body, typed.name, language=leaflet.language),
        "is_open": bool(publication.revision_id) and not no_replies,
        "no_replies": no_replies,
    }
    response = show("comments/not_sent.html", context, site=site, language=leaflet.language, status=refusal.status)
    return with_time_to_wait(response, refusal)

"""The page of a reply that its writer alone knows: what became of it, and what they can do with it.

Whoever knows the address is its writer (`comments.sender.secret`): there is no log-in, no cookie, and so no CSRF check,
which protects log-ins. The address goes nowhere else: no cache keeps the pages, no search engine may, and no other site
is told where its reader came from. A visit changes nothing; buttons do.
"""

import logging
from collections.abc import Callable
from functools import wraps

from django.conf import settings
from django.db import DatabaseError, InterfaceError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from monographs.audit.turns import READERS
from monographs.comments.afterwards import writers
from monographs.comments.afterwards.erasure import erase_own
from monographs.comments.answering.change_requests import changed_for
from monographs.comments.arrival.intake import is_cry_for_help, look_at
from monographs.comments.models import Comment, ReplyWriter, State, Urgency
from monographs.comments.objections import appeals
from monographs.comments.sender import secret
from monographs.reading.public import PRIVATE, Site, public_page, read_site, show
from monographs.reading.replies.form import Typed, with_time_to_wait, wrong_field
from monographs.reading.replies.hours import hours_words
from monographs.reading.replies.steps import look_once_more
from monographs.reading.replies.thread import address_of
from monographs.reading.shown import page_of
from monographs.refusals import Busy, Refused, Unacceptable
from monographs.trouble import is_saved_perhaps, is_trouble, sentence_about

_log = logging.getLogger(__name__)
OwnView = Callable[..., HttpResponse]


def of_its_writer(view: OwnView) -> OwnView:
    """Find the reply that the secret leads to, or 404; the view gets ``(request, comment, site, …)`` and answers in the
    leaflet's language."""

    @csrf_exempt
    @wraps(view)
    def page(request: HttpRequest, own: str, **named: str) -> HttpResponse:
        if request.method not in ("GET", "HEAD", "POST"):
            return HttpResponseNotAllowed(["GET", "HEAD", "POST"])
        comment = secret.find(own)
        if not comment:
            raise Http404
        with translation.override(comment.leaflet.language or settings.LANGUAGE_CODE):
            try:
                response = view(request, comment, read_site(), **named)
            except (DatabaseError, InterfaceError) as error:
                if not is_trouble(error):
                    raise
                _log.error("A writer's change of a reply could not be taken: %s", type(error).__name__)
                response = _words_back(request, comment, error)
        response["Cache-Control"] = PRIVATE
        response["Referrer-Policy"] = "no-referrer"
        response["X-Robots-Tag"] = "noindex, nofollow"
        return response

    return page


@of_its_writer
def sent(request: HttpRequest, comment: Comment, site: Site) -> HttpResponse:
    """Thanks, and the address of its page; whoever may be in need is first told where help is."""
    context = {
        **_around(comment, site),
        **hours_words(site),
        "status_address": request.build_absolute_uri(reverse("own-reply", args=[secret.secret_of(comment)])),
    }
    template = "comments/help.html" if comment.urgency == Urgency.URGENT else "comments/sent.html"
    return show(template, context, site=site, language=comment.leaflet.language)


@of_its_writer
def status(request: HttpRequest, comment: Comment, site: Site) -> HttpResponse:
    """What became of it (GET); take it back, erase it, ask for another look (POST)."""
    if request.method != "POST":
        return _status(comment, site)
    verb = _VERBS.get(request.POST.get("verb", ""))
    try:
        if not verb:
            raise Unacceptable(_("Please use one of the buttons of this page."))
        with READERS.one():
            return _see_other(verb(request, comment))
    except Refused as refusal:
        return _status(secret.find(secret.secret_of(comment)) or comment, site, request=request, refusal=refusal)


def _withdraw(request: HttpRequest, comment: Comment) -> str:
    writers.withdraw(comment, seen=request.POST.get("seen", ""))
    return _address(comment)


def _erase(request: HttpRequest, comment: Comment) -> str:
    slug = comment.leaflet.slug
    erase_own(comment)
    return reverse("leaflet-reply-erased", args=[slug])


def _appeal(request: HttpRequest, comment: Comment) -> str:
    appeals.ask(comment, words=request.POST.get("words", ""))
    return _address(comment)


_VERBS = {"withdraw": _withdraw, "erase": _erase, "appeal": _appeal}


@of_its_writer
def edit(request: HttpRequest, comment: Comment, site: Site) -> HttpResponse:
    """The form with its words (GET); the reply in other words, which goes the whole way again (POST)."""
    if request.method != "POST":
        if comment.state not in writers.CHANGEABLE:
            return _see_other(_address(comment))
        return _edit(comment, site, Typed(comment.body, comment.name), seen=comment.state)
    typed, seen = Typed.of(request.POST), request.POST.get("seen", "")
    try:
        incoming = look_at(typed.body, typed.name, language=comment.leaflet.language, clinic=site.clinic)
        asked = look_once_more(incoming, leaflet=None, looked=request.POST.get("looked", ""), at=site.at)
        if asked:
            context = {**_around(comment, site), **_typed(typed), **asked, "seen": seen, "to": request.path}
            return show("comments/before_sending.html", context, site=site, language=comment.leaflet.language)
        with READERS.one():
            new = writers.rewrite(comment, incoming, seen=seen)
    except Refused as refusal:
        now = secret.find(secret.secret_of(comment)) or comment
        return _edit(now, site, typed, seen=now.state, refusal=refusal)
    return _see_other(reverse("reply-sent", args=[secret.secret_of(new)]))


@public_page
def erased(request: HttpRequest, site: Site, slug: str) -> HttpResponse:
    """The words are gone. The same page for everybody, at an address that says nothing of any reply."""
    page = page_of(slug, site.at)
    context = {"title": page.title, "slug": slug}
    return show("comments/erased.html", context, site=site, language=page.publication.leaflet.language)


def _address(comment: Comment) -> str:
    return reverse("own-reply", args=[secret.secret_of(comment)])


def _see_other(address: str) -> HttpResponse:
    response = HttpResponseRedirect(address)
    response.status_code = 303  # See Other (RFC 9110 section 15.4.4): reloading sends nothing again
    return response


def _around(comment: Comment, site: Site) -> dict[str, object]:
    return {"title": page_of(comment.leaflet.slug, site.at).title, "slug": comment.leaflet.slug}


def _typed(typed: Typed) -> dict[str, str]:
    """Without an address: that stays as it is."""
    return {"typed_body": typed.body, "typed_name": typed.name}


def _status(
    comment: Comment, site: Site, *, request: HttpRequest | None = None, refusal: Refused | None = None
) -> HttpResponse:
    last = comment.decisions.last()
    appeal = appeals.Appeal.objects.filter(comment=comment).first()
    writer = ReplyWriter.objects.filter(comment=comment).first()
    new, state = writers.newest(comment), comment.state
    typed = request.POST.get("words", "") if request else ""
    context = {
        **_around(comment, site),
        **hours_words(site),
        "comment": comment,
        "state": state,
        "reason": last.reason if last and comment.state in (State.REJECTED, State.SPAM) else "",
        "is_cry": comment.urgency == Urgency.URGENT or is_cry_for_help(typed, language=comment.leaflet.language),
        "is_changeable": comment.state in writers.CHANGEABLE,
        "place": address_of(comment.leaflet.slug, comment.pk) if comment.place and state == State.APPROVED else "",
        "instead": _address(new) if new != comment else "",
        "may_appeal": appeals.may_be_asked(comment, at=timezone.now()),
        "appeal": appeal if appeal and _holds(appeal, state) else None,
        "changed": changed_for(comment, site.at),
        "email": writer.email if writer else "",
        "is_confirmed": bool(writer and writer.confirmed_at),
        "own": _address(comment),
        "typed_words": typed,
        "sentence": str(refusal) if refusal else "",
    }
    status = refusal.status if refusal else 200
    response = show("comments/status.html", context, site=site, language=comment.leaflet.language, status=status)
    return with_time_to_wait(response, refusal) if refusal else response


def _holds(appeal: appeals.Appeal, state: str) -> bool:
    """Whether what came of an appeal is still so: somebody may have decided otherwise since."""
    is_hidden = state in (State.REJECTED, State.SPAM)
    return not appeal.decided_at or (state == State.APPROVED if appeal.is_upheld else is_hidden)


def _edit(comment: Comment, site: Site, typed: Typed, *, seen: str, refusal: Refused | None = None) -> HttpResponse:
    context = {
        **_around(comment, site),
        **hours_words(site),
        **_typed(typed),
        **wrong_field(refusal),
        "own": _address(comment),
        "is_changeable": comment.state in writers.CHANGEABLE,
        "is_shown": comment.state == State.APPROVED,
        "is_cry": bool(refusal) and is_cry_for_help(typed.body, typed.name, language=comment.leaflet.language),
        "seen": seen,
        "sentence": str(refusal) if refusal else "",
    }
    status = refusal.status if refusal else 200
    response = show("comments/edit.html", context, site=site, language=comment.leaflet.language, status=status)
    return with_time_to_wait(response, refusal) if refusal else response


def _words_back(request: HttpRequest, comment: Comment, error: Exception) -> HttpResponse:
    """The database is in trouble: what was typed, on a page that asks nothing of it."""
    usual = _("We cannot take it at the moment. Please keep your text, and send it again in a minute.")
    body = request.POST.get("body", "") or request.POST.get("words", "")
    context = {
        "sentence": sentence_about(error, usual=usual),
        "is_saved_perhaps": is_saved_perhaps(error),
        "is_cry": is_cry_for_help(body, language=comment.leaflet.language),
        "typed_body": body,
        "slug": comment.leaflet.slug,
        "is_away": True,
    }
    response = show("comments/not_sent.html", context, site=Site(None, timezone.now()), status=Busy.status)
    response["Retry-After"] = str(Busy.retry_after)
    return response

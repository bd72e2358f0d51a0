"""What a form brought that was not accepted: shown on the answer's page, so that nothing typed is lost without scripts.

The session had ended, somebody logged in again in another tab (Django then changes the token that each form carries),
or a verb said no. The page carries the form's fields, and where sending them again may help, a button for it.

Sending again is offered for forms of our own pages only. Another site could have a browser post words of its choosing,
and the button would then send them with a token that is good (OWASP Cross-Site Request Forgery Prevention): so the
request must come from our origin and bring our cookie, which browsers keep from other sites' posts (SameSite=Lax).
Nothing is sent without a click. Passwords are never shown: they are asked for anew. Files can't be kept.
"""

from dataclasses import dataclass
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import SuspiciousOperation
from django.core.files.uploadhandler import StopFutureHandlers
from django.http import HttpRequest, HttpResponse, QueryDict
from django.http.multipartparser import MultiPartParserError
from django.http.request import UnreadablePostError
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _

_TOKEN = "csrfmiddlewaretoken"  # noqa: S105 - a field's name
_SHORT = 24  # characters: what is longer, or has several words, was written by a person
_OF_THE_PAGE = {"as_opened", "typed", "page"}  # long, and written by the page


@dataclass(frozen=True)
class Field:
    """One field that was sent. ``label`` is its name in words; ``rows`` the lines that its text needs."""

    name: str
    value: str
    label: str
    rows: int


@dataclass(frozen=True)
class Unsent:
    """A form that was not accepted: what a person wrote, the rest, and what must be given anew.

    ``address`` is where it was sent, "" where it can't be sent again.
    """

    words: tuple[Field, ...]
    rest: tuple[Field, ...]
    passwords: tuple[Field, ...]
    files: tuple[Field, ...]
    address: str


def unsent_in(request: HttpRequest) -> Unsent | None:
    """What a POST to a page of the staff brought; None if that is nothing a person wrote, or not a page's form."""
    if request.method != "POST" or not request.path.startswith("/admin/") or _is_of_a_script(request):
        return None
    if request.path in {reverse("admin:login"), reverse("admin:logout")} or _says_foreign(request):
        return None
    try:
        posted, files = request.POST, request.FILES
    except (SuspiciousOperation, UnreadablePostError, MultiPartParserError, StopFutureHandlers):
        return None
    return _sorted(posted, files.keys(), request.get_full_path() if _is_ours(request) else "")


def _sorted(posted: QueryDict, files, address: str) -> Unsent | None:
    words, rest, passwords = [], [], []
    for name, values in posted.lists():
        for value in values:
            if name in (_TOKEN, "passkey"):  # which is good for one answer
                continue
            field = Field(name, value, label_of(name), min(20, value.count("\n") + len(value) // 60 + 1))
            if "password" in name.lower():
                passwords.append(Field(name, "", field.label, 1))
            else:
                (words if _is_written(name, value) else rest).append(field)
    given = tuple(Field(name, "", label_of(name), 1) for name in files)
    if not (words or passwords or given or any(field.value.strip() for field in rest)):
        return None
    return Unsent(tuple(words), tuple(rest), tuple(passwords), given, address)


def label_of(name: str) -> str:
    """A field's name for a person: ``sections-4-body`` is "Body (sections 5)"."""
    *before, last = name.split("-")
    words = last.replace("_", " ").strip().capitalize() or name
    if len(before) >= 2 and before[-1].isascii() and before[-1].isdigit() and len(before[-1]) < 6:
        return f"{words} ({' '.join(before[:-1]).replace('_', ' ')} {int(before[-1]) + 1})"
    return f"{words} ({' '.join(before)})" if before else words


def _is_written(name: str, value: str) -> bool:
    text = value.strip()
    return name not in _OF_THE_PAGE and (len(text) > _SHORT or any(sign.isspace() for sign in text))


def _is_of_a_script(request: HttpRequest) -> bool:
    return "X-CSRFToken" in request.headers or request.headers.get("Sec-Fetch-Dest", "document") != "document"


def _says_foreign(request: HttpRequest) -> bool:
    """Whether the browser says that another site's page sent this."""
    headers = request.headers
    if headers.get("Sec-Fetch-Site", "same-origin") != "same-origin":
        return True
    named = headers.get("Origin") or headers.get("Referer")
    if not named:
        return False
    ours = f"{request.scheme}://{request.get_host()}"
    try:
        parts = urlsplit(named)
    except ValueError:
        return True
    return f"{parts.scheme}://{parts.netloc}" not in {ours, *settings.CSRF_TRUSTED_ORIGINS}


def _is_ours(request: HttpRequest) -> bool:
    return settings.CSRF_COOKIE_NAME in request.COOKIES and not _says_foreign(request)


# --- The answers ---


def form_without_token(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 for Django's `CSRF_FAILURE_VIEW`: a form whose token is of another log-in, or that has none."""
    sentence = _(
        "You logged out or in again since you opened it, or your browser does not keep our cookie. Nothing was changed."
    )
    return _page(request, _("This form was not accepted"), sentence)


def form_without_session(request: HttpRequest) -> HttpResponse | None:
    """403 for a form sent after the session had ended; None if nobody wrote anything in it."""
    if not unsent_in(request):
        return None
    sentence = _("You are not logged in any more, so nothing of what you sent was recorded.")
    return _page(request, _("Log in, then send this again"), sentence)


def form_before_second_factor(request: HttpRequest) -> HttpResponse | None:
    """403 for a form of somebody who must set up a second factor first; None if nobody wrote anything in it."""
    if not unsent_in(request):
        return None
    sentence = _("Nothing of what you sent was recorded: set up a second factor under “Your log-in” first.")
    return _page(request, _("Set up a second factor, then send this again"), sentence)


def _page(request: HttpRequest, title: str, sentence: str) -> HttpResponse:
    user = getattr(request, "user", None)
    context = {
        "title": title,
        "sentence": sentence,
        "who": user if user is not None and user.is_authenticated else None,
        "unsent": unsent_in(request),
        "login_url": f"{reverse('admin:login')}?next={reverse('admin:index')}",
    }
    response = render(request, "admin/unsent.html", context, status=403)
    add_never_cache_headers(response)
    return response

"""What the log and an error's letter may say: where something failed and why, and nothing that anybody typed.

A log is read by more people than the site, copied, and kept for years. So no word of a form, no password, no session
and no setting gets in, whatever exception carries one along.
"""

import logging
import re
import traceback
from collections.abc import Callable, Iterator
from contextvars import ContextVar
from types import TracebackType

from django.conf import settings
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.utils.html import format_html
from django.views.debug import ExceptionReporter

_SHORTEST = 3  # characters of what is taken out; shorter ones tell nothing and stand in every word
_TAKEN_OUT = "…"
_WORD = re.compile(rf"\w{{{_SHORTEST},}}")
_request: ContextVar[HttpRequest | None] = ContextVar("request_in_the_log", default=None)


class LoggedRequestMiddleware:
    """Lets the log know what was sent with the request that is answered, to keep it out."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        token = _request.set(request)
        try:
            return self.get_response(request)
        finally:
            _request.reset(token)


class WithoutWords(logging.Formatter):
    """Lines of the log in which nothing stands that was sent, and of a database's failures no row."""

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802 - the name is logging's
        record.message = _without_words(record.message, getattr(record, "request", None))
        return super().formatMessage(record)

    def formatException(self, exc_info: tuple) -> str:  # noqa: N802 - the name is logging's
        _kind, error, _trace = exc_info
        return "\n".join(_told(error)) if error else ""


def said_by(error: BaseException) -> str:
    """An exception in one line for the log: its kind, and its message without a word that was sent.

    Of what a database says only the first line, up to a value: PostgreSQL's DETAIL repeats the row that was refused
    (PostgreSQL documentation, section "Error Message Style Guide").
    """
    message = str(error)
    if isinstance(error, DatabaseError) or hasattr(error, "sqlstate") or hasattr(error, "sqlite_errorcode"):
        message = message.partition("\n")[0].partition(': "')[0]
    # In an exception's message a value may stand as repr() writes it: "\\nWord" there is the word "nWord".
    forms = (form for value in _sent(_request.get()) for form in (value, repr(value)))
    sent = {word for form in forms for word in _WORD.findall(form)}
    message = _WORD.sub(lambda word: _TAKEN_OUT if word[0] in sent else word[0], _without_words(message))
    return f"{type(error).__qualname__}: {message}".removesuffix(": ")


def _told(error: BaseException) -> Iterator[str]:
    """The exceptions that led here, the first one first, each with where it was raised."""
    before = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    if before:
        yield from _told(before)
        yield "which led to"
    yield "Traceback (most recent call last):"
    yield from _stack(error.__traceback__)
    yield said_by(error)


def _stack(trace: TracebackType | None) -> Iterator[str]:
    for line in traceback.format_tb(trace):
        yield line.rstrip("\n")


def _without_words(text: str, request: HttpRequest | None = None) -> str:
    for word in sorted({*_secrets(), *_sent(request or _request.get())}, key=len, reverse=True):
        if len(word) >= _SHORTEST:
            text = text.replace(word, _TAKEN_OUT)
    return text


def _secrets() -> Iterator[str]:
    yield settings.SECRET_KEY
    yield settings.EMAIL_HOST_PASSWORD or ""
    yield from (str(database.get("PASSWORD") or "") for database in settings.DATABASES.values())


def _sent(request: HttpRequest | None) -> Iterator[str]:
    """What came with a request. A body that nobody has read stays unread."""
    if request is None:
        return
    posted = request.__dict__.get("_post") or {}
    match = request.resolver_match
    tokens = [match.kwargs["token"]] if match and "token" in match.kwargs else []
    lists = [values for query in (posted, request.GET) for _name, values in getattr(query, "lists", list)()]
    yield from [*request.COOKIES.values(), *tokens, *(value for values in lists for value in values)]


class ShortReport(ExceptionReporter):
    """What Django writes a letter or a page about an error from: where and why, without settings, form, cookies, the
    environment or what variables hold. Only with DEBUG, which production refuses, is it Django's own long one.

    Some servers put the whole environment of the process into a request's META, and with it every password.
    """

    def get_traceback_text(self) -> str:
        if settings.DEBUG:
            return super().get_traceback_text()
        is_error = isinstance(self.exc_value, BaseException)
        return "\n".join(_told(self.exc_value)) if is_error else _without_words(str(self.exc_value), self.request)

    def get_traceback_html(self) -> str:
        return (
            super().get_traceback_html() if settings.DEBUG else format_html("<pre>{}</pre>", self.get_traceback_text())
        )

"""Readers' replies as moderators see them."""

import datetime as dt
import re
from collections.abc import Iterable, Sequence

from django import template
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.timesince import timesince

from monographs.comments.deciding.reasons import RejectionReason

register = template.Library()


@register.filter
def with_marks(text: str, words: Sequence[str]) -> SafeString:
    """The text, escaped, with each of the words in a ``mark`` wherever it stands."""
    if not words:
        return escape(text)
    either = "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))
    parts = [escape(part) for part in re.split(f"({either})", text)]
    parts[1::2] = [f"<mark>{part}</mark>" for part in parts[1::2]]
    return mark_safe("".join(parts))  # noqa: S308 — each part is escaped


@register.filter
def as_wait(wait: dt.timedelta | None) -> str:
    """``"2 hours, 5 minutes"``; an en dash where nothing waited."""
    if wait is None:
        return "–"
    then = dt.datetime(2000, 1, 1, tzinfo=dt.UTC)
    return timesince(then, then + wait)


@register.simple_tag(takes_context=True)
def carried_along(context: dict) -> SafeString:
    """What every form about a reply carries along, of ``reply`` (seen, following), ``tab``, ``page`` (of the list, if
    any) and ``filters``. No template: a page of the queue has two hundred of these forms."""
    reply, page = context["reply"], context.get("page")
    values = {
        "csrfmiddlewaretoken": context.get("csrf_token"),
        "seen": reply.seen,
        "tab": context.get("tab", ""),
        "page": page.number if page else None,
        "filters": context.get("filters"),
        "next": getattr(reply, "following", None),
    }
    always = ("seen", "tab")
    fields = (
        f'<input type="hidden" name="{name}" value="{escape(value)}">'
        for name, value in values.items()
        if value or name in always
    )
    return mark_safe("\n".join(fields))  # noqa: S308 - each value is escaped


@register.simple_tag
def reason_options(reasons: Iterable[RejectionReason], chosen: str) -> SafeString:
    """The options of the list of reasons; ``chosen`` is a number as it was sent, "" for none."""
    options = (
        f'<option value="{one.pk}" data-text="{escape(one.text)}"{" selected" if chosen == str(one.pk) else ""}>'
        f"{escape(one.title)}</option>"
        for one in reasons
    )
    return mark_safe("".join(options))  # noqa: S308 - each text is escaped

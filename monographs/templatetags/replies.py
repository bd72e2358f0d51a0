"""Readers' replies as moderators see them."""

import datetime as dt
import re
from collections.abc import Sequence

from django import template
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.timesince import timesince

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

"""Small spellings that leaflets and pages share: days and telephone links."""

import datetime as dt
import re
from functools import lru_cache

from django import template
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, gettext

from monographs.text.amounts.dates import in_words
from monographs.text.amounts.telephones import DEFAULT_COUNTRY
from monographs.text.markup.finished.people import with_people
from monographs.text.markup.finished.slots import with_slots
from monographs.text.markup.finished.telephone_links import linked
from monographs.text.markup.finished.wide_tables import mark_wide

register = template.Library()


@register.filter
def day(value: dt.date | dt.datetime | str) -> SafeString | str:
    """A day in words inside a ``time`` element: ``2 November 2026``. Takes a date, a moment or an ISO date; "" for "".

    A moment counts as its day in the clinic's time zone. The month is always a word: 02/11 means
    February to some readers and November to others.
    """
    if not value:
        return ""
    if isinstance(value, str):
        value = dt.date.fromisoformat(value)
    if isinstance(value, dt.datetime):
        value = timezone.localtime(value).date()
    return day_in(get_language(), value)


@lru_cache(maxsize=2_000)
def day_in(_language: str, value: dt.date) -> SafeString:
    """The same in the active language, for who knows which that is."""
    return format_html('<time datetime="{}">{}</time>', value.isoformat(), in_words(value))


@register.filter
def telephone(number: str, country: str = DEFAULT_COUNTRY) -> SafeString | str:
    """A field that is meant to be one number, as a link that telephones of ``country`` can dial; words beside it, and
    what is no number, as they are. See `text.amounts.telephones` for what is a number."""
    return linked(number, country, is_field=True)


@register.filter
def web_address(url: str) -> str:
    """The address if a link to it leads to a page of the web, else "": forms ask for that, a shell or file may not."""
    return url if re.match(r"https?://", url, re.IGNORECASE) else ""


@register.filter(needs_autoescape=True)
def telephones(words: str, country: str = DEFAULT_COUNTRY, autoescape: bool = True) -> SafeString:
    """A text with the telephone numbers in it made links that telephones of ``country`` can dial."""
    return linked(words, country, is_safe=not autoescape)


@register.filter
def for_readers(html: str) -> SafeString:
    """Sanitised leaflet HTML as publishing keeps it.

    Care cards' headings are slots, in which the clinic's own numbers are shown (`text.markup.finished.slots`). Tables
    that do not fit a window scroll in a box of their own that the keyboard reaches (WCAG 2.1.1, 1.4.10); what they
    become on telephones and on paper: `mark_wide`. Frequencies have a picture beside their words
    (`text.markup.finished.people`).
    """
    box = format_html('<div class="wide" tabindex="0" role="group" aria-label="{}"><table', gettext("Table"))
    html = with_people(mark_wide(with_slots(html))).replace("<table", box).replace("</table>", "</table></div>")
    return mark_safe(html)  # noqa: S308 - the sanitiser's output, with markup of our own

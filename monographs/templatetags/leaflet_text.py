"""Small spellings that leaflets and pages share: days and telephone links."""

import datetime as dt
import re
from html import unescape

from django import template
from django.utils import timezone
from django.utils.html import conditional_escape, escape, format_html
from django.utils.safestring import SafeData, SafeString, mark_safe
from django.utils.translation import gettext

from monographs.clinics.models import Clinic
from monographs.text.amounts.dates import in_words
from monographs.text.amounts.telephones import DEFAULT_COUNTRY, pieces
from monographs.text.markup.wide_tables import mark_wide

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


_CARE_HEADING = re.compile(r'(<h3 class="care-heading">)(.*?)(</h3>)', re.DOTALL)
_BDI = re.compile("</?bdi[^>]*>")


@register.filter(needs_autoescape=True)
def telephones(words: str, country: str = DEFAULT_COUNTRY, autoescape: bool = True) -> SafeString:
    """A text with the telephone numbers in it made links that telephones of ``country`` can dial."""
    return linked(words, country, is_safe=not autoescape)


def linked(text: str, country: str, *, is_field: bool = False, is_safe: bool = False) -> SafeString:
    """The text as HTML, each number a link, always written left to right. No letter of it changes."""
    keep = mark_safe if is_safe or isinstance(text, SafeData) else conditional_escape  # noqa: S308 - it is safe already
    return mark_safe(  # noqa: S308 - each piece is safe
        "".join(
            keep(piece)
            if isinstance(piece, str)
            else format_html('<a href="{}" dir="ltr">{}</a>', piece.href, keep(piece.shown))
            for piece in pieces(str(text), country, is_field=is_field)
        )
    )


@register.filter
def for_readers(html: str, clinic: Clinic | None = None) -> SafeString:
    """Sanitised leaflet HTML as it stands on the page.

    The clinic's numbers in care cards' headings can be dialled with one tap. Tables that do not fit a window scroll in
    a box of their own that the keyboard reaches (WCAG 2.1.1, 1.4.10); what they become on telephones and on paper:
    `mark_wide`.
    """
    html = _CARE_HEADING.sub(lambda match: f"{match[1]}{_care_heading(match[2], clinic)}{match[3]}", html)
    box = format_html('<div class="wide" tabindex="0" role="group" aria-label="{}"><table', gettext("Table"))
    html = mark_wide(html).replace("<table", box).replace("</table>", "</table></div>")
    return mark_safe(html)  # noqa: S308 - the sanitiser's output, with markup of our own


def _care_heading(html: str, clinic: Clinic | None) -> str:
    """The heading with its number as a link, which keeps its own order as a ``bdi`` does."""
    html = _BDI.sub("", html)
    country = clinic.country if clinic else DEFAULT_COUNTRY
    for number in (clinic.emergency_number, clinic.urgent_number) if clinic else ():
        if number and escape(number) in html:
            return html.replace(escape(number), linked(number, country, is_field=True), 1)
    return html if "<" in html else linked(unescape(html), country)

"""Small spellings that leaflets and pages share: days and telephone links."""

import datetime as dt
import re

from django import template
from django.utils import timezone
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext

from monographs.text.dates import in_words
from monographs.text.wide_tables import mark_wide

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
def telephone(number: str) -> SafeString | str:
    """A number as a link that telephones can dial, always written left to right; as it is where it has no digit.

    ``tel:`` takes digits and a leading plus (RFC 3966 section 3); visual separators are left out.
    """
    digits = re.sub(r"[^\d+]", "", number)
    if not any(character.isdigit() for character in digits):
        return number
    return format_html('<a href="tel:{}" dir="ltr">{}</a>', digits, number)


@register.filter
def web_address(url: str) -> str:
    """The address if a link to it leads to a page of the web, else "": forms ask for that, a shell or file may not."""
    return url if re.match(r"https?://", url, re.IGNORECASE) else ""


_NUMBER = re.compile(r"\+?\d[\d \u00a0()-]+\d")
_CARE_HEADING = re.compile(r'(<h3 class="care-heading">)((?:[^<]|</?bdi[^>]*>)*)(</h3>)')
_BDI = re.compile("</?bdi[^>]*>")


@register.filter(needs_autoescape=True)
def telephones(words: str, autoescape: bool = True) -> SafeString:
    """A line of words with the numbers in it (three digits or more) made links that telephones can dial."""
    safe = conditional_escape(words) if autoescape else words
    return mark_safe(_NUMBER.sub(_dial, str(safe)))  # noqa: S308 - escaped above, and a number holds no markup


def _dial(match: re.Match) -> str:
    return str(telephone(match[0])) if sum(character.isdigit() for character in match[0]) > 2 else match[0]


def _dial_in_heading(match: re.Match) -> str:
    """The heading with its number as a link, which keeps its own order as a ``bdi`` does."""
    return f"{match[1]}{_NUMBER.sub(_dial, _BDI.sub('', match[2]))}{match[3]}"


@register.filter
def for_readers(html: str) -> SafeString:
    """Sanitised leaflet HTML as it stands on the page.

    Numbers in care cards' headings can be dialled with one tap. Tables that do not fit a window scroll in a box of
    their own that the keyboard reaches (WCAG 2.1.1, 1.4.10); what they become on telephones and on paper: `mark_wide`.
    """
    html = _CARE_HEADING.sub(_dial_in_heading, html)
    box = format_html('<div class="wide" tabindex="0" role="group" aria-label="{}"><table', gettext("Table"))
    html = mark_wide(html).replace("<table", box).replace("</table>", "</table></div>")
    return mark_safe(html)  # noqa: S308 - the sanitiser's output, with markup of our own

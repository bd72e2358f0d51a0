"""Which language a fragment speaks, for screen readers and for the order of its letters."""

from html import escape
from typing import Protocol

from django import template
from django.conf import settings
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from monographs.medicines.class_words import DrugClass
from monographs.text.markup.markdown import direction
from monographs.text.order.in_order import in_order as isolated
from monographs.text.order.isolates import marked

register = template.Library()


class OfAClass(Protocol):
    def class_in(self, language: str) -> DrugClass: ...


@register.filter
def spoken(language: str, page_language: str) -> SafeString | str:
    """`` lang="ar" dir="rtl"``, with a space before it, for a text not in its page's language; else "" (WCAG 3.1.2)."""
    if language == page_language:
        return ""
    return format_html(' lang="{}" dir="{}"', language, direction(language))


@register.filter
def class_spoken(class_language: str, language: str) -> SafeString | str:
    """`` lang="en"``, with a space before it, for a medicine's class in a leaflet of another language; else "". Its
    direction is that of its own letters: a ``bdi`` around it. ``class_language`` is `MedicineContent`'s."""
    own = class_language or settings.LANGUAGE_CODE
    return "" if own == language else format_html(' lang="{}"', own)


@register.simple_tag
def clinics_words() -> SafeString | str:
    """`` lang="en"``, with a space before it, for what the clinic wrote in its details, on a page in another language
    than the site's; else "" (WCAG 3.1.2). Its direction is that of its own letters: a ``bdi``, or ``dir="auto"``."""
    own = settings.LANGUAGE_CODE
    return "" if own == get_language() else format_html(' lang="{}"', own)


@register.filter
def class_in(medicine: OfAClass, language: str) -> SafeString:
    """A medicine's class within a text of ``language``, marked where it is in another one; "" for none."""
    words, own = medicine.class_in(language)
    return format_html("<span{}>{}</span>", spoken(own, language), in_order(words, own)) if words else SafeString("")


@register.filter
def in_order(words: str, language: str = "") -> SafeString:
    """Plain words, or HTML that is safe already, in which amounts, numbers, names and changes keep their own order.

    ``language`` is that of the text around them; without one the direction is that of their own first letter, as in
    an element with ``dir="auto"`` or a ``bdi``.
    """
    if type(words) is SafeString:
        html = words
    else:
        html = escape(words) if type(words) is str else conditional_escape(words or "")
    return SafeString(isolated(html, direction(language) if language else "auto"))


@register.filter
def marked_in_order(words: str, language: str) -> str:
    """The same with Unicode's own signs (`text.order.isolates.marked`), where HTML can't be: titles of windows."""
    return marked(str(words or ""), direction(language))

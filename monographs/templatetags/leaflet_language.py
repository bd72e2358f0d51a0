"""Which language a fragment speaks, for screen readers and for the order of its letters."""

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from monographs.text.markdown import direction

register = template.Library()


@register.filter
def spoken(language: str, page_language: str) -> SafeString | str:
    """`` lang="ar" dir="rtl"``, with a space before it, for a text not in its page's language; else "" (WCAG 3.1.2)."""
    if language == page_language:
        return ""
    return format_html(' lang="{}" dir="{}"', language, direction(language))

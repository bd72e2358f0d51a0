"""The words that somebody looked for, marked where they stand in what was found."""

import re

from django import template
from django.utils.html import conditional_escape, format_html_join
from django.utils.safestring import SafeString

from monographs.text.amounts.numbers import ways_to_write

register = template.Library()


@register.filter
def marked(text: str, query: str) -> SafeString:
    """The text, escaped, with each word of the query inside a ``mark`` element, in any case."""
    ways = sorted({way for word in query.split() for way in ways_to_write(word)}, key=len, reverse=True)
    if not ways:
        return conditional_escape(text)
    parts = re.split(f"({'|'.join(map(re.escape, ways))})", text, flags=re.IGNORECASE)
    plain = format_html_join("", "{}", ((part,) for part in parts[:1]))
    pairs = zip(parts[1::2], parts[2::2], strict=True)  # a word, and what stands behind it
    return plain + format_html_join("", "<mark>{}</mark>{}", pairs)

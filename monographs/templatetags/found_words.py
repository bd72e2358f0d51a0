"""The words that somebody looked for, marked where they stand in what was found."""

from html import escape

from django import template
from django.utils.safestring import SafeString, mark_safe

from monographs.search.texts.fulltext import TextHit
from monographs.text.tokens.tokens import spans

register = template.Library()


@register.filter
def marked(text: str, hit: TextHit) -> SafeString:
    """``{{ hit.snippet|marked:hit }}``: the text, escaped, with what was looked for inside ``mark`` elements.

    Marked is what was found: an amount with its unit, a word in another form, however it is written here.
    """
    parts, at = [], 0
    for start, end in spans(text, hit.language, hit.ways):
        parts += (escape(text[at:start]), "<mark>", escape(text[start:end]), "</mark>")
        at = end
    return mark_safe("".join((*parts, escape(text[at:]))))  # noqa: S308 - each part is escaped

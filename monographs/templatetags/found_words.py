"""The words that somebody looked for, marked where they stand in what was found."""

from django import template
from django.utils.html import conditional_escape, escape, format_html_join
from django.utils.safestring import SafeString

from monographs.search.fulltext import TextHit
from monographs.text.tokens.tokens import spans

register = template.Library()


@register.filter
def marked(text: str, hit: TextHit) -> SafeString:
    """``{{ hit.snippet|marked:hit }}``: the text, escaped, with what was looked for inside ``mark`` elements.

    Marked is what was found: an amount with its unit, a word in another form, however it is written here.
    """
    found = list(spans(text, hit.language, hit.ways))
    if not found:
        return conditional_escape(text)
    ends = [0, *(end for _start, end in found)]
    starts = [*(start for start, _end in found), len(text)]
    parts = [text[end:start] for end, start in zip(ends, starts, strict=True)]
    pairs = ((text[start:end], after) for (start, end), after in zip(found, parts[1:], strict=True))
    return escape(parts[0]) + format_html_join("", "<mark>{}</mark>{}", pairs)

"""What readers and colleagues wrote, shown so that nothing around it turns: names and words of older rows, too."""

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from monographs.text.letters.signs import cleaned

register = template.Library()


@register.filter
def readable(text: str) -> str:
    """The text without signs that turn, hide or pile up; see `text.letters.signs.cleaned`."""
    return cleaned(text or "")


@register.filter
def isolated(name: str) -> SafeString:
    """The same as a name inside a sentence: in a ``bdi``, so that its own direction ends with it (Unicode TR9)."""
    return format_html("<bdi>{}</bdi>", cleaned(str(name)))

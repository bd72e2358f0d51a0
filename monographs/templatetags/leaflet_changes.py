"""Compared texts in HTML, for staff and patients: what came and what went is told by line, by colour and in words."""

from collections.abc import Iterable

from django import template
from django.utils.html import conditional_escape, escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from monographs.text.changes.differences import Piece
from monographs.text.order.letters import text_direction

register = template.Library()


@register.filter
def with_marks(pieces: Iterable[Piece]) -> SafeString:
    """A compared text, with what came and went marked. White space counts."""
    html = (escape(piece.text) if piece.op == "same" else _mark(piece.text, piece.op) for piece in pieces)
    return mark_safe("".join(html))  # noqa: S308 - each text is escaped


@register.filter
def marked_as(text: str, op: str) -> SafeString:
    """One stretch of a compared text that was ``"added"`` or ``"removed"``."""
    return mark_safe(_mark(text, op))  # noqa: S308 - the text is escaped


def _mark(text: str, op: str) -> str:
    """Told by line, by colour and in words for screen readers. No template: a first reading has thousands of them."""
    tag, said = ("del", _("[removed:")) if op == "removed" else ("ins", _("[added:"))
    blank = "" if text.strip() else f'<span class="blank">{escape(_("(space)"))}</span>'
    begins, ends = (f'<span class="visually-hidden">{escape(words)}</span>' for words in (f"{said} ", _("]")))
    return f"<{tag}>{begins}{blank}{conditional_escape(text)}{ends}</{tag}>"


@register.filter
def direction_of(text: str | Iterable[Piece]) -> str:
    """The direction of a compared text by its own first letter; ``dir="auto"`` would ask the words that say "added"."""
    return text_direction(text if isinstance(text, str) else "".join(piece.text for piece in text))

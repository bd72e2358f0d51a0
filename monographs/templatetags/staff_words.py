"""How the staff's screens say a moment, a section's kind or a language in words."""

import datetime as dt
from collections.abc import Iterable

from django import template
from django.conf import settings
from django.utils import timezone
from django.utils.html import conditional_escape, escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from monographs.leaflets.models import Edition
from monographs.leaflets.sections import BY_KEY
from monographs.revisions.compare import FieldChange
from monographs.text.amounts import dates
from monographs.text.changes.differences import Piece
from monographs.text.order.letters import text_direction

register = template.Library()


@register.filter
def moment(at: dt.datetime) -> str:
    """``"3 March 2027, 09:00 (Europe/London)"``: a moment in the site's time zone, with the zone named."""
    return f"{plain_moment(at)} ({timezone.get_current_timezone_name()})"


@register.filter
def plain_moment(at: dt.datetime) -> str:
    """``"3 March 2027, 09:00"``: the same where the zone is named nearby."""
    local = timezone.localtime(at)
    return f"{dates.in_words(local)}, {local:%H:%M}"


@register.filter
def exact_moment(at: dt.datetime) -> str:
    """``"3 March 2027, 09:00:12 (Europe/London, UTC+00:00)"``: to the second, for what is printed and kept."""
    local = timezone.localtime(at)
    offset = local.isoformat()[-6:]
    return f"{dates.in_words(local)}, {local:%H:%M:%S} ({timezone.get_current_timezone_name()}, UTC{offset})"


@register.filter
def in_words(change: FieldChange, side: str) -> str:
    """The value ``"before"`` or ``"after"`` of a changed field, with keys and codes spelt out."""
    value = getattr(change, side)
    if change.name in {"kind", "supports"}:
        return ", ".join(str(BY_KEY[key].heading) if key in BY_KEY else key for key in value.split(", ") if key)
    if change.name == "language":
        return str(dict(settings.LANGUAGES).get(value, value))
    if change.name == "edition":
        return str(dict(Edition.choices).get(value, value))
    return value


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

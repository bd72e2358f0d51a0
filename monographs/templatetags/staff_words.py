"""How the staff's screens say a moment, a section's kind or a language in words."""

import datetime as dt
from collections.abc import Iterable

from django import template
from django.conf import settings
from django.utils import timezone
from django.utils.html import escape
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
    """A compared text: what came and went is told by line, by colour and in words for screen readers.

    Written here and not in a template, because a first reading has thousands of pieces. White space counts.
    """
    added, removed, end = (escape(words) for words in (_("[added:"), _("[removed:"), _("]")))
    blank = f'<span class="blank">{escape(_("(space)"))}</span>'
    html = []
    for piece in pieces:
        text = escape(piece.text)
        if piece.op == "same":
            html.append(text)
            continue
        tag, said = ("del", removed) if piece.op == "removed" else ("ins", added)
        said, ends = f'<span class="visually-hidden">{said} </span>', f'<span class="visually-hidden">{end}</span>'
        html.append(f"<{tag}>{said}{'' if piece.text.strip() else blank}{text}{ends}</{tag}>")
    return mark_safe("".join(html))  # noqa: S308 - each text is escaped above


@register.filter
def direction_of(text: str | Iterable[Piece]) -> str:
    """The direction of a compared text by its own first letter; ``dir="auto"`` would ask the words that say "added"."""
    return text_direction(text if isinstance(text, str) else "".join(piece.text for piece in text))

"""How the staff's screens say a moment, a section's kind or a language in words."""

import datetime as dt

from django import template
from django.conf import settings
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe

from monographs.leaflets.models import Edition
from monographs.leaflets.sections import BY_KEY
from monographs.revisions.compare import FieldChange
from monographs.revisions.models import Revision
from monographs.templatetags import leaflet_changes
from monographs.text.amounts import dates

register = template.Library()
register.filters |= leaflet_changes.register.filters


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


@register.simple_tag
def revision_options(choices: object, chosen: Revision | None, otherwise: int) -> SafeString:
    """The options of a list of ``choices.revisions``: number, moment, person. Where none is chosen, that of this place
    in the list is, the first is 1. No template: there are up to a hundred."""
    chosen_place = otherwise - 1
    if chosen:
        chosen_place = next((at for at, one in enumerate(choices.revisions) if one.pk == chosen.pk), None)
    options = (
        f'<option value="{revision.number}"{" selected" if place == chosen_place else ""}>{label}</option>'
        for place, (revision, label) in enumerate(zip(choices.revisions, choices.labels, strict=True))
    )
    return mark_safe("".join(options))  # noqa: S308 - the labels are escaped

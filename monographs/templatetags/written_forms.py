"""The parts of the admin's forms that are written in Python (`admin.frame.fieldsets`)."""

from django import template
from django.utils.safestring import SafeString

from monographs.admin.frame.fieldsets import written

register = template.Library()


@register.simple_tag(takes_context=True)
def written_fieldset(context: dict) -> SafeString:
    """The ``fieldset`` of the context, as ``admin/includes/fieldset.html`` of Django shows it."""
    place = (str(context.get(name, "")) for name in ("prefix", "id_prefix", "id_suffix"))
    heading_id = f"{'-'.join(place)}-heading"
    return written(context["fieldset"], heading_level=context.get("heading_level") or 2, heading_id=heading_id)

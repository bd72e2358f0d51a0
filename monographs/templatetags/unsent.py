"""On a page that refuses a form of the staff: what was typed into it."""

from django import template

from monographs.admin.frame.unsent import unsent_in

register = template.Library()


@register.inclusion_tag("admin/unsent_words.html", takes_context=True)
def what_was_typed(context: dict) -> dict:
    """The words of the form that this page answers, to be copied; nothing where there were none.

    The page's context may say ``is_saved_perhaps``: then nothing is claimed about that.
    """
    request = context.get("request")
    unsent = unsent_in(request) if request else None
    return {"unsent": unsent, "is_saved_perhaps": context.get("is_saved_perhaps", False)}
